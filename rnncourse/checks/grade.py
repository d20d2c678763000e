"""Grade one function: call it on every probe, judge each output, and say what to mend."""

import contextlib

import numpy as np

from rnncourse.checks.attempt import attempt, sizes
from rnncourse.checks.compare import NotAnArrayError, as_array
from rnncourse.checks.diagnosis import diagnose
from rnncourse.checks.follow_on import follow_on_message, with_right_ones
from rnncourse.checks.lineup import lineup
from rnncourse.checks.patterns import pattern
from rnncourse.checks.result import Message, Result, Verdict
from rnncourse.misconceptions import difference

PUBLIC_SEED = 20
"""Seed of the probes where no other is given. Grading takes a secret one."""

_seed = PUBLIC_SEED

MUTATION_COST = 0.2
"""Share of the points that it costs to change the caller's arrays."""


@contextlib.contextmanager
def probes_from(seed):
    """Inside a ``with`` block, checks that are given no seed take this one: how a grader keeps its probes secret."""
    global _seed
    before, _seed = _seed, seed
    try:
        yield
    finally:
        _seed = before


def grade(exercise, function, seed=None):
    """Check a learner's function.

    Parameters
    ----------
    exercise : Exercise
    function : callable
        The learner's function; anything else gets 0 points and a message.
    seed : int, optional
        Seed of the probes; `PUBLIC_SEED` by default, or that of `probes_from`.

    Returns
    -------
    Result
    """
    if not callable(function):
        what = "None" if function is None else f"{type(function).__name__} {function!r:.60}"
        text = f"This check takes your function, {exercise.name}; it was given {what}. Pass the name without brackets."
        return _nothing(exercise, "no function was given", Message(text))
    if exercise.grader:
        return exercise.grader(exercise, function)
    seed = _seed if seed is None else seed
    probes, suspects = exercise.probes(np.random.default_rng(seed)), lineup(exercise, seed)
    wanted = suspects.right
    tried, blamed = attempt(exercise, function, probes, wanted), ()
    if exercise.builds_on and not tried.fine:
        tried, blamed = with_right_ones(exercise, function, tried, probes, wanted)
    if tried.unwritten:
        text = (
            f"{exercise.name} is not written yet: put your code in the place of the NotImplementedError line, "
            "run its cell, and run this one again."
        )
        return _nothing(exercise, "not written yet", Message(text))
    if not tried.forgetful:
        text = (
            f"{exercise.name} was right at the first call, and gave another answer when called again with equal "
            "arguments. It keeps something from call to call: look for a global or a default argument that changes."
        )
        return _nothing(exercise, "changes from call to call", Message(text))
    messages = [follow_on_message(exercise, tried, blamed)] if blamed else []
    if not tried.fine:
        named = _asked_closely(exercise.closely, function, seed) if exercise.closely else None
        messages += _messages(exercise, tried, diagnose(suspects, tried.outcomes) if named is None else named)
    return Result(exercise.signature, tried.verdicts, messages, MUTATION_COST if tried.changed else 0.0)


def _nothing(exercise, why, message):
    return Result(exercise.signature, [Verdict(o.name, 0.0, o.points, why) for o in exercise.outputs], [message])


def _trouble_with_the_call(exercise, probes, outcomes):
    """Why values are missing: the first call that raised, or that returned too few or too many; None if none did."""
    wanted = ", ".join(f"{output.name} {output.letters()}" for output in exercise.outputs)
    for probe, outcome in zip(probes, outcomes, strict=True):
        came, expected = len(outcome.values), len(exercise.outputs)
        trouble = outcome.error
        if not trouble and came != expected:
            trouble = f"returned {came} value{'s' * (came != 1)}"
        if trouble:
            return f"{exercise.signature}, called with {sizes(probe)}, {trouble}. Expected to get back: {wanted}."
    return None


def _asked_closely(closely, function, seed):
    """The mistakes that show where a function is asked for more than its points need."""
    suspects = lineup(closely, seed)
    probes = closely.probes(np.random.default_rng(seed))
    return diagnose(suspects, attempt(closely, function, probes, suspects.right).outcomes)


def _messages(exercise, tried, named):
    """What to mend: the named mistake if there is one, else the facts; and what was changed."""
    messages = [_names(named)] if named else _facts(exercise, tried)
    if tried.changed:
        text = (
            f"Your function changed what it was given, {', '.join(tried.changed)}: the caller still needs it. "
            f"That costs {MUTATION_COST:.0%} of the points. Work on a copy."
        )
        messages.append(Message(text))
    return messages


def _names(named):
    mistakes = "; and ".join(f"{one.label}: {one.says}" for one in named)
    return Message(
        f"{'Two mistakes have names here' if len(named) > 1 else 'This mistake has a name'}. {mistakes}.",
        labels=tuple(one.label for one in named),
        look_for=difference(*named)[1],
        hints=tuple(one.hint for one in named),
        see=tuple(dict.fromkeys(one.see for one in named)),
    )


def _facts(exercise, tried):
    trouble = _trouble_with_the_call(exercise, tried.probes, tried.outcomes)
    return ([Message(trouble)] if trouble else []) + [
        Message(f"{output.name} {fact}.")
        for k, (output, verdict) in enumerate(zip(exercise.outputs, tried.verdicts, strict=True))
        if not verdict.right and (fact := _fact(k, output, tried.probes, tried.outcomes, tried.wanted))
    ]


def _fact(k, output, probes, outcomes, wanted):
    """What output number k has in common with the right one on all probes, if its shapes are right."""
    try:
        pairs = [(as_array(outcome.values[k]), want[k]) for outcome, want in zip(outcomes, wanted, strict=True)]
    except (IndexError, NotAnArrayError):
        return None
    if any(got.shape != want.shape or not np.isfinite(got).all() for got, want in pairs):
        return None
    return pattern(pairs, [probe.dims for probe in probes], output.shape[:1] == ("T",))
