"""Run `rnncourse export`."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Course, Db, Json, answer, fail, terminal

SYSTEMS = "canvas, moodle, blackboard or plain"


def export(
    problem_set: Annotated[str, typer.Argument(help="The problem set that was graded.")],
    lms: Annotated[str, typer.Option("--lms", help=f"Whose table it is: {SYSTEMS}.")],
    template: Annotated[
        Path | None, typer.Option(help="The table that the system exported; it is read, and never written.")
    ] = None,
    students: Annotated[
        Path | None, typer.Option(help="A list of the class as for collect, for what the gradebook does not know.")
    ] = None,
    column: Annotated[
        str, typer.Option(help="The column for the marks, where its name is not the problem set's.")
    ] = "",
    comments: Annotated[str, typer.Option(help="The column for comments, where it has another name.")] = "",
    match: Annotated[
        list[str] | None,
        typer.Option(help="COLUMN=KIND: a column that says who a row is, by id, email or lms; may be given again."),
    ] = None,
    scale: Annotated[bool, typer.Option("--scale", help="Convert points to those that the column counts.")] = False,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="Also marks that are not final: something is left to grade by hand.")
    ] = False,
    feedback: Annotated[bool, typer.Option(help="Zip the feedback pages, too.")] = True,
    download: Annotated[
        Path | None, typer.Option(help="Canvas, Blackboard: the archive of the submissions, which has their names.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="A folder for what is written; export/<problem set>/ by default.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; only say what would be done.")] = False,
    course: Course = Path("."),
    db: Db = None,
    as_json: Json = False,
):
    """Fill marks and feedback into the table that a learning-management system exported, for it to take back.

    A row is a student's if an identifier in it says so; names are not compared. The status is 1 if the marks of
    somebody who is graded did not get into the table.
    """
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.export.export import ExportOptions, export_marks
    from rnncourse.grading.export.fill import FillOptions
    from rnncourse.grading.export.summary import show
    from rnncourse.grading.export.write import write_export

    chosen = ExportOptions(
        students=students,
        column=column,
        comments=comments,
        match=tuple(match or ()),
        filling=FillOptions(scale=scale, provisional=provisional),
    )
    console = terminal(as_json)
    try:
        exported = export_marks(course, problem_set, lms, template, chosen, db)
        show(exported, console)
        folder = to or course / "export" / problem_set
        if dry_run:
            console.print("nothing was written: this was a dry run", highlight=False)
            said = []
        else:
            said = write_export(course, problem_set, lms, exported, folder, template, download if feedback else False)
    except CourseError as error:
        fail(error, as_json)
    for line in said:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    rows = [
        {"row": line.row + 1, "student": line.student, "result": line.result, "notes": line.notes}
        for line in exported.lines
    ]
    answer(as_json, problem_set=problem_set, rows=rows, missing=exported.missing, written=said)
    if not exported.complete:
        raise typer.Exit(1)
