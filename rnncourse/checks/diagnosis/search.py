"""Search for the mistakes that together give what a function gives.

What mistakes do alone is known. How much of what is seen two or three of them explain is first guessed, as if their
effects added up or multiplied, and then the likeliest are made together and run.
"""

import itertools

import numpy as np

from rnncourse.checks.diagnosis.covering import covering_triples, unexplained
from rnncourse.checks.diagnosis.evidence import TWINS, Evidence
from rnncourse.checks.diagnosis.observations import COMPARABLE, INFINITE

PAIRS, NAMED_PAIRS, NEAR_PAIRS, TRIPLES = 200, 300, 300, 300
"""How many are tried, the likeliest first: counts and no clock, so that no answer varies."""

FEWEST = 500
"""How many pairs are tried at least, where there are so many: with them triples are guessed."""

EVIDENT = 10
"""How many of the mistakes that alone explain something are tried together, two and three at a time."""

EVIDENT_WITH_EACH = 4
"""How many of those are tried with each other mistake."""

HIDDEN = 6
"""How many of the mistakes that do nothing by themselves are tried with each other one."""

BASES = 24
"""How many of the pairs are tried with a third mistake."""

BESIDE, PARTNERS = 8, 60
"""Beside how many mistakes two others are guessed, and of how many others, the likeliest."""

COVERING = 100
"""How many triples are tried that alone explain most of what is wrong."""

MORE = 2
"""How many times as many where few outputs tell less."""


class Search(Evidence):
    """Ranks sets of mistakes by what they explain of the evidence."""

    def ranked(self):
        """Yield sets of mistakes, by number, the likeliest first."""
        kept, _ = self._kept
        if kept and not self._strange(self._alone[1], self.kinds == INFINITE):
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
            scores[a, a + 1 :] = self._guesses(numbers[a], kinds[a], numbers[a + 1 :], kinds[a + 1 :], self.right)
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
        pairs, bases = dict.fromkeys(tuple(sorted(pair)) for pair in guessed + pairs), []
        if len(pairs) < FEWEST:
            others = [pair for pair in itertools.combinations(kept, 2) if pair not in pairs]
            pairs |= dict.fromkeys(sorted(others, key=left.__getitem__)[: FEWEST - len(pairs)])
        for pair in pairs:
            yield pair
            if found := self._look(pair):
                bases.append((self._score(*found), pair, *found))
        if bases and not self._strange([base_kinds for *_, base_kinds in bases], self.kinds != COMPARABLE):
            yield from self._guessed_triples(bases)

    def _strange(self, kinds, pieces):
        """Tell whether in pieces something is seen that none of these make: a shape, or nan where all have numbers."""
        return bool((pieces & ~(np.array(kinds) == self.kinds).any(axis=0)).any())

    def _guessed_triples(self, bases):
        """List triples whose effects add up or multiply to what is seen: a third beside two, or two beside one."""
        effort, kept = MORE if self.few else 1, self._kept[0]
        numbers, kinds = (column[kept] for column in self._alone)
        guessed = []
        bases.sort(key=lambda base: -base[0])
        for _, pair, base, base_kinds in bases[: BASES * effort]:
            scores = self._guesses(base, base_kinds, numbers, kinds, self.right)
            guessed += [(score, (*pair, third)) for score, third in zip(scores.tolist(), kept, strict=True)]
        for mistake, partners, base, base_kinds in self._beside(bases):
            for a in range(len(partners)):
                scores = self._guesses(
                    base[a], base_kinds[a], base[a + 1 :], base_kinds[a + 1 :], self._alone[0][mistake]
                )
                rest = partners[a + 1 :]
                guessed += [(score, (mistake, partners[a], b)) for score, b in zip(scores.tolist(), rest, strict=True)]
        guessed = [(score, tuple(sorted(set(triple)))) for score, triple in guessed if score]
        guessed = sorted((pair for pair in guessed if len(pair[1]) == 3), key=lambda pair: -pair[0])
        return list(dict.fromkeys(triple for _, triple in guessed))[: TRIPLES * effort]

    def _beside(self, bases):
        """Yield mistakes that were made with many others, those others, and what each pair does."""
        partners = {}
        for _, pair, numbers, kinds in bases:
            for mistake, other in (pair, pair[::-1]):
                partners.setdefault(mistake, []).append((other, numbers, kinds))
        for mistake in sorted(partners, key=lambda mistake: -len(partners[mistake]))[:BESIDE]:
            others, numbers, kinds = zip(*partners[mistake][:PARTNERS], strict=True)
            yield mistake, others, np.array(numbers), np.array(kinds)

    def _guesses(self, base, base_kinds, numbers, kinds, start):
        """Guess how many of the wrong pieces mistakes explain, each together with what others do, from a start."""
        both = (base_kinds == COMPARABLE) & (kinds == COMPARABLE)
        either = np.where(base_kinds == COMPARABLE, kinds, base_kinds)
        with np.errstate(all="ignore"):
            added, times = base + numbers - start, base * numbers / start
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
