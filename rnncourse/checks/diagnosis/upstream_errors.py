"""Find upstream errors: a right function that calls an earlier, wrong one of the learner's still earns its points.

Where a function fails that may call earlier ones, it is tried again with right ones in their place, under the learner's
names. What is right then is right. No wrong function takes part in that, so none can make another one look right.
"""

from dataclasses import replace

from rnncourse.checks.diagnosis.diagnosis import same
from rnncourse.checks.execution.attempt import attempt
from rnncourse.checks.execution.substitutes import with_substitutes
from rnncourse.checks.reporting.result import Message
from rnncourse.language import enumeration, phrase


def attempt_with_substitutes(exercise, function, tried, probes, wanted):
    """Try a function again that has failed, with right functions in the place of the learner's earlier ones.

    Parameters
    ----------
    exercise : Exercise
    function : callable
    tried : Attempt
        With the learner's own.
    probes, wanted : lists

    Returns
    -------
    tried : Attempt
        The second one where the learner's own earlier functions have made a difference, else the first.
    upstream : tuple of Exercise
        The earlier ones whose functions have made a difference: the upstream errors.
    """

    def retry(exercises):
        tries = 1 if tried.outcomes[-1].hanging else 2  # one that hangs has been waited for already
        return attempt(exercise, with_substitutes(function, exercises), probes, wanted, own=function, tries=tries)

    retried = retry(exercise.builds_on)
    if _alike(tried, retried):
        return tried, ()  # nothing earlier was called, or what was called is right
    if not retried.fine and not _repeats(exercise, function, tried, probes, wanted):
        return tried, ()  # it answers differently each time
    pairs = list(zip(tried.verdicts, retried.verdicts, strict=True))
    if any(own.right and not other.right for own, other in pairs) and tried.deterministic:
        return tried, ()  # it goes with the learner's own only: arguments in another order, say
    upstream = exercise.builds_on
    if len(upstream) > 1:
        alone = [earlier for earlier in upstream if not _alike(tried, retry((earlier,)))]
        upstream = tuple(alone) or upstream
    note = phrase("counted as right, with a right {names}", names=_names(upstream))
    verdicts = [
        own if own.right and tried.deterministic else replace(other, note=note if other.right else None)
        for own, other in pairs
    ]
    return replace(retried, verdicts=verdicts), upstream


def _repeats(exercise, function, tried, probes, wanted):
    """Tell whether a function does the same again; one that hangs is not waited for twice."""
    return tried.outcomes[-1].should_stop or _alike(tried, attempt(exercise, function, probes, wanted))


def _alike(first, second):
    """Tell whether two attempts came to the same, error for error."""
    if len(first.outcomes) != len(second.outcomes) or first.deterministic != second.deterministic:
        return False
    pairs = list(zip(first.outcomes, second.outcomes, strict=True))
    return all(a.error == b.error and same(a, b) for a, b in pairs)


def upstream_message(exercise, tried, upstream):
    """Say which earlier functions are wrong, and that this costs nothing here.

    Parameters
    ----------
    exercise : Exercise
    tried : Attempt
        With substitutes for the earlier functions.
    upstream : sequence of Exercise

    Returns
    -------
    Message
    """
    about = {"exercise": exercise.name, "names": _names(upstream)}
    if tried.fine and len(upstream) > 1:
        text = phrase(
            "Counted as right: {exercise} does the right thing. It calls your {names}, "
            "which are not right yet (see those checks).",
            **about,
        )
    elif tried.fine:
        text = phrase(
            "Counted as right: {exercise} does the right thing. It calls your {names}, "
            "which is not right yet (see that check).",
            **about,
        )
    elif len(upstream) > 1:
        text = phrase(
            "{exercise} calls your {names}, which are not right yet (see those checks). That costs nothing here: "
            "{exercise} was tried with right ones instead, and what follows is about {exercise} alone.",
            **about,
        )
    else:
        text = phrase(
            "{exercise} calls your {names}, which is not right yet (see that check). That costs nothing here: "
            "{exercise} was tried with a right one instead, and what follows is about {exercise} alone.",
            **about,
        )
    return Message(text)


def _names(exercises):
    return enumeration(exercise.name for exercise in exercises)
