"""Decide which answers keep a part of the points: those that are right but for one mistake with a name.

One mistake early in a function can spoil everything that comes after it. Nobody gains by making one: what is right
counts in any case, and the part is given only where it is more than that.
"""

from functools import lru_cache

import numpy as np

from rnncourse.checks.diagnosis.mutants import run_mutant
from rnncourse.checks.execution.compare import as_array, close
from rnncourse.checks.exercises.exercise import Probe
from rnncourse.language import phrase
from rnncourse.misconceptions import TEXTBOOK

SHARE = 0.5
"""What is kept of an exercise's points."""

USED = 1 / 3
"""More than this part of what right outputs depend on has to be used: a constant uses nothing, a copy counts as one."""

RULE = phrase(
    "Where an exercise asks for several outputs, an answer that is right but for one mistake with a name keeps at "
    "least half of its points, unless most of the arguments are unused: constants and copies keep nothing."
)
"""The rule in words, for reports."""

SAYS = phrase("All but this mistake is right, and so your function keeps half of the points.")
"""What a learner is told to whom it applies."""

SEEDS = range(1, 400)
"""Where probes of equal sizes are looked for: the first seed draws the one, the first that fits the other."""


def keeps_part(candidates, made):
    """Tell whether an answer keeps a part of the points.

    Parameters
    ----------
    candidates : Candidates
    made : tuple of int
        The mistakes that give exactly what the answer gives, on graded and on spare probes.

    Returns
    -------
    bool
        No if there is none, or more than one; where one output is all that is asked for; where an answer is yes or no,
        which many functions give alike; and where too little is left of what the outputs depend on.
    """
    exercise = candidates.exercise
    if len(made) != 1 or len(exercise.outputs) == 1 or exercise.diagnostic:
        return False
    return questions(exercise).uses_enough(candidates.function(made))


class Questions:
    """Asks which output changes where one argument is another one: in pairs of an output and an argument.

    Parameters
    ----------
    exercise : Exercise
    textbook : callable
        Adapted and driven.
    """

    def __init__(self, exercise, textbook):
        drawn = exercise.probes(np.random.default_rng(SEEDS[0]))
        self._count = len(exercise.outputs)
        self._probes = drawn[:1] if exercise.slow else drawn
        self._others = [_of_equal_sizes(exercise, k, probe) for k, probe in enumerate(self._probes)]
        self._right = [run_mutant(textbook, probe).values for probe in self._probes]
        self._wanted = set().union(*(self._used(textbook, k) for k in range(len(self._probes))))

    def uses_enough(self, function):
        """Tell whether a function has more than `USED` of the pairs that the textbook has."""
        used = set()
        for k in range(len(self._probes)):
            for pair in self._used(function, k):
                used |= {pair} & self._wanted
                if len(used) > USED * len(self._wanted):
                    return True
        return False

    def _used(self, function, k):
        """Yield the pairs on probe number k; none of an output that is only a copy of an argument."""
        probe, other = self._probes[k], self._others[k]
        values = run_mutant(function, probe).values
        if len(values) != self._count:
            return
        own = [j for j in range(self._count) if not self._copied(values[j], k, j)]
        for place, changed in _changed_in_one_place(probe, other):
            again = run_mutant(function, changed).values
            if len(again) == self._count:  # where it raises, nothing is seen
                yield from ((j, place) for j in own if _differ(values[j], again[j]))

    def _copied(self, value, k, j):
        """Tell whether an output is one of the arguments as it came, or transposed, where the right one is not."""
        entries = [np.asarray(entry) for _, entry in _places(self._probes[k]) if isinstance(entry, np.ndarray)]
        right = self._right[k][j]
        return any(_same_entries(value, entry) and not _same_entries(right, entry) for entry in entries)


@lru_cache(maxsize=64)
def questions(exercise):
    """Build the `Questions` of an exercise, once."""
    return Questions(exercise, exercise.driven(exercise.adapt(TEXTBOOK[exercise.name])))


def _of_equal_sizes(exercise, k, probe):
    """Draw probe number k again, with other values; with other sizes where only these can differ."""
    drawn = (exercise.probes(np.random.default_rng(seed))[k] for seed in SEEDS[1:])
    first = next(drawn)
    if first.dims == probe.dims or probe.dims == probe.arguments:
        return first
    return next((other for other in drawn if other.dims == probe.dims), first)


def _places(probe):
    """Yield the arguments of a probe, and the entries of those that are lists or tuples, each with its place."""
    for name, value in probe.arguments.items():
        if isinstance(value, list | tuple):
            yield from (((name, i), entry) for i, entry in enumerate(value))
        else:
            yield (name, None), value


def _changed_in_one_place(probe, other):
    """Yield each place of a probe, and the probe with what another one has there."""
    there = dict(_places(other))
    for (name, i), _ in _places(probe):
        value = there.get((name, i))
        if i is not None:
            entries = list(probe.arguments[name])
            entries[i] = value
            whole = probe.arguments[name]
            value = type(whole)(*entries) if hasattr(whole, "_fields") else type(whole)(entries)
        yield (name, i), Probe(probe.dims, probe.arguments | {name: value})


def _differ(value, again):
    return not np.array_equal(value, again, equal_nan=True)


def _same_entries(value, argument):
    """Tell whether two arrays hold the same numbers, in their order or transposed."""
    if np.size(value) != np.size(argument) or np.size(value) < 2:
        return False
    value = as_array(value)
    return close(value.ravel(), argument.ravel()) or close(value.ravel(), argument.T.ravel())
