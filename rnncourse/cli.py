"""Run the command line: one subcommand for each verb; what they do is done elsewhere."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from rnncourse.commands.collect import collect
from rnncourse.commands.export import export
from rnncourse.commands.grade import grade
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
    language: Annotated[
        str | None, typer.Option(help="Such as zh_CN: make them in exercises_zh_CN/, beside those of the course.")
    ] = None,
    db: Db = None,
    as_json: Json = False,
):
    """Make the students' notebooks in exercises/ from solutions/."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.authoring.release import release as make

    try:
        paths = make(course, problem_set, db, language)
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


app.command()(collect)


app.command()(grade)


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
