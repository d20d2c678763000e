"""Find the pairs of submissions that are alike, weighing what they share by how few others have it.

What the starter, the textbook and the instructor's answer have counts for nothing. What many in the class have counts
for little: the exercise forces it, or everybody was told. What is left is compared, cell by cell.
"""

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from rnncourse.grading.similarity.fingerprints import fingerprints

ALIKE = 0.5
"""Share of what two submissions have beyond the common that both have, from which a pair is listed."""
CELL_ALIKE = 0.8
"""The same of one cell alone."""
FEWEST, FEWEST_IN_CELL = 10, 15
"""Rare fingerprints that a pair, or one cell of a pair, has to share: a few lines are alike by chance."""
MOST_RARE = 50
"""Students, at most, among whom a fingerprint counts as rare."""
PRIOR = 4
"""Answers that are not there and have none of it: in a small class two of three are not many."""


@dataclass(frozen=True)
class CellPair:
    """Two cells to one exercise: how alike they are, how much rare they share, and the lines of each that do."""

    exercise: str
    share: float
    rare: int
    lines: tuple


@dataclass(frozen=True)
class Pair:
    """Two submissions: how alike they are as a whole, how much rare they share, and the cells that share any of it."""

    students: tuple
    share: float
    rare: int
    cells: tuple


def find_pairs(handed):
    """Find the pairs that are alike beyond what the exercises force.

    Parameters
    ----------
    handed : rnncourse.grading.similarity.gather.Handed

    Returns
    -------
    pairs : list of Pair
        The most alike first.
    """
    known = {exercise: set().union(*(fingerprints(text) for text in texts)) for exercise, texts in handed.known.items()}
    found = {
        student: {
            (exercise, each): lines
            for exercise, source in cells.items()
            for each, lines in fingerprints(source).items()
            if each not in known.get(exercise, ())
        }
        for student, cells in handed.cells.items()
    }
    having = Counter(each for own in found.values() for each in own)
    weights = {each: math.log((len(found) + PRIOR) / count) for each, count in having.items()}
    rare = {each for each, count in having.items() if 1 < count <= _most_rare(len(found))}
    pairs = [
        pair
        for students, shared in _sharing(found, rare)
        if shared >= min(FEWEST, FEWEST_IN_CELL) and (pair := _compared(students, found, weights, rare))
    ]
    return sorted(pairs, key=lambda pair: (-pair.share, -pair.rare, pair.students))


def _most_rare(students):
    """Work out among how many students a fingerprint counts as rare."""
    return min(max(2, min(5, students // 2), students // 10), MOST_RARE)


def _sharing(found, rare):
    """Count the rare fingerprints that pairs share, by way of who has each: most pairs share none."""
    who = defaultdict(list)
    for student in sorted(found):
        for each in found[student].keys() & rare:
            who[each].append(student)
    return Counter(pair for students in who.values() for pair in itertools.combinations(students, 2)).items()


def _compared(students, found, weights, rare):
    """Compare two submissions; None where they are not alike enough to be listed."""
    first, second = (found[student] for student in students)
    cells = []
    for exercise in sorted({exercise for exercise, _ in first} & {exercise for exercise, _ in second}):
        own, other = ({each for each in side if each[0] == exercise} for side in (first, second))
        shared = own & other
        lines = tuple(tuple(sorted(set().union(*(side[each] for each in shared)))) for side in (first, second))
        if shared & rare:
            cells.append(CellPair(exercise, _share(own, other, weights), len(shared & rare), lines))
    share, count = _share(first.keys(), second.keys(), weights), sum(cell.rare for cell in cells)
    whole = share >= ALIKE and count >= FEWEST
    part = any(cell.share >= CELL_ALIKE and cell.rare >= FEWEST_IN_CELL for cell in cells)
    return Pair(students, share, count, tuple(cells)) if whole or part else None


def _share(own, other, weights):
    """Divide what both have by what each has on average, weighed."""
    both, *sides = (math.fsum(weights[each] for each in side) for side in (own & other, own, other))
    return 2 * both / sum(sides) if any(sides) else 0.0
