"""List the submissions that are alike."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Course, Json, answer, fail, terminal

MOST = 10
"""Pairs that are printed: the page has more."""


def similarity(
    problem_set: Annotated[str, typer.Argument(help="The problem set that was handed in.")],
    course: Course = Path("."),
    as_json: Json = False,
):
    """Write a page of submissions that are alike beyond what the exercises ask for, for a person to judge."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.similarity.page import write_similarity
    from rnncourse.grading.text import one_line

    try:
        pairs, path = write_similarity(course, problem_set)
    except CourseError as error:
        fail(error, as_json)
    out = terminal(as_json)
    words = "1 pair is" if len(pairs) == 1 else f"{len(pairs)} pairs are"
    out.print(f"{problem_set}: {words} alike beyond what the exercises ask for", highlight=False)
    for pair in pairs[:MOST]:
        first, second = map(one_line, pair.students)
        cells = ", ".join(f"{cell.exercise} {cell.share:.0%}" for cell in pair.cells)
        out.print(f"{pair.share:.0%}  {first} and {second}: {cells}", highlight=False, markup=False)
    out.print(path, highlight=False, markup=False, soft_wrap=True)
    answer(as_json, problem_set=problem_set, pairs=[asdict(pair) for pair in pairs], files=[path])
