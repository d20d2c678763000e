"""An error is punished once: a right function that calls an earlier, wrong one of the learner's earns its points.

Where a function fails that may call earlier ones, it is tried again with right ones in their place, under the learner's
names. What is right then is right. No wrong function takes part in that, so none can make another one look right.
"""

from dataclasses import replace

from rnncourse.checks.attempt import attempt
from rnncourse.checks.diagnosis import same
from rnncourse.checks.result import Message
from rnncourse.checks.stand_ins import helping


def with_right_ones(exercise, function, tried, probes, wanted):
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
    blamed : tuple of str
        The earlier functions that have made one.
    """
    helped = _with(exercise, function, exercise.builds_on, probes, wanted)
    if _alike(tried, helped):
        return tried, ()  # nothing earlier was called, or what was called is right
    if not helped.fine and not _repeats(exercise, function, tried, probes, wanted):
        return tried, ()  # it answers differently each time
    pairs = list(zip(tried.verdicts, helped.verdicts, strict=True))
    if any(own.right and not other.right for own, other in pairs) and tried.forgetful:
        return tried, ()  # it goes with the learner's own only: arguments in another order, say
    blamed = exercise.builds_on
    if len(blamed) > 1:
        alone = [name for name in blamed if not _alike(tried, _with(exercise, function, (name,), probes, wanted))]
        blamed = tuple(alone) or blamed
    note = f"counted as right, with a right {_names(blamed)}"
    verdicts = [
        own if own.right and tried.forgetful else replace(other, note=note if other.right else None)
        for own, other in pairs
    ]
    return replace(helped, verdicts=verdicts), blamed


def _with(exercise, function, names, probes, wanted):
    return attempt(exercise, helping(function, names), probes, wanted, own=function)


def _repeats(exercise, function, tried, probes, wanted):
    """Whether a function does the same again; one that hangs is not waited for twice."""
    return tried.outcomes[-1].hopeless or _alike(tried, attempt(exercise, function, probes, wanted))


def _alike(one, other):
    """Whether two attempts came to the same, error for error."""
    if len(one.outcomes) != len(other.outcomes) or one.forgetful != other.forgetful:
        return False
    pairs = list(zip(one.outcomes, other.outcomes, strict=True))
    return all(a.error == b.error and same(a, b) for a, b in pairs)


def follow_on_message(exercise, tried, blamed):
    """What to say of functions that another one stumbled over."""
    names, many = _names(blamed), len(blamed) > 1
    yet = "which are not right yet (see those checks)" if many else "which is not right yet (see that check)"
    if tried.fine:
        text = f"Counted as right: {exercise.name} does the right thing. It calls your {names}, {yet}."
    else:
        text = (
            f"{exercise.name} calls your {names}, {yet}. That costs nothing here: {exercise.name} was tried with "
            f"{'right ones' if many else 'a right one'} instead, and what follows is about {exercise.name} alone."
        )
    return Message(text)


def _names(names):
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
