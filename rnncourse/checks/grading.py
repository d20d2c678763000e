"""Grade one function: call it on every probe, judge each output, and say what to mend."""

import inspect
from dataclasses import replace
from functools import reduce

import numpy as np

from rnncourse.checks.diagnosis.candidates import candidates_for
from rnncourse.checks.diagnosis.diagnosis import diagnose
from rnncourse.checks.diagnosis.lines import own_lines
from rnncourse.checks.diagnosis.partial_credit import SAYS, SHARE, keeps_part
from rnncourse.checks.diagnosis.patterns import pattern
from rnncourse.checks.diagnosis.upstream_errors import attempt_with_substitutes, upstream_message
from rnncourse.checks.execution.attempt import attempt, sizes
from rnncourse.checks.execution.calling import call
from rnncourse.checks.execution.compare import NotAnArrayError, as_array
from rnncourse.checks.execution.printing import few_lines_printed
from rnncourse.checks.execution.seed import current_seed
from rnncourse.checks.execution.substitutes import with_substitutes
from rnncourse.checks.exercises.answers import values
from rnncourse.checks.reporting.result import Message, Result, Verdict
from rnncourse.language import phrase, row, sentences

MUTATION_COST = 0.2
"""Share of the points that it costs to change the caller's arrays."""


def grade(exercise, function, seed=None):
    """Grade a learner's function.

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
        text = phrase(
            "This check takes your function, {exercise}; it was given {what}. Pass the name without brackets.",
            exercise=exercise.name,
            what=what,
        )
        return _no_points(exercise, phrase("no function was given"), Message(text))
    if exercise.grader:
        return exercise.grader(exercise, function)
    if by_name := _by_name_only(function):
        text = phrase(
            "Your function takes {names} by name only, and it is called with its arguments in order. "
            "Take the * out of its first line: def {signature}.",
            names=row(by_name),
            signature=exercise.signature,
        )
        return _no_points(exercise, phrase("takes arguments by name only"), Message(text))
    with few_lines_printed():
        return _grade(exercise, function, current_seed() if seed is None else seed)


def _by_name_only(function):
    """List the parameters that have to be given by name."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # a built-in function may not tell
        return []
    return [
        parameter.name
        for parameter in parameters
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    ]


def _grade(exercise, function, seed):
    probes, candidates = exercise.probes(np.random.default_rng(seed)), candidates_for(exercise, seed)
    wanted = candidates.right
    tried, upstream = attempt(exercise, function, probes, wanted), ()
    if exercise.builds_on and not tried.fine:
        tried, upstream = attempt_with_substitutes(exercise, function, tried, probes, wanted)
    if tried.unwritten:
        text = phrase(
            "{exercise} is not written yet: put your code in the place of the NotImplementedError line, "
            "run its cell, and run this one again.",
            exercise=exercise.name,
        )
        return _no_points(exercise, phrase("not written yet"), Message(text))
    if not tried.deterministic:
        text = phrase(
            "{exercise} was right at the first call, and gave another answer when called again with equal "
            "arguments. It keeps something from call to call: look for a global or a default argument that changes.",
            exercise=exercise.name,
        )
        return _no_points(exercise, phrase("changes from call to call"), Message(text))
    messages = [upstream_message(exercise, tried, upstream)] if upstream else []
    about, kept = (exercise.signature, tried.verdicts), 0.0
    if not tried.fine:
        named = _diagnose_in_detail(exercise.diagnostic, function, seed)[0] if exercise.diagnostic else None
        if named is None:
            tried_as = with_substitutes(function, exercise.builds_on) if upstream else function
            named, made = _diagnosed(exercise, candidates, tried.outcomes, tried_as, function)
            kept = SHARE if keeps_part(candidates, made) else 0.0
        if Result(*about, kept=kept).keeps_part:
            named = replace(named, text=sentences(named.text, SAYS))
        messages += _messages(exercise, tried, named)
    return Result(*about, messages, MUTATION_COST if tried.changed else 0.0, kept)


def _no_points(exercise, why, message):
    return Result(
        exercise.signature, [Verdict(output.name, 0.0, output.points, why) for output in exercise.outputs], [message]
    )


def _call_problem(exercise, probes, outcomes):
    """Say why values are missing: the first call that raised or returned too few or too many; None if none did."""
    wanted = row(phrase("{name} {shape}", name=output.name, shape=output.letters()) for output in exercise.outputs)
    for probe, outcome in zip(probes, outcomes, strict=True):
        came, expected = len(outcome.values), len(exercise.outputs)
        problem = outcome.error
        if not problem and came != expected:
            problem = phrase("returned {came}", came=values(came))
        if problem:
            return phrase(
                "{signature}, called with {sizes}, {problem}. Expected to get back: {wanted}.",
                signature=exercise.signature,
                sizes=sizes(probe),
                problem=problem,
                wanted=wanted,
            )
    return None


def _diagnose_in_detail(diagnostic, function, seed):
    """Diagnose the mistakes that show where a function is asked for more than its points need."""
    candidates = candidates_for(diagnostic, seed)
    probes = diagnostic.probes(np.random.default_rng(seed))
    outcomes = attempt(diagnostic, function, probes, candidates.right).outcomes
    return _diagnosed(diagnostic, candidates, outcomes, function, function)


def _diagnosed(exercise, candidates, outcomes, function, own):
    """Diagnose a function, which may be the learner's own with others in it: None or a message, and what was made."""
    driven, count = exercise.driven(function), len(exercise.outputs)
    found = diagnose(candidates, outcomes, lambda probe: call(driven, probe.arguments, count, own=own, tries=1))
    if not found.slips:
        return None, ()
    lines = own_lines(candidates, found.made, own, driven)
    return _named_mistakes(found.slips, lines, candidates.wrong_lines(found.made)), found.made


def _messages(exercise, tried, named):
    """Say what to mend: the named mistake if there is one, else the facts; and what was changed."""
    messages = [named] if named else _facts(exercise, tried)
    if tried.changed:
        text = phrase(
            "Your function changed what it was given, {names}: the caller still needs it. "
            "That costs {cost:.0%} of the points. Work on a copy.",
            names=row(tried.changed),
            cost=MUTATION_COST,
        )
        messages.append(Message(text))
    return messages


def _named_mistakes(slips, lines, look_for):
    """Say by name what the function does wrong and on which lines, with hints."""
    mistakes = reduce(
        lambda one, other: phrase("{one}; and {other}", one=one, other=other),
        (phrase("{label}: {says}", label=slip.label, says=slip.says) for slip in slips),
    )
    if len(slips) == 1:
        text = phrase("This mistake has a name. {mistakes}.", mistakes=mistakes)
    elif len(slips) == 2:
        text = phrase("Two mistakes have names here. {mistakes}.", mistakes=mistakes)
    else:
        text = phrase("Three mistakes have names here. {mistakes}.", mistakes=mistakes)
    return Message(
        text,
        labels=tuple(slip.label for slip in slips),
        look_for=() if any(lines) else look_for,
        hints=tuple(dict.fromkeys(slip.hint for slip in slips)),
        see=tuple(dict.fromkeys(slip.see for slip in slips)),
        lines=tuple((slip.label, *line) for slip, line in zip(slips, lines, strict=True) if line),
    )


def _facts(exercise, tried):
    """Say what is known of the wrong outputs; once, what is true of several."""
    problem, facts = _call_problem(exercise, tried.probes, tried.outcomes), {}
    for k, (output, verdict) in enumerate(zip(exercise.outputs, tried.verdicts, strict=True)):
        if not verdict.right and (fact := _fact(k, output, tried.probes, tried.outcomes, tried.wanted)):
            facts.setdefault(fact, []).append(output.name)
    texts = [problem] if problem else []
    for fact, names in facts.items():
        if len(names) > 1:
            texts.append(phrase("{names}: each {fact}.", names=row(names), fact=fact))
        else:
            texts.append(phrase("{names} {fact}.", names=names[0], fact=fact))
    return [Message(text) for text in texts]


def _fact(k, output, probes, outcomes, wanted):
    """Find what output number k has in common with the right one on all probes, if its shapes are right."""
    try:
        pairs = [(as_array(outcome.values[k]), want[k]) for outcome, want in zip(outcomes, wanted, strict=True)]
    except (IndexError, NotAnArrayError):
        return None
    if any(got.shape != want.shape or not np.isfinite(got).all() for got, want in pairs):
        return None
    return pattern(pairs, [probe.dims for probe in probes], output.shape[:1] == ("T",))
