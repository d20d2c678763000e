"""Collect what a learning-management system gives."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Db, Json, answer, fail, terminal


def collect(
    problem_set: Annotated[str, typer.Argument(help="The problem set that was handed in.")],
    download: Annotated[
        Path, typer.Argument(help="What Moodle, Canvas, Blackboard, ... gave: a folder or a zip file.")
    ],
    students: Annotated[
        Path | None, typer.Option(help="CSV with the columns id, name, email, and any that begin with lms.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", "--course", help="The course directory.")] = Path("."),
    pattern: Annotated[
        str | None, typer.Option(help="A regular expression for whole paths, with (?P<student>...).")
    ] = None,
    timezone: Annotated[str, typer.Option(help="Of the times that the download tells: Europe/Berlin.")] = "UTC",
    file_times: Annotated[
        bool, typer.Option("--file-times", help="Where no other time is known, the file's is that of handing in.")
    ] = False,
    guess: Annotated[bool, typer.Option(help="Match a name that is spelt otherwise, and say so.")] = True,
    replace: Annotated[bool, typer.Option("--replace", help="Also what is there and may be newer.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; only say what would be done.")] = False,
    table: Annotated[Path | None, typer.Option("--csv", help="Write the report to this file, too.")] = None,
    db: Db = None,
    as_json: Json = False,
):
    """Put what a learning-management system gives where the grader looks for it, and say what is whose.

    The list of the class goes into the gradebook, too. For each file that is nobody's the line to write into the list,
    or the option to give, is said; and the status is 1.
    """
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.collect.collect import collect_download, options
    from rnncourse.grading.collect.summary import show

    try:
        chosen = options(
            students=students,
            pattern=pattern,
            timezone=timezone,
            guess=guess,
            file_times=file_times,
            replace=replace,
            dry_run=dry_run,
        )
        report = collect_download(to, problem_set, download, chosen, db)
    except CourseError as error:
        fail(error, as_json)
    show(report, terminal(as_json), dry_run)
    if table:
        report.write(table)
    found = {name: getattr(report, name) for name in ("nothing_from", "added", "updated")}
    answer(as_json, problem_set=problem_set, rows=[vars(row) for row in report.rows], **found)
    if not report.complete:
        raise typer.Exit(1)
