"""One try of a learner's function: it is called on every probe, and each of its outputs is judged."""

from dataclasses import dataclass

import numpy as np

from rnncourse.checks.calling import call
from rnncourse.checks.compare import NotAnArrayError, as_array, close
from rnncourse.checks.result import Verdict


@dataclass(frozen=True)
class Attempt:
    """What a function did on the probes.

    Parameters
    ----------
    probes, outcomes, wanted : lists
        A probe each, what the function did there, and the right values. They end at a call after which further ones
        would teach nothing.
    verdicts : list of Verdict
        One for each output.
    forgetful : bool
        Whether a second call with equal arguments gave what the first gave; asked only where all is right.
    """

    probes: list
    outcomes: list
    wanted: list
    verdicts: list
    forgetful: bool

    @property
    def right(self):
        """Whether all outputs are right."""
        return all(verdict.right for verdict in self.verdicts)

    @property
    def changed(self):
        """Names of the arguments that were changed."""
        return sorted({name for outcome in self.outcomes for name in outcome.changed})

    @property
    def fine(self):
        """Whether there is nothing to mend."""
        return self.right and self.forgetful and not self.changed

    @property
    def unwritten(self):
        """Whether the function is still to be written."""
        return self.outcomes[-1].unwritten


def attempt(exercise, function, probes, wanted, own=None):
    """Call a function on the probes and judge it.

    Parameters
    ----------
    exercise : Exercise
    function : callable
    probes : list of Probe
    wanted : list of tuple
        The right values on each probe.
    own : callable, optional
        What the learner wrote, where `function` wraps it: an error is traced to its lines.

    Returns
    -------
    Attempt
    """
    driven, count = exercise.driven(function), len(exercise.outputs)
    outcomes = []
    for probe in probes:
        outcomes.append(call(driven, probe.arguments, count, own=own or function))
        if outcomes[-1].hopeless:
            break
    probes, wanted = probes[: len(outcomes)], wanted[: len(outcomes)]
    verdicts = [_judge(exercise, k, probes, outcomes, wanted) for k in range(count)]
    forgetful = True
    if all(verdict.right for verdict in verdicts):
        forgetful = not _differs(call(driven, probes[0].arguments, count), outcomes[0])
    return Attempt(probes, outcomes, wanted, verdicts, forgetful)


def sizes(probe):
    """The sizes of a probe as text: "T = 4, B = 2"."""
    return ", ".join(f"{letter} = {size}" for letter, size in probe.dims.items())


def _judge(exercise, k, probes, outcomes, wanted):
    """The verdict on output number k: what is wrong on the first probe where something is."""
    output = exercise.outputs[k]
    for probe, outcome, want in zip(probes, outcomes, wanted, strict=True):
        if outcome.error:
            trouble = "did not come back" + (f" when {sizes(probe)}" if probe is not probes[0] else "")
        elif len(outcome.values) <= k:
            trouble = "did not come back"
        elif len(outcome.values) > len(exercise.outputs):
            trouble = "came back among too many values"
        else:
            trouble = output.problem(outcome.values[k], probe.dims, want[k])
        if trouble:
            return Verdict(output.name, 0.0, output.points, trouble)
    return Verdict(output.name, output.points, output.points)


def _differs(repeated, first):
    """Whether the second call with equal arguments had another outcome than the first, which was right."""
    if repeated.error or len(repeated.values) != len(first.values):
        return True
    try:
        pairs = [(as_array(again), as_array(value)) for again, value in zip(repeated.values, first.values, strict=True)]
    except NotAnArrayError:
        return True
    return not all(close(again, value.astype(np.float64)) for again, value in pairs)
