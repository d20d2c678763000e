"""Judge what a check has said of a case: which labels name its mistakes is decided by a key, labels.toml."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.bugs.cases import CaseError
from rnncourse.checks import EXERCISES
from rnncourse.checks.diagnosis.candidates import candidates_for
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import CATALOGUE

KEY = Path(__file__).parent / "labels.toml"
OUTCOMES = ("full", "part", "misnamed", "abstained", "missed")
"""All mistakes named; some, and nothing else said; something else said; nothing said; passed as right."""


def read_key(path=KEY, exercises=None):
    """Read which labels name a phrase.

    Parameters
    ----------
    path : Path, optional
        By exercise, each phrase and the labels that name it. An entry of several phrases, joined by semicolons, has
        the labels that name them together and none of them alone.
    exercises : collection of str, optional
        Those to read; all, if nothing is said. Each takes a moment: all its mistakes are run to find equal ones.

    Returns
    -------
    key : dict of dicts
        Exercise -> frozenset of phrases -> set of labels; those that `same_as` declares equal are in it.

    Raises
    ------
    CaseError
        If an exercise or a label is unknown, or an entry is no list of labels.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"{path.name}: {error}") from error
    key = {}
    for exercise, phrases in entries.items():
        if exercise not in CATALOGUE:
            raise CaseError(f"{path.name}: there is no exercise {exercise!r}; there are {', '.join(CATALOGUE)}")
        if not isinstance(phrases, dict):
            raise CaseError(f"{path.name}: {exercise} is no table of phrases; begin it with [{exercise}]")
        if exercises is not None and exercise not in exercises:
            continue
        key[exercise] = {}
        for text, labels in phrases.items():
            if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
                raise CaseError(f'{path.name}: {exercise}, "{text}": wanted a list of labels, found {labels!r}')
            phrase = frozenset(part.strip() for part in text.split(";"))
            key[exercise][phrase] = _with_equals(exercise, labels, f'{path.name}: {exercise}, "{text}"')
    return key


def _with_equals(exercise, labels, where):
    """Extend labels by those of mistakes that compute the very same."""
    same = _same(exercise)
    if unknown := [label for label in labels if label not in same]:
        raise CaseError(f"{where}: {', '.join(unknown)} is no label of {exercise}")
    return set().union(*(same[label] for label in labels))


@cache
def _same(exercise):
    """Map each label of an exercise to the labels of the mistakes that do the same on the probes of the public seed."""
    candidates = candidates_for(EXERCISES[exercise], PUBLIC_SEED)
    done = {}
    for i, slip in enumerate(candidates.slips):
        outcomes = [candidates.outcome((i,), k) for k in range(len(candidates.right))]
        key = tuple(_digest(outcome) for outcome in outcomes)
        done.setdefault(key, set()).add(slip.label)
    same = {label: labels for labels in done.values() for label in labels}
    for record in CATALOGUE[exercise]:
        same[record.label] = same[record.label].union(record.same_as)
    return same


def _digest(outcome):
    """Write an outcome so that two which agree but for rounding are written alike."""
    values = [np.round(np.asarray(value, float), 7) + 0.0 for value in outcome.values]
    return bool(outcome.error), outcome.changed, tuple((value.shape, value.tobytes()) for value in values)


def judge(passed, labels, mistakes, entries):
    """Judge what was said of a wrong case.

    Parameters
    ----------
    passed : bool
    labels : collection of str
        All labels of the result's messages.
    mistakes : collection of str
        The phrases that are true.
    entries : dict
        The key's, of the exercise.

    Returns
    -------
    outcome : str
        One of `OUTCOMES`.
    """
    if passed:
        return "missed"
    if not labels:
        return "abstained"
    covered, right = set(), set()
    for phrases, accepted in entries.items():
        if phrases <= set(mistakes) and (said := accepted & set(labels)):
            covered |= phrases
            right |= said
    if set(labels) - right:
        return "misnamed"
    return "full" if covered == set(mistakes) else "part"


def missing(cases, key):
    """List the phrases that no entry of the key is for, by exercise, in the order of the cases."""
    lacking = {}
    for case in cases:
        for phrase in case.mistakes:
            if frozenset([phrase]) not in key.get(case.exercise, {}):
                lacking.setdefault(case.exercise, {})[phrase] = None
    return {exercise: list(phrases) for exercise, phrases in lacking.items()}
