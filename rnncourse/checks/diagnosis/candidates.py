"""Run the textbook, and mistakes of all kinds and together, on one set of probes: each at most once."""

import itertools
from functools import cached_property, lru_cache

import numpy as np

from rnncourse.checks.diagnosis.mutants import protected_arguments, run_mutant
from rnncourse.checks.diagnosis.observations import silenced
from rnncourse.checks.execution.calling import duplicate
from rnncourse.checks.execution.trace import arrays
from rnncourse.misconceptions import TEXTBOOK
from rnncourse.misconceptions.slips.catalogue import slips_of
from rnncourse.misconceptions.slips.program import program_of, together

SPARE = 20260
"""Begins the seeds of probes that are kept for trying what has been found."""

LATEST = 16
"""How many outcomes of several mistakes together are kept."""


class Candidates:
    """The mistakes of an exercise that may explain an answer, and what they and the textbook do on some probes.

    Parameters
    ----------
    exercise : Exercise
    probes : list of Probe
        Nobody else's: a learner's function gets probes of its own, so that it cannot spoil what is kept here.
    spare : list of Probe, optional
        Others, on which what has been found is tried.

    Attributes
    ----------
    slips : tuple of Slip
        All mistakes: the catalogue's own first, then those of the functions called, then those that operators make.
    named : int
        How many of them, the first ones, have names in the catalogue.
    function : callable
        Takes mistakes, by number, as a tuple; returns the textbook with them, or None where two are in one place.
    look : callable
        Takes mistakes and the number of a probe; lists the values computed on the way there, and those assigned.
    probes : list of Probe
        The probes, and after them others that were asked for.
    """

    def __init__(self, exercise, probes, spare=()):
        self.exercise, self.probes = exercise, [*probes, *spare]
        self.spare = range(len(probes), len(self.probes))
        self._graded = len(probes)
        self._program = program_of(TEXTBOOK[exercise.name])
        self.function = lru_cache(maxsize=1024)(self._build)
        self.look = lru_cache(maxsize=16)(self._look)
        self._outcomes, self._latest, self._quiet, self._arguments = {}, {}, {}, {}

    @cached_property
    def slips(self):
        own, inherited, composed = slips_of(self.exercise.name)  # asked for by a wrong answer only: it takes long
        return own + inherited + composed

    @cached_property
    def named(self):
        own, inherited, _ = slips_of(self.exercise.name)
        return len(own + inherited)

    @cached_property
    def right(self):
        """Compute the right values, a tuple for each probe."""
        return [self.outcome((), k).values for k in range(self._graded)]

    def quiet(self, k):
        """List the numbers of the probes that are probe number k with one argument silenced."""
        if k not in self._quiet:
            quiet = silenced(self.probes[k])
            self._quiet[k] = range(len(self.probes), len(self.probes) + len(quiet))
            self.probes += quiet
        return self._quiet[k]

    def outcome(self, mistakes, k):
        """Run mistakes, by number, on probe number k; what one alone does is kept, and what the latest ones did.

        Returns
        -------
        Outcome, or None
            None where two of them are in one place, so that both cannot be.
        """
        for kept in (self._outcomes, self._latest):
            if (mistakes, k) in kept:
                return kept[mistakes, k]
        if len(self._latest) > LATEST:
            self._latest.clear()
        function = self.function(mistakes)
        outcome = function and run_mutant(function, self.probes[k], self._protected(k))
        (self._outcomes if len(mistakes) <= 1 else self._latest)[mistakes, k] = outcome
        return outcome

    def _protected(self, k):
        if any(isinstance(value, np.random.Generator) for value in self.probes[k].arguments.values()):
            return None  # its state changes with each run
        if k not in self._arguments:
            self._arguments[k] = protected_arguments(self.probes[k])
        return self._arguments[k]

    def _look(self, mistakes, k):
        """List the values that mistakes, by number, compute on their way on probe number k, and those they assign."""
        computed, assigned = [], []

        def noting(made):
            return lambda value: made.extend(np.array(array, np.float64) for array in arrays(value)) or value

        if self.function(mistakes):
            spans = together(*(self.slips[i].spans for i in mistakes))
            noted = self._program.build_noting(spans, noting(computed), noting(assigned))
            run_mutant(self.exercise.driven(self.exercise.adapt(noted)), self.probes[k])
        return computed, assigned

    def given(self, k):
        """List the arrays and numbers among the arguments of probe number k."""
        return [np.array(array, np.float64) for array in arrays(self.copies(k))]

    def wrong_lines(self, mistakes):
        """List the lines of the textbook that mistakes, by number, change, as they are then."""
        spans = together(*(self.slips[i].spans for i in mistakes))
        return self._program.wrong_lines(spans)

    def mended_text(self, mistake):
        """List the pieces of the textbook that a mistake, by number, changes: each as it is then, and as it was."""
        return [(span.new, self._program.original(span)) for span in self.slips[mistake].spans]

    def about_steps(self, mistake):
        """Tell whether a mistake is in the head of a "loop", or in the "index" of a step; None of all others."""
        kinds = {self._program.about_steps(span) for span in self.slips[mistake].spans}
        return "loop" if "loop" in kinds else "index" if "index" in kinds else None

    def copies(self, k):
        """Copy the arguments of probe number k."""
        return [duplicate(value) for value in self.probes[k].arguments.values()]

    def _build(self, mistakes):
        """Build the textbook with mistakes, by number; None where two of them are in one place."""
        spans = together(*(self.slips[i].spans for i in mistakes))
        try:
            function = None if spans is None else self._program.build(spans)
        except SyntaxError:  # one takes away what another needs
            return None
        return function and self.exercise.driven(self.exercise.adapt(function))


@lru_cache(maxsize=32)  # one for each exercise, at the seed of a class
def candidates_for(exercise, seed):
    """Build the `Candidates` on the probes of a seed, and keep them for all answers that are checked with it."""
    seeds = [seed, *([SPARE, seed, k] for k in range(exercise.spare))]
    probes, *spare = (exercise.probes(np.random.default_rng(drawn)) for drawn in seeds)
    # What a diagnostic asks for (it earns no points) may turn on the last digit, and then differ from probe to probe.
    apart = exercise.apart(np.random.default_rng([SPARE, seed])) if exercise.apart else []
    return Candidates(exercise, probes, itertools.chain(apart, *spare) if exercise.maximum else [])
