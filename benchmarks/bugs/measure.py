"""Measure the cases of RNN-Bugs: run each one's check, with a learner's probes and with other ones."""

import contextlib
import io
import time
from itertools import groupby

from benchmarks.bugs.judge import judge
from benchmarks.bugs.lines import lines_shown, read_lines
from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.diagnosis.candidates import candidates_for
from rnncourse.checks.execution.seed import PUBLIC_SEED


def seeds_of(count):
    """List so many seeds: first the public one, a learner's; then others, as a grader's are."""
    others = (seed for seed in range(count) if seed != PUBLIC_SEED)
    return [PUBLIC_SEED, *others][:count]


def measure(cases, key, seeds):
    """Measure cases, those of an exercise one after the other; return a list of dicts."""
    rows = []
    for exercise, group in groupby(cases, key=lambda case: case.exercise):
        rows += measure_exercise(list(group), key.get(exercise, {}), seeds)
    return rows


def measure_exercise(cases, entries, seeds):
    """Measure the cases of one exercise.

    Parameters
    ----------
    cases : list of Case
    entries : dict
        The key's, of this exercise.
    seeds : list of int
        What is said with the first one is judged and timed, as a learner meets it: no mutant has been made before. The
        others are asked whether they agree.

    Returns
    -------
    rows : list of dict
        What is true, what was said, the outcome, the milliseconds of process time, and at how many seeds the points or
        the labels are others. A right case's outcome is "right", or "false alarm".
    """
    rows, first = [], {}
    for case in cases:
        candidates_for.cache_clear()
        result, labels, milliseconds = check(case, seeds[0])
        outcome = "right" if result.sound else "false alarm"
        if case.mistakes:
            outcome = judge(result.sound, labels, case.mistakes, entries)
        first[case] = (float(result), labels)
        about = {"split": case.split, "exercise": case.exercise, "id": case.id, "style": case.style}
        said = {"labels": labels, "points": float(result), "maximum": result.maximum, "ms": round(milliseconds, 2)}
        rows.append(about | {"mistakes": list(case.mistakes), "outcome": outcome} | said)
        rows[-1] |= {"points_differ": 0, "labels_differ": 0}
        if outcome == "full":
            shown = [line[:3] for message in result.messages for line in message.lines]
            rows[-1]["named"], rows[-1]["lines_right"] = lines_shown(case, shown, entries, read_lines())
    for seed in seeds[1:]:
        for case, row in zip(cases, rows, strict=True):
            result, labels, _ = check(case, seed)
            row["points_differ"] += float(result) != first[case][0]
            row["labels_differ"] += labels != first[case][1]
    return rows


def check(case, seed):
    """Check a case with a seed's probes.

    Returns
    -------
    result : Result
    labels : list of str
        Those in its messages, in order.
    milliseconds : float
        Of the check alone: the cell was run before.
    """
    with contextlib.redirect_stdout(io.StringIO()):
        function = case.function()
        start = time.process_time()
        result = grade(EXERCISES[case.exercise], function, seed)
        milliseconds = 1e3 * (time.process_time() - start)
    return result, sorted({label for message in result.messages for label in message.labels}), milliseconds
