"""Grade hostile processes in a process of its own, so that its memory is the grader's: ``fuzz.py CASES``.

Prints what was seen as JSON; a case that breaks a rule ends it with hypothesis's account of that case.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from support.handed_in import RIGHT
from support.hostile.plans import EXAMPLES, PLANS, cell_of

from rnncourse.checks import EXERCISES
from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.checks.execution.substitutes import substitute_for
from rnncourse.grading.notebook.scorer import Scorer
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.fork_server_sandbox import REAP_SECONDS
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.protocol.answers import StudentError
from rnncourse.grading.sandbox.protocol.encoding import encode
from rnncourse.grading.sandbox.remote import SLACK_SECONDS, Remote

LIMITS = Limits(call_seconds=0.3, cell_seconds=0.3, notebook_seconds=2.0, memory=1 << 30)
MOST_SECONDS = LIMITS.notebook_seconds + SLACK_SECONDS + REAP_SECONDS
"""When the sandbox itself has ended a process, whoever waits for it."""
SEED = 5
SUBSTITUTES = {name: substitute_for(EXERCISES[name]) for name in ("output_layer", "rnn_forward")}
"""What a process may call back."""


def peak():
    """Read how much memory this process has held at most, in MB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) >> 10


def honest(sandbox):
    """Grade an honest student: outputs, points and report."""
    remote = Remote(sandbox, Limits())
    try:
        outputs = remote.cell("import numpy as np\nprint('here')" + RIGHT["rnn_step"])
        scorer = Scorer(remote, SEED)
        scorer.prepare("from rnncourse import check")
        score = scorer.score("check.rnn_step(rnn_step)", 35.0)
        return outputs, score.points, score.text
    finally:
        remote.close()


def ended_as(action):
    """Do what is asked of a hostile process; say how it ended, which is one of a few ways."""
    try:
        found = action()
    except (StudentError, NameError, NotImplementedError, OutOfTimeError) as error:
        str(error).encode()
        return type(error).__name__ if type(error).__module__.startswith(("rnncourse", "builtins")) else "of a name"
    json.dumps(encode(found, []), ensure_ascii=False).encode()  # what came can be written and sent on
    return "answered"


def conversation(sandbox, plan, seen):
    """Have a process play its plan while the grader runs a cell, scores, and calls with a function to call back."""
    remote, began = Remote(sandbox, LIMITS), time.monotonic()
    try:
        seen[ended_as(lambda: remote.cell(cell_of(plan)))] += 1
        scorer = Scorer(remote, SEED)
        scorer.prepare("from rnncourse import check")
        score = scorer.score("check.rnn_step(rnn_step)", 35.0)
        assert score.points == 0.0 and not score.problem, (score.points, score.problem)
        f"{score.text}{score.html}{score.printed}{score.findings}".encode()
        seen[ended_as(lambda: remote.call("rnn_step", [np.ones(3), {"a": np.ones(2)}], {}, SUBSTITUTES))] += 1
    finally:
        remote.close()
    assert time.monotonic() - began < MOST_SECONDS
    assert sandbox.lost is None and sandbox.alive, str(sandbox.lost)


def each_of(plans):
    """Have a test try some plans before those that are drawn."""

    def decorate(test):
        for plan in plans:
            test = example(plan)(test)
        return test

    return decorate


def main(cases):
    """Play so many cases and the known ones, and an honest student before them and after each ten."""
    sandbox, seen, count, low = BubblewrapSandbox(), Counter(), 0, peak()
    wanted = honest(sandbox)

    @settings(
        max_examples=cases, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck)
    )
    @each_of(EXAMPLES)
    @given(PLANS)
    def fuzz(plan):
        nonlocal count
        conversation(sandbox, plan, seen)
        count += 1
        if count % 10 == 0:
            assert honest(sandbox) == wanted
        assert peak() <= 400, f"the grader has held {peak()} MB"

    began = time.monotonic()
    fuzz()
    found = {"cases": count, "peak": peak(), "before": low, "seconds": round(time.monotonic() - began, 1)}
    print(
        json.dumps(found | {"points": wanted[1], "unchanged": honest(sandbox) == wanted, "ended": dict(seen)}),
        flush=True,
    )
    sandbox.close()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
