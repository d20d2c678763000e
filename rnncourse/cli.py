"""The command line: one subcommand for each verb; what they do is done elsewhere."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(no_args_is_help=True, add_completion=False, help="RNNs and LSTMs, by hand: release, try, look.")
console = Console()

Course = Annotated[Path, typer.Option("--course", help="The course directory: where nbgrader_config.py lies.")]


def _fail(error):
    Console(stderr=True).print(f"rnncourse: {error}", style="bold", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)


@app.command()
def release(
    problem_set: Annotated[str | None, typer.Argument(help="One problem set; all of them by default.")] = None,
    course: Course = Path("."),
):
    """Make the students' notebooks in exercises/ from solutions/."""
    from rnncourse.authoring.release import CourseError
    from rnncourse.authoring.release import release as make

    try:
        for path in make(course, problem_set):
            console.print(path, highlight=False)
    except (CourseError, ValueError) as error:
        _fail(error)


@app.command()
def demo(
    to: Annotated[Path, typer.Option(help="Where the sample class goes; made anew each time.")] = Path("_build/class"),
    course: Course = Path("."),
    grade: Annotated[bool, typer.Option(help="Grade it and write the feedback.")] = True,
):
    """Make a sample class whose submissions are right, wrong or unfinished, and grade it."""
    from rnncourse.authoring.release import CourseError
    from rnncourse.grading.demo import grade_class, make_class

    try:
        with console.status("handing in"):
            submissions = make_class(course, to)
        console.print(f"{len(submissions)} submissions in {to / 'submitted'}", highlight=False)
        if grade:
            with console.status("grading; a loop that never ends is given its time") as status:
                for step in grade_class(to):
                    console.print(step, highlight=False)
                    status.update("grading")
    except CourseError as error:
        _fail(error)


@app.command()
def grade(
    problem_set: Annotated[str, typer.Argument(help="The problem set to grade.")],
    course: Course = Path("."),
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; all cores by default.")] = None,
    again: Annotated[bool, typer.Option(help="Also grade what is graded already.")] = False,
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Without a sandbox, run student code in plain processes.")
    ] = False,
):
    """Grade the submissions of a problem set, safely and in parallel; run it again to go on after any interruption."""
    from rnncourse.authoring.release import CourseError
    from rnncourse.grading.drive import CORES, Driver
    from rnncourse.grading.progress import show
    from rnncourse.grading.sandbox import SandboxError

    try:
        complete = show(Driver(course, problem_set, allow_unsafe, again), jobs or CORES, console)
    except (CourseError, SandboxError) as error:
        _fail(error)
    except KeyboardInterrupt:
        _fail(f"stopped; what is graded is kept. To go on: rnncourse grade {problem_set}")
    if not complete:
        raise typer.Exit(1)


@app.command()
def gradebook(course: Course = Path(".")):
    """Print the gradebook as a table."""
    from rnncourse.authoring.release import CourseError
    from rnncourse.grading.gradebook import read_gradebook

    try:
        book = read_gradebook(course)
    except CourseError as error:
        _fail(error)
    table = Table("student", *[f"{name} /{top:g}" for name, top in zip(book.names, book.maxima, strict=True)])
    for column in table.columns[1:]:
        column.justify = "right"
    for student, scores in book.rows.items():
        table.add_row(student, *["-" if score is None else f"{score:g}" for score in scores])
    console.print(table)


@app.command()
def doctor():
    """Say what is here (torch, CUDA, sandbox, browser, versions) and what to do about what is missing."""
    from rnncourse.doctor import examine

    table = Table("", "what", "found", "needed for", "what to do")
    for finding in examine():
        table.add_row("✓" if finding.here else "-", finding.name, finding.found, finding.needed_for, finding.remedy)
    console.print(table)
