"""Show how a student's grade came about: what was entered when, why, and with which checks."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from rnncourse.commands.options import Course, Json, answer, fail, terminal


def history(
    problem_set: Annotated[str, typer.Argument(help="The problem set that was graded.")],
    student: Annotated[str, typer.Argument(help="Whose grade.")],
    course: Course = Path("."),
    as_json: Json = False,
):
    """Say how a student's grade came about: every time that it was entered, with the checks that made it."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.authoring.release import require_problem_set
    from rnncourse.grading.gradebook import state
    from rnncourse.grading.run.history import History

    try:
        require_problem_set(course, problem_set)
    except CourseError as error:
        fail(error, as_json)
    lines = History(state.folder(course, problem_set) / "history.jsonl").grades(student)
    if not lines:
        why = f"no grade of {student} in {problem_set} was entered by rnncourse grade; is the name spelt right?"
        fail(why, as_json)
    out = terminal(as_json)
    table = Table("entered", "why", "points", "of them before", "handed in", "checks", "sandbox")
    for line in lines:
        points = sum(value or 0 for scores in line["scores"].values() for value in scores.values())
        was = "; ".join(f"{name}: was {'-' if value is None else f'{value:g}'}" for name, value in was_of(line))
        cells = (line["at"], line["why"], f"{points:g}", was, line["key"][:8], line["checks"][:8], line.get("tier", ""))
        table.add_row(*map(escape, cells))
    out.print(table)
    again = f"rnncourse grade {problem_set} --only {student} --again --dry-run"
    out.print(f"To grade it once more, with the same seed, and enter nothing: {again}", highlight=False, markup=False)
    answer(as_json, problem_set=problem_set, student=student, grades=lines)


def was_of(line):
    """List what a line of the history has changed: (exercise, points before)."""
    return sorted(line.get("was", {}).items())
