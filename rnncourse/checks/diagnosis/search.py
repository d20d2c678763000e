"""Search for the mistakes that together give what a function gives.

What mistakes do alone is known. How much of what is seen two or three of them explain is first guessed, as if their
effects added up or multiplied, and then the likeliest are made together and run.
"""

import itertools
from functools import cached_property

import numpy as np

from rnncourse.checks.diagnosis.covering import covering_triples, unexplained
from rnncourse.checks.diagnosis.observations import COMPARABLE, RAISED, View
from rnncourse.checks.execution.calling import Outcome

PAIRS, NAMED_PAIRS, NEAR_PAIRS, TRIPLES = 200, 300, 300, 300
"""How many are tried, the likeliest first: counts and no clock, so that no answer varies."""

EVIDENT = 10
"""How many of the mistakes that alone explain something are tried together, two and three at a time."""

EVIDENT_WITH_EACH = 4
"""How many of those are tried with each other mistake."""

TWINS = 2
"""How many others are tried in the place of a mistake that cannot be made beside another one."""

HIDDEN = 6
"""How many of the mistakes that do nothing by themselves are tried with each other one."""

BASES = 24
"""How many of the pairs are tried with a third mistake."""

COVERING = 100
"""How many triples are tried that alone explain most of what is wrong."""

MORE = 2
"""How many times as many where few outputs tell less."""

FEW_OUTPUTS = 4
"""With so many outputs or fewer the mistakes are also looked at on probes of which one argument is silenced."""

STEPS, ENTRIES = 3, 24
"""How many steps of a sequence, and entries of a vector among few outputs, are looked at by themselves."""


class Search:
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
        self._effort = MORE if few else 1
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

    def ranked(self):
        """Yield sets of mistakes, by number, the likeliest first."""
        kept, _ = self._kept
        if kept and not self._strange():
            evident = self._evident()
            yield from itertools.combinations(evident, 2)
            yield from itertools.combinations(evident, 3)
            yield from self._covering()
            yield from self._guessed(evident)
            for pair in itertools.combinations(evident, 2):  # two that look alike alone need not beside another one
                yield from itertools.product(*([i, *self._twins.get(i, [])[:TWINS]] for i in pair))

    def _covering(self):
        """List triples that alone explain most of what is wrong."""
        kept, _ = self._kept
        numbers, kinds = (column[kept] for column in self._alone)
        explains = self._explained(numbers, kinds)[:, self.wrong]
        return [tuple(kept[a] for a in triple) for triple in covering_triples(explains, COVERING)]

    def _left(self):
        """Count of each pair of mistakes the wrong pieces that they cannot explain together."""
        numbers, kinds = self._alone
        alike = (kinds == self.right_kinds) & (np.abs(numbers - self.right) <= self.errors)
        table = unexplained(~alike, self._explained(numbers, kinds), self.wrong)
        _, hidden = self._kept
        # What does nothing alone may do something beside another mistake, which then touches all that is wrong.
        touches = np.flatnonzero(~(alike & self.wrong).any(axis=1))
        table[np.ix_(hidden, touches)] = 0
        table[np.ix_(touches, hidden)] = 0
        return table

    def _strange(self):
        """Tell whether something is seen that no mistake makes alone: a shape, or nan where all have numbers."""
        strange = (self.kinds != COMPARABLE) & ~(self._alone[1] == self.kinds).any(axis=0)
        return bool(strange.any())

    def _evident(self):
        """List those mistakes that alone explain a wrong piece, by how many they explain."""
        kept, _ = self._kept
        numbers, kinds = (column[kept] for column in self._alone)
        explained = (self._explained(numbers, kinds) & self.wrong).sum(axis=1)
        order = np.argsort(-explained, kind="stable")[:EVIDENT]
        return sorted(kept[a] for a in order if explained[a])

    def _guessed(self, evident):
        """Yield pairs whose effects add up or multiply to what is seen, those with names, and then triples."""
        kept, hidden = self._kept
        numbers, kinds = (column[kept] for column in self._alone)
        scores = np.zeros((len(kept), len(kept)), np.int64)
        for a in range(len(kept)):
            scores[a, a + 1 :] = self._guesses(numbers[a], kinds[a], numbers[a + 1 :], kinds[a + 1 :])
        guessed = [(kept[a], kept[b]) for a, b in _largest(scores, PAIRS)]
        left, pairs = self._left(), []
        # Those with names in any case: guesses may fail, and where all is yes or no one mistake can put another right.
        names = sorted(range(self._candidates.named), key=lambda i: i not in kept)
        pairs += [(i, j) for i, j in itertools.combinations(names, 2) if not left[i, j]][:NAMED_PAIRS]
        pairs += itertools.islice(itertools.combinations(names, 2), NAMED_PAIRS)  # with a third they may
        each = [(i, j) for i in evident[:EVIDENT_WITH_EACH] for j in kept if i != j]
        pairs += [pair for pair in each if not left[pair]]
        pairs += [(i, j) for i in hidden[:HIDDEN] for j in kept if not left[i, j]]
        pairs += sorted((pair for pair in each if left[pair]), key=left.__getitem__)[:NEAR_PAIRS]
        pairs, bases = guessed + pairs, []
        for pair in dict.fromkeys(tuple(sorted(pair)) for pair in pairs):
            yield pair
            if found := self._look(pair):
                bases.append((self._score(*found), pair, *found))
        bases.sort(key=lambda base: -base[0])
        del bases[BASES * self._effort :]
        if not bases:
            return
        scores = np.array([self._guesses(base, base_kinds, numbers, kinds) for _, _, base, base_kinds in bases])
        triples = ({*bases[a][1], kept[b]} for a, b in _largest(scores, TRIPLES * self._effort))
        yield from dict.fromkeys(tuple(sorted(triple)) for triple in triples if len(triple) == 3)

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
        for i in np.flatnonzero((alike | self.wrong).all(axis=1) & ~alike.all(axis=1)).tolist():
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
            if tried and not (alike | self.wrong[here]).all():
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

    def _guesses(self, base, base_kinds, numbers, kinds):
        """Guess how many of the wrong pieces mistakes explain, each together with what others do."""
        both = (base_kinds == COMPARABLE) & (kinds == COMPARABLE)
        either = np.where(base_kinds == COMPARABLE, kinds, base_kinds)
        with np.errstate(all="ignore"):
            added, times = base + numbers - self.right, base * numbers / self.right
            hits = self._explained(added, either) | (both & self._explained(times, either))
            hits |= self._explained(base, base_kinds) | self._explained(numbers, kinds)
        return (hits & self.wrong).sum(axis=-1)

    def _score(self, numbers, kinds):
        """Count the wrong pieces that are explained."""
        return (self._explained(numbers, kinds) & self.wrong).sum()


def _largest(scores, count):
    """List the places of the largest positive entries, the largest first, earlier ones before later ones."""
    flat = scores.ravel()
    order = np.argsort(-flat, kind="stable")[:count]
    return [tuple(map(int, np.unravel_index(i, scores.shape))) for i in order if flat[i] > 0]
