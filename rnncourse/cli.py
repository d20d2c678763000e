"""Run the command line: one subcommand for each verb; what they do is done elsewhere."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from rnncourse.commands.export import export
from rnncourse.commands.history import history
from rnncourse.commands.new import new
from rnncourse.commands.options import Course, Db, Json, answer, terminal
from rnncourse.commands.options import fail as _fail
from rnncourse.commands.report import report
from rnncourse.commands.similarity import similarity

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="RNNs and LSTMs, by hand: release, collect, grade, give feedback, report.",
)


@app.command()
def release(
    problem_set: Annotated[str | None, typer.Argument(help="One problem set; all of them by default.")] = None,
    course: Course = Path("."),
    db: Db = None,
    as_json: Json = False,
):
    """Make the students' notebooks in exercises/ from solutions/."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.authoring.release import release as make

    try:
        paths = make(course, problem_set, db)
    except (CourseError, ValueError) as error:
        _fail(error, as_json)
    for path in paths:
        terminal(as_json).print(path, highlight=False)
    answer(as_json, released=paths)


@app.command()
def demo(
    to: Annotated[Path, typer.Option(help="Where the sample class goes; made anew each time.")] = Path("_build/class"),
    course: Course = Path("."),
    grade: Annotated[bool, typer.Option(help="Grade it and write feedback and report.")] = True,
    as_json: Json = False,
):
    """Make a sample class whose submissions are right, wrong or unfinished, and grade it."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.demo.sample_class import grade_class, make_class

    out, steps = terminal(as_json), []
    try:
        with out.status("handing in"):
            submissions = make_class(course, to)
        out.print(f"{len(submissions)} submissions in {to / 'submitted'}", highlight=False)
        if grade:
            with out.status("grading; a loop that never ends is given its time") as status:
                for step in grade_class(to):
                    steps.append(step)
                    out.print(step, highlight=False)
                    status.update("grading")
    except CourseError as error:
        _fail(error, as_json)
    answer(as_json, course=to, submissions=len(submissions), steps=steps)


@app.command()
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
        _fail(error, as_json)
    show(report, terminal(as_json), dry_run)
    if table:
        report.write(table)
    found = {name: getattr(report, name) for name in ("nothing_from", "added", "updated")}
    answer(as_json, problem_set=problem_set, rows=[vars(row) for row in report.rows], **found)
    if not report.complete:
        raise typer.Exit(1)


@app.command()
def grade(
    problem_set: Annotated[str, typer.Argument(help="The problem set to grade.")],
    course: Course = Path("."),
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; all cores by default.")] = None,
    again: Annotated[bool, typer.Option(help="Also grade what is graded already.")] = False,
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Without a sandbox, run student code in plain processes.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Grade on the workers of a dask scheduler: tcp://host:8786.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Grade this student and no other; may be given again.")] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Leave this student out; may be given again.")] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Grade again what mended checks may see otherwise; list what changes.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --changed or --again: list what would change, enter nothing.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
):
    """Grade the submissions of a problem set, safely and in parallel; run it again to go on after any interruption."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.commands.regrade import regrade
    from rnncourse.grading.progress import show
    from rnncourse.grading.run.driver import CORES, Driver
    from rnncourse.grading.run.pool import PoolError
    from rnncourse.grading.run.regrade import Regrade
    from rnncourse.grading.sandbox.base import SandboxError

    if dry_run and not (changed or again):
        _fail("--dry-run goes with --changed, or with --again; what has no grade yet changes none", as_json)
    options = {"allow_unsafe": allow_unsafe, "scheduler": scheduler, "db": db, "only": only or (), "skip": skip or ()}
    try:
        if changed or dry_run:
            grader = Regrade(course, problem_set, everything=again, **options)
            changes = regrade(grader, jobs or CORES, terminal(as_json), dry_run)
        else:
            grader, changes = Driver(course, problem_set, again=again, **options), None
            show(grader, jobs or CORES, terminal(as_json))
    except (CourseError, PoolError, SandboxError) as error:
        _fail(error, as_json)
    except KeyboardInterrupt:
        _fail(f"stopped; what is graded is kept. To go on: rnncourse grade {problem_set}", as_json)
    answer(as_json, **grader.run.found(), **({} if changes is None else {"changes": changes}))
    if grader.run.failed:
        raise typer.Exit(1)


app.command()(history)
app.command()(new)


@app.command()
def feedback(
    problem_set: Annotated[str, typer.Argument(help="The problem set that was graded.")],
    course: Course = Path("."),
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; all cores by default.")] = None,
    db: Db = None,
    as_json: Json = False,
):
    """Write a page for each student: points, named mistakes, comments, and what to read."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.feedback.write import students_with_a_grade, write_feedback
    from rnncourse.grading.progress import with_bar
    from rnncourse.grading.run.driver import CORES

    out = terminal(as_json)
    try:
        students = students_with_a_grade(course, problem_set, db)
        pages = write_feedback(course, problem_set, students, jobs or CORES, db)
        problems = {student: why for student, why in with_bar(pages, len(students), "students", out) if why}
    except CourseError as error:
        _fail(error, as_json)
    except KeyboardInterrupt:
        _fail(f"stopped; no page is half written. To write all: rnncourse feedback {problem_set}", as_json)
    for student, why in problems.items():
        out.print(f"no new page: {student}: {why}", highlight=False, markup=False)
    out.print(f"{len(students) - len(problems)} pages in {course / 'feedback'}", highlight=False)
    answer(as_json, problem_set=problem_set, written=len(students) - len(problems), failed=problems)
    if problems:
        raise typer.Exit(1)


@app.command()
def gradebook(course: Course = Path("."), db: Db = None, as_json: Json = False):
    """Print the gradebook as a table, less what being late costs; below it, who was late by how much."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.gradebook.table import read_gradebook
    from rnncourse.grading.text import one_line

    try:
        book = read_gradebook(course, db)
    except CourseError as error:
        _fail(error, as_json)
    table = Table("student", *[f"{name} /{top:g}" for name, top in zip(book.names, book.maxima, strict=True)])
    for column in table.columns[1:]:
        column.justify = "right"
    for student, scores in book.rows.items():
        table.add_row(student, *["-" if score is None else f"{score:g}" for score in scores])
    screen = terminal(as_json)
    screen.print(table)
    for name, student, words in book.late:
        screen.print(f"{name}: {one_line(student)}: {words}", highlight=False, markup=False)
    students = {student: dict(zip(book.names, scores, strict=True)) for student, scores in book.rows.items()}
    late = [dict(zip(("problem_set", "student", "how"), entry, strict=True)) for entry in book.late]
    answer(as_json, maxima=dict(zip(book.names, book.maxima, strict=True)), students=students, late=late)


app.command()(report)
app.command()(similarity)
app.command()(export)


@app.command()
def doctor(as_json: Json = False):
    """Say what is here (torch, CUDA, sandbox, browser, versions) and what to do about what is missing."""
    from rnncourse.doctor import examine

    table = Table("", "what", "found", "needed for", "what to do")
    findings = list(examine())
    for finding in findings:
        table.add_row("✓" if finding.here else "-", finding.name, finding.found, finding.needed_for, finding.remedy)
    terminal(as_json).print(table)
    answer(as_json, findings=[asdict(finding) for finding in findings])
