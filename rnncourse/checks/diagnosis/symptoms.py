"""Find what a known mistake does to the outputs: run its mutant on the probes of the check."""

from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np

from rnncourse.checks.diagnosis.mutants import run_mutant
from rnncourse.checks.diagnosis.patterns import pattern
from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.checks.exercises import EXERCISES
from rnncourse.language import enumeration, phrase, row, said, sentences
from rnncourse.misconceptions import TEXTBOOK, mutant


@dataclass(frozen=True)
class Symptom:
    """What can be seen of a mistake.

    Parameters
    ----------
    wrong, right : tuples of str
        Outputs that are wrong on some probe, and outputs that are right on all.
    facts : tuple of (str, str)
        An output and what there is to say of it: ("dW_hh", "is zero throughout").
    raises : str or None
        Where it raises no error: "D = H"; "" for nowhere; None where it never raises one.
    unnoticed : str or None
        Sizes at which nothing is wrong: "T = 1 and B = 1".
    changed : tuple of str
        Arguments that it changes.
    """

    wrong: tuple[str, ...]
    right: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    raises: str | None = None
    unnoticed: str | None = None
    changed: tuple[str, ...] = ()

    def __str__(self):
        """Write the symptom in sentences, with names in backticks."""
        return said(sentences(*self._sentences()))

    def _sentences(self):
        told = dict(self.facts)
        untold, facts = [name for name in self.wrong if name not in told], list(dict.fromkeys(told.values()))
        groups = [[name for name in told if told[name] == fact] for fact in facts]
        shown = untold if self.raises != "" else []
        if self.raises == "":
            yield phrase("Raises an error.")
        elif self.raises:
            yield phrase("Raises an error, unless {condition}.", condition=self.raises)
        if shown:
            yield phrase("Wrong: {names}.", names=self._names(shown))
        for fact, names in zip(facts, groups, strict=True):
            if len(names) > 1:
                yield phrase("{names}: each {fact}.", names=self._names(names), fact=fact)
            else:
                yield phrase("{names} {fact}.", names=self._names(names), fact=fact)
        if self.right and not any(self._all_but(names)[:1] == self.right[:1] for names in (shown, *groups)):
            many = len(self.wrong) <= 2 and len(self.right) > 3 and self.raises is None
            yield phrase("Right: all others.") if many else phrase("Right: {names}.", names=self._names(self.right))
        if self.changed:
            yield phrase("Changes what it was given: {names}.", names=row(map(_code, self.changed)))
        if self.unnoticed:
            yield phrase("Unnoticed if {condition}.", condition=self.unnoticed)

    def _all_but(self, names):
        """List the other outputs, where that is shorter: where names are all but one or two."""
        rest = tuple(name for name in (*self.wrong, *self.right) if name not in names)
        return rest if len(names) > 3 and len(rest) <= 2 else ()

    def _names(self, names):
        """List the names, or say what is shorter: that these are all, or all but one or two."""
        count = len(self.wrong) + len(self.right)
        if rest := self._all_but(names):
            return phrase("all {count} outputs but {names}", count=count, names=enumeration(map(_code, rest)))
        if len(names) == count > 3:
            return phrase("all {count} outputs", count=count)
        return row(map(_code, names))


def _code(name):
    return f"`{said(name)}`"


def symptom(misconception, seed=PUBLIC_SEED):
    """Run a mistake's mutant on the probes of its exercise.

    Parameters
    ----------
    misconception : Misconception
    seed : int, optional
        Seed of the probes.

    Returns
    -------
    Symptom
    """
    exercise = EXERCISES[misconception.exercise]
    probes = exercise.probes(np.random.default_rng(seed))
    textbook = exercise.driven(exercise.adapt(TEXTBOOK[exercise.name]))
    function = exercise.driven(exercise.adapt(mutant(misconception)))
    wanted = [run_mutant(textbook, probe).values for probe in probes]
    outcomes = [run_mutant(function, probe) for probe in probes]
    dims = [probe.dims for probe in probes]
    agrees = [  # a row for each probe, a column for each output
        [not outcome.error and _agrees(outcome.values[k], want[k]) for k in range(len(exercise.outputs))]
        for outcome, want in zip(outcomes, wanted, strict=True)
    ]
    ran = [not outcome.error for outcome in outcomes]
    fine = [all(row) and not outcome.changed for row, outcome in zip(agrees, outcomes, strict=True)]
    wrong = [k for k in range(len(exercise.outputs)) if not all(row[k] for row in agrees)]
    facts = [
        (exercise.outputs[k].name, fact)
        for k in wrong
        if (fact := _fact(k, exercise.outputs[k], dims, outcomes, wanted))
    ]
    return Symptom(
        wrong=tuple(exercise.outputs[k].name for k in wrong),
        right=tuple(output.name for k, output in enumerate(exercise.outputs) if k not in wrong),
        facts=tuple(facts),
        raises=None if all(ran) else _condition(ran, dims) if any(ran) else "",
        unnoticed=_condition(fine, dims) if any(fine) else None,
        changed=tuple(sorted({name for outcome in outcomes for name in outcome.changed})),
    )


def _agrees(value, want):
    try:
        return close(as_array(value), np.asarray(want, np.float64))
    except NotAnArrayError:
        return False


def _fact(k, output, dims, outcomes, wanted):
    """Say what is known of a wrong output: its shape, its overflow, or what it has in common with the right one."""
    try:
        pairs = [
            (as_array(outcome.values[k]), np.asarray(want[k], np.float64))
            for outcome, want in zip(outcomes, wanted, strict=True)
            if not outcome.error
        ]
    except NotAnArrayError:
        return None
    if any(got.shape != want.shape for got, want in pairs):
        return phrase("has the wrong shape")
    if any(not np.isfinite(got).all() for got, _ in pairs):
        return phrase("holds nan or inf")
    return pattern(pairs, dims, output.shape[:1] == ("T",)) if len(pairs) == len(dims) else None


def _condition(holds, dims):
    """Find what the sizes of some probes have in common, and no others: "D = H", "T = 1 and B = 1"."""
    inside = [size for size, here in zip(dims, holds, strict=True) if here]
    outside = [size for size, here in zip(dims, holds, strict=True) if not here]
    rules = {f"{a} = 1": lambda size, a=a: size.get(a) == 1 for a in dims[0]}
    layers = combinations([a for a in dims[0] if a in "DHK"], 2)
    rules |= {f"{a} = {b}": lambda size, a=a, b=b: size.get(a) == size.get(b) != 1 for a, b in layers}
    told = [rule for rule, true in rules.items() if all(map(true, inside)) and not any(map(true, outside))]
    if told:
        return reduce(lambda one, other: phrase("{one} and {other}", one=one, other=other), told)
    sizes = [row(f"{a} = {n}" for a, n in size.items()) for size in inside]
    return reduce(lambda one, other: phrase("{one}, or {other}", one=one, other=other), sizes)
