"""Look at a function, and at mistakes alone and together: what is seen of them on each probe, piece by piece."""

import itertools
from functools import cached_property

import numpy as np

from rnncourse.checks.diagnosis.observations import COMPARABLE, RAISED, View
from rnncourse.checks.execution.calling import Outcome

TWINS = 2
"""How many others are tried in the place of a mistake that cannot be made beside another one."""

FEW_OUTPUTS = 4
"""With so many outputs or fewer the mistakes are also looked at on probes of which one argument is silenced."""

STEPS, ENTRIES = 3, 24
"""How many steps of a sequence, and entries of a vector among few outputs, are looked at by themselves."""


class Evidence:
    """What is seen of a function, and of each mistake alone.

    Parameters
    ----------
    candidates : Candidates
    outcomes : list of Outcome
        What the function did on the candidates' probes.
    ask : callable
        Takes a probe, returns what the function does there.
    """

    def __init__(self, candidates, outcomes, ask):
        self._candidates, self._twins, self._made = candidates, {}, {}
        exercise, last = candidates.exercise, len(outcomes) - 1
        few = len(exercise.outputs) <= FEW_OUTPUTS and not exercise.slow
        self.few = few
        cuts = [
            STEPS if output.shape[:1] == ("T",) else ENTRIES * (few and len(output.shape) == 1)
            for output in exercise.outputs
        ]
        self._places = list(dict.fromkeys([*range(min(1, last) * (not exercise.slow)), last]))
        looks = [(candidates.right[k], outcomes[k]) for k in self._places]
        self._smallest = len(self._places) - 1
        if few:
            for k in candidates.quiet(last):
                right, outcome = candidates.outcome((), k), ask(candidates.probes[k])
                if not (right.error or outcome.error) and all(np.isfinite(value).all() for value in right.values):
                    self._places.append(k)
                    looks.append((right.values, outcome))
        self._views = [View(right, cuts) for right, _ in looks]
        ends = np.cumsum([0, *(view.count for view in self._views)])
        self._pieces = [slice(*pair) for pair in itertools.pairwise(ends)]
        self.numbers, self.kinds = self._observe([outcome for _, outcome in looks])
        self.errors = np.concatenate([view.errors(looks[k][1]) for k, view in enumerate(self._views)])
        self.right, self.right_kinds = self._observe([Outcome(values=right) for right, _ in looks])
        self.wrong = ~self._explained(self.right, self.right_kinds)
        # Whether an argument is changed may turn on values that another mistake makes: that alone spoils nothing.
        self._may_spoil = np.ones(len(self.right), bool)
        self._may_spoil[ends[1:] - 1] = False

    @cached_property
    def _alone(self):
        """Look at each mistake alone: numbers and kinds, a row for each; one that spoils what is right has raised."""
        looks = [self._look((i,)) for i in range(len(self._candidates.slips))]
        return tuple(np.array(column) for column in zip(*(look or self._raised for look in looks), strict=True))

    @property
    def _raised(self):
        """Give what is seen of a mistake that is none: everything raises."""
        return np.zeros_like(self.right), np.full_like(self.right_kinds, RAISED)

    @cached_property
    def _kept(self):
        """Choose the mistakes that leave right what is right, and of equal ones the first.

        Returns
        -------
        kept, hidden : lists of int
            Those that do something, and those that do nothing by themselves where sizes are generic.
        """
        numbers, kinds = self._alone
        alike = (kinds == self.right_kinds) & (np.abs(numbers - self.right) <= self.errors)
        hidden = alike[:, : self._views[0].count].all(axis=1)
        kept = []
        harmless = (alike | self.wrong | ~self._may_spoil).all(axis=1)
        for i in np.flatnonzero(harmless & ~alike.all(axis=1)).tolist():
            same = (np.abs(numbers[kept] - numbers[i]) <= self.errors) & (kinds[kept] == kinds[i])
            twins = np.flatnonzero(same.all(axis=1))
            if len(twins) and not hidden[i]:
                self._twins.setdefault(kept[twins[0]], []).append(i)
            else:
                kept.append(i)
        return kept, np.flatnonzero(hidden).tolist()

    def _look(self, mistakes):
        """Run mistakes wherever the function was looked at; None if two are in one place, or they spoil what is right.

        One alone may spoil nothing; several together nothing on the smallest probe, as another one may mend the rest.
        """
        seen = {}
        for p in sorted(range(len(self._places)), key=lambda p: p != self._smallest):
            here, outcome = self._pieces[p], self.outcome(mistakes, self._places[p])
            if outcome is None:
                return None
            numbers, kinds = seen[p] = self._views[p].observe(outcome)
            alike = (kinds == self.right_kinds[here]) & (np.abs(numbers - self.right[here]) <= self.errors[here])
            tried = len(mistakes) == 1 or p == self._smallest
            if tried and not (alike | self.wrong[here] | ~self._may_spoil[here]).all():
                return None
        return tuple(np.concatenate(column) for column in zip(*(seen[p] for p in sorted(seen)), strict=True))

    def outcome(self, mistakes, k):
        """Run mistakes on probe number k; None if two of them are in one place, and so are their twins."""
        return self._candidates.outcome(self.made(mistakes), k)

    def made(self, mistakes):
        """Find mistakes that can be made together, and alone do what these do: these, where they can."""
        if mistakes not in self._made:
            ways = itertools.product(*([i, *self._twins.get(i, [])[:TWINS]] for i in mistakes))
            made = (way for way in ways if self._candidates.outcome(way, self._places[-1]))
            self._made[mistakes] = next(made, mistakes)
        return self._made[mistakes]

    def _observe(self, outcomes):
        seen = [view.observe(outcome) for view, outcome in zip(self._views, outcomes, strict=True)]
        return tuple(np.concatenate(column) for column in zip(*seen, strict=True))

    def _explained(self, numbers, kinds):
        """Tell which pieces are as they are seen, along the last axis."""
        return (kinds == self.kinds) & ((kinds != COMPARABLE) | (np.abs(numbers - self.numbers) <= self.errors))
