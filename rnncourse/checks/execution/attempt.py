"""Try a learner's function: call it on every probe, and judge each of its outputs."""

import contextlib
import importlib
from dataclasses import dataclass

import numpy as np

from rnncourse.checks.execution.calling import call
from rnncourse.checks.execution.compare import NotAnArrayError, as_array, close
from rnncourse.checks.reporting.result import Verdict
from rnncourse.language import phrase, row


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
    deterministic : bool
        Whether second calls with equal arguments gave what the first ones gave; asked only where all is right.
    """

    probes: list
    outcomes: list
    wanted: list
    verdicts: list
    deterministic: bool

    @property
    def right(self):
        """Tell whether all outputs are right."""
        return all(verdict.right for verdict in self.verdicts)

    @property
    def changed(self):
        """List the names of the arguments that were changed."""
        return sorted({name for outcome in self.outcomes for name in outcome.changed})

    @property
    def fine(self):
        """Tell whether there is nothing to mend."""
        return self.right and self.deterministic and not self.changed

    @property
    def unwritten(self):
        """Tell whether the function is still to be written."""
        return self.outcomes[-1].unwritten


def attempt(exercise, function, probes, wanted, own=None, tries=2):
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
    tries : int, optional
        How often a call that runs out of time is made.

    Returns
    -------
    Attempt
    """
    driven, count = exercise.driven(function), len(exercise.outputs)
    if not hasattr(type(function), "with_substitutes"):  # one in another process has imported its modules there
        _import(exercise.modules)
    outcomes = []
    for probe in probes:
        outcomes.append(call(driven, probe.arguments, count, own=own or function, tries=tries))
        if outcomes[-1].should_stop:
            break
    probes, wanted = probes[: len(outcomes)], wanted[: len(outcomes)]
    verdicts = [_judge(exercise, k, probes, outcomes, wanted) for k in range(count)]
    deterministic = True
    if all(verdict.right for verdict in verdicts):
        # Backwards, so that the last probe comes twice in a row: a state that is kept as long as its shape fits shows.
        again = zip(probes[::-1], outcomes[::-1], strict=True)
        deterministic = not any(_differs(call(driven, probe.arguments, count), first) for probe, first in again)
    return Attempt(probes, outcomes, wanted, verdicts, deterministic)


def _import(modules):
    """Import what a right answer may import while it runs, so that no timed call has to."""
    for module in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def sizes(probe):
    """Write the sizes of a probe as text: "T = 4, B = 2"."""
    return row(f"{letter} = {size}" for letter, size in probe.dims.items())


def _judge(exercise, k, probes, outcomes, wanted):
    """Judge output number k: what is wrong on the first probe where something is."""
    output = exercise.outputs[k]
    for probe, outcome, want in zip(probes, outcomes, wanted, strict=True):
        if outcome.error and probe is not probes[0]:
            problem = phrase("did not come back when {sizes}", sizes=sizes(probe))
        elif outcome.error or len(outcome.values) <= k:
            problem = phrase("did not come back")
        elif len(outcome.values) > len(exercise.outputs):
            problem = phrase("came back among too many values")
        else:
            problem = output.problem(outcome.values[k], probe.dims, want[k])
        if problem:
            return Verdict(output.name, 0.0, output.points, problem)
    return Verdict(output.name, output.points, output.points)


def _differs(repeated, first):
    """Tell whether the second call with equal arguments had another outcome than the first, which was right."""
    if repeated.error or len(repeated.values) != len(first.values):
        return True
    try:
        pairs = [(as_array(again), as_array(value)) for again, value in zip(repeated.values, first.values, strict=True)]
    except NotAnArrayError:
        return True
    return not all(close(again, value.astype(np.float64)) for again, value in pairs)
