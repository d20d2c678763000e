"""Run the textbook and every known mistake on one set of probes: once each, however many answers are checked."""

from functools import cached_property, lru_cache

import numpy as np

from rnncourse.checks.execution.calling import Outcome, duplicate, unchanged
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant


def run_mutant(function, probe):
    """Run an adapted mutant on a probe; unlike in `call` it is trusted: no limits.

    Returns
    -------
    Outcome
    """
    copies = {name: duplicate(value) for name, value in probe.arguments.items()}
    try:
        with np.errstate(all="ignore"):
            values = function(*copies.values())
    except Exception as error:  # shapes that do not fit, as they do not fit in the learner's code
        return Outcome(error=type(error).__name__)
    values = values if isinstance(values, tuple) else (values,)
    changed = tuple(name for name, value in probe.arguments.items() if not unchanged(copies[name], value))
    return Outcome(values=tuple(map(np.asarray, values)), changed=changed)


class Candidates:
    """The known mistakes of an exercise that may explain an answer, and what they and the textbook do on some probes.

    Parameters
    ----------
    exercise : Exercise
    probes : list of Probe
        Nobody else's: a learner's function gets probes of its own, so that it cannot spoil what is kept here.

    Attributes
    ----------
    known : tuple of Misconception
        The exercise's own.
    """

    def __init__(self, exercise, probes):
        self.exercise, self.probes = exercise, probes
        self.known = CATALOGUE[exercise.name]
        self._alone = {}

    @cached_property
    def right(self):
        """Compute the right values, a tuple for each probe."""
        function = self._driven(TEXTBOOK[self.exercise.name])
        return [run_mutant(function, probe).values for probe in self.probes]

    def alone(self, i, k):
        """Run mistake number i on probe number k; return the `Outcome`."""
        if (i, k) not in self._alone:
            self._alone[i, k] = run_mutant(self._driven(mutant(self.known[i])), self.probes[k])
        return self._alone[i, k]

    def together(self, pair, k):
        """Run two mistakes together on probe number k; None if they are in one place, so that both cannot be."""
        try:
            function = mutant(*(self.known[i] for i in pair))
        except ValueError:
            return None
        return run_mutant(self._driven(function), self.probes[k])

    def _driven(self, function):
        return self.exercise.driven(self.exercise.adapt(function))


@lru_cache(maxsize=64)
def candidates_for(exercise, seed):
    """Build the `Candidates` on the probes of a seed, and keep them for all answers that are checked with it."""
    return Candidates(exercise, exercise.probes(np.random.default_rng(seed)))
