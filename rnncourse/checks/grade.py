"""Grade one function: call it on every probe, judge each output, and say what to mend."""

import contextlib

import numpy as np

from rnncourse.checks.calling import call
from rnncourse.checks.compare import NotAnArrayError, as_array, close, problem
from rnncourse.checks.diagnosis import diagnose, run_mutant
from rnncourse.checks.patterns import pattern
from rnncourse.checks.result import Message, Result, Verdict
from rnncourse.misconceptions import TEXTBOOK, difference

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
    probes = exercise.probes(np.random.default_rng(_seed if seed is None else seed))
    textbook = exercise.driven(exercise.adapt(TEXTBOOK[exercise.name]))
    driven = exercise.driven(function)
    wanted = [run_mutant(textbook, probe).values for probe in probes]
    outcomes = []
    for probe in probes:
        outcomes.append(call(driven, probe.arguments, len(exercise.outputs), own=function))
        if outcomes[-1].hopeless:
            break
    if outcomes[-1].unwritten:
        text = (
            f"{exercise.name} is not written yet: put your code in the place of the NotImplementedError line, "
            "run its cell, and run this one again."
        )
        return _nothing(exercise, "not written yet", Message(text))
    probes, wanted = probes[: len(outcomes)], wanted[: len(outcomes)]
    verdicts = [_judge(exercise, k, probes, outcomes, wanted) for k in range(len(exercise.outputs))]
    changed = sorted({name for outcome in outcomes for name in outcome.changed})
    cost = MUTATION_COST if changed else 0.0
    messages = _messages(exercise, probes, outcomes, wanted, verdicts, changed)
    if all(verdict.right for verdict in verdicts) and _differs(
        call(driven, probes[0].arguments, len(exercise.outputs)), outcomes[0]
    ):
        text = (
            f"{exercise.name} was right at the first call, and gave another answer when called again with equal "
            "arguments. It keeps something from call to call: look for a global or a default argument that changes."
        )
        return _nothing(exercise, "changes from call to call", Message(text))
    return Result(exercise.signature, verdicts, messages, cost)


def _nothing(exercise, why, message):
    return Result(exercise.signature, [Verdict(o.name, 0.0, o.points, why) for o in exercise.outputs], [message])


def _sizes(probe):
    return ", ".join(f"{letter} = {size}" for letter, size in probe.dims.items())


def _judge(exercise, k, probes, outcomes, wanted):
    """The verdict on output number k: what is wrong on the first probe where something is."""
    output = exercise.outputs[k]
    for probe, outcome, want in zip(probes, outcomes, wanted, strict=True):
        if outcome.error:
            trouble = "did not come back" + (f" when {_sizes(probe)}" if probe is not probes[0] else "")
        elif len(outcome.values) <= k:
            trouble = "did not come back"
        elif len(outcome.values) > len(exercise.outputs):
            trouble = "came back among too many values"
        else:
            trouble = problem(outcome.values[k], output, probe.dims, want[k])
        if trouble:
            return Verdict(output.name, 0.0, output.points, trouble)
    return Verdict(output.name, output.points, output.points)


def _trouble_with_the_call(exercise, probes, outcomes):
    """Why values are missing: the first call that raised, or that returned too few or too many; None if none did."""
    wanted = ", ".join(f"{output.name} {output.letters()}" for output in exercise.outputs)
    for probe, outcome in zip(probes, outcomes, strict=True):
        came, expected = len(outcome.values), len(exercise.outputs)
        trouble = outcome.error
        if not trouble and came != expected:
            trouble = f"returned {came} value{'s' * (came != 1)}"
        if trouble:
            return f"{exercise.signature}, called with {_sizes(probe)}, {trouble}. Expected to get back: {wanted}."
    return None


def _differs(repeated, first):
    """Whether the second call with equal arguments had another outcome than the first."""
    if repeated.error or len(repeated.values) != len(first.values):
        return True
    return not all(
        close(as_array(again), as_array(value).astype(np.float64))
        for again, value in zip(repeated.values, first.values, strict=True)
    )


def _messages(exercise, probes, outcomes, wanted, verdicts, changed):
    """What to mend: the named mistake if there is one, else the facts."""
    if all(verdict.right for verdict in verdicts) and not changed:
        return []
    named = diagnose(exercise, probes, outcomes, wanted[0])
    if named:
        mistakes = "; and ".join(f"{one.label}: {one.says}" for one in named)
        return [
            Message(
                f"{'Two mistakes have names here' if len(named) > 1 else 'This mistake has a name'}. {mistakes}.",
                labels=tuple(one.label for one in named),
                look_for=difference(*named)[1],
                hints=tuple(one.hint for one in named),
                see=tuple(dict.fromkeys(one.see for one in named)),
            )
        ]
    trouble = _trouble_with_the_call(exercise, probes, outcomes)
    messages = [Message(trouble)] if trouble else []
    messages += [
        Message(f"{output.name} {fact}.")
        for k, (output, verdict) in enumerate(zip(exercise.outputs, verdicts, strict=True))
        if not verdict.right and (fact := _fact(k, output, probes, outcomes, wanted))
    ]
    if changed:
        names = ", ".join(changed)
        text = f"Your function changed what it was given, {names}: the caller still needs it. Work on a copy."
        messages.append(Message(text))
    return messages


def _fact(k, output, probes, outcomes, wanted):
    """What output number k has in common with the right one on all probes, if its shapes are right."""
    try:
        pairs = [(as_array(outcome.values[k]), want[k]) for outcome, want in zip(outcomes, wanted, strict=True)]
    except (IndexError, NotAnArrayError):
        return None
    if any(got.shape != want.shape or not np.isfinite(got).all() for got, want in pairs):
        return None
    return pattern(pairs, [probe.dims for probe in probes], output.shape[:1] == ("T",))
