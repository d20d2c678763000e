"""Write the page of pairs that are alike: the cells side by side, with the lines that they share beyond the common."""

import re
from collections import Counter
from pathlib import Path

from rnncourse.authoring.course_language import course_language
from rnncourse.files import write_atomically
from rnncourse.grading import pages
from rnncourse.grading.similarity.gather import gather
from rnncourse.grading.similarity.pairs import find_pairs
from rnncourse.grading.similarity.units import names_in, units_of
from rnncourse.grading.text import valid
from rnncourse.language import speaking

MOST = 50
"""Pairs on the page: the most alike."""
_COMMENT = re.compile(r"#\s*(\S.*\S)\s*$", re.MULTILINE)


def write_similarity(course, problem_set):
    """Compare what was handed in for a problem set, and write the page.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str

    Returns
    -------
    pairs : list of Pair
    path : pathlib.Path

    Raises
    ------
    CourseError
        If there is no such problem set, or nothing was handed in.
    """
    handed = gather(course, problem_set)
    pairs = find_pairs(handed)
    path = Path(course) / "report" / f"{problem_set}-alike.html"
    with speaking(course_language(course)):
        write_atomically(path, as_page(handed, pairs))
    return pairs, path


def as_page(handed, pairs):
    """Write pairs as HTML.

    Parameters
    ----------
    handed : Handed
    pairs : list of Pair

    Returns
    -------
    page : str
        In which nothing that a student chose can run: values are escaped, and the page forbids all scripts.
    """
    chosen = {student: _chosen(cells) for student, cells in handed.cells.items()}
    having = Counter(name for names in chosen.values() for name in names)
    no_python = sum(units_of(source) is None for cells in handed.cells.values() for source in cells.values())
    return pages.render(
        "similarity.html.j2",
        problem_set=handed.problem_set,
        count=len(handed.cells),
        no_python=no_python,
        found=len(pairs),
        pairs=[_shown(pair, handed, chosen, having) for pair in pairs[:MOST]],
    )


def _chosen(cells):
    """Collect what a student has chosen freely: names, and the words of comments."""
    names = {name for source in cells.values() for name in names_in(source)}
    return names | {f"# {words}" for source in cells.values() for words in _COMMENT.findall(source)}


def _shown(pair, handed, chosen, having):
    """Prepare what the page shows of a pair."""
    first, second = pair.students
    only_theirs = sorted(name for name in chosen[first] & chosen[second] if having[name] == 2)
    cells = [
        {
            "about": cell,
            "sides": [
                (student, _lines(handed.cells[student][cell.exercise], marked))
                for student, marked in zip(pair.students, cell.lines, strict=True)
            ],
        }
        for cell in pair.cells
    ]
    return {"about": pair, "only_theirs": [valid(name) for name in only_theirs], "cells": cells}


def _lines(source, marked):
    """List the lines of a cell, and of each whether it belongs to what is shared."""
    return [(valid(line), number in marked) for number, line in enumerate(source.splitlines(), 1)]
