"""Measure the checks: what they detect, what they name, what they misname, and how long they take."""

import importlib
import itertools
import random
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.publish import RESULTS
from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.diagnosis.candidates import candidates_for
from rnncourse.checks.diagnosis.diagnosis import same
from rnncourse.checks.execution.calling import Outcome
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant
from rnncourse.misconceptions.slips.program import program_of, together

HEAD = (
    "| check | mistakes | detected | named | misnamed | pairs | hidden | both named | styles | false alarms"
    " | right, ms | wrong, ms |"
)


def draw_pairs(name, seed, count):
    """Draw random pairs of an exercise's mistakes, on the probes of a seed, and tell which of the two the output shows.

    Parameters
    ----------
    name : str
        The exercise.
    seed : int
        Of the probes, and of the draw.
    count : int
        How many at most. Two mistakes in one place are no pair, and two that cancel out are no mistake.

    Yields
    ------
    pair : tuple of Misconception
    visible : tuple of Misconception
        Both, or the one whose output alone is that of the two together, on the spare probes too: it hides the other.
    """
    exercise = EXERCISES[name]
    graded, candidates = candidates_for(exercise, seed), candidates_for(exercise.diagnostic or exercise, seed)
    places = [*range(len(candidates.right)), *candidates.spare]  # all that a diagnosis looks at before it names one
    known = CATALOGUE[name]
    pairs = list(itertools.combinations(range(len(known)), 2))
    random.Random(seed).shuffle(pairs)
    for pair in pairs:
        both = [candidates.outcome(pair, k) for k in places]
        if None in both or _right([graded.outcome(pair, k) for k in range(len(graded.right))], graded.right):
            continue
        visible = [i for i in pair if all(same(both[k], candidates.outcome((i,), k)) for k in places)] or pair
        yield tuple(known[i] for i in pair), tuple(known[i] for i in visible)
        count -= 1
        if count == 0:
            return


def _right(outcomes, right):
    return all(
        not outcome.error and not outcome.changed and same(outcome, Outcome(values=want))
        for outcome, want in zip(outcomes, right, strict=True)
    )


def with_mistakes(name, misconceptions):
    """Build the textbook function of an exercise with misconceptions in it that lie apart."""
    program = program_of(TEXTBOOK[name])
    return program.build(together(*(program.spans(misconception) for misconception in misconceptions)))


def measure(name, seeds, pairs):
    """Measure one exercise, counts and median CPU times: every mistake at every seed, and some pairs at each."""
    exercise, known = EXERCISES[name], CATALOGUE[name]
    row = {"name": name, "mistakes": len(known), "detected": 0, "named": 0, "misnamed": 0, "false_alarms": 0}
    row |= {"pairs": 0, "hidden": 0, "both": 0}
    right, wrong = [], []
    for seed in seeds:
        result, seconds = _timed(exercise, exercise.adapt(TEXTBOOK[name]), seed)
        right.append(seconds)
        row["false_alarms"] += not result.passed
        for misconception in known:
            result, seconds = _timed(exercise, exercise.adapt(mutant(misconception)), seed)
            wrong.append(seconds)
            labels = _labels(result)
            row["detected"] += not result.passed
            row["named"] += labels == (misconception.label,)
            row["misnamed"] += bool(labels) and labels != (misconception.label,)
        for pair, visible in draw_pairs(name, seed, pairs):
            result, seconds = _timed(exercise, exercise.adapt(with_mistakes(name, pair)), seed)
            wrong.append(seconds)
            row["pairs"] += 1
            row["hidden"] += len(visible) == 1
            row["both"] += len(visible) == 2 and set(_labels(result)) == {misconception.label for misconception in pair}
    return row | {"seeds": len(seeds), "right_ms": 1e3 * median(right), "wrong_ms": 1e3 * median(wrong)}


def _timed(exercise, function, seed):
    candidates_for.cache_clear()  # a learner's check is the first with its probes
    start = time.process_time()
    result = grade(exercise, function, seed)
    return result, time.process_time() - start


def _labels(result):
    return result.messages[0].labels if result.messages else ()


def styles(names=tuple(CATALOGUE)):
    """Count the right answers in different styles that the tests keep for each exercise, and how many are failed."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    kept = importlib.import_module("checks.styles.test_styles").STYLES
    return {
        name: (len(ways), sum(not grade(EXERCISES[name], way, 0).passed for way in ways.values()))
        for name, ways in kept.items()
        if name in names
    }


def report(seeds=range(5), pairs=20):
    """Write the table as Markdown."""
    lines = [
        "<!-- generated by `python -m benchmarks.checks`; do not edit -->",
        "",
        f"Every mistake of the catalogue at {len(seeds)} seeds, and {pairs} random pairs at each seed. A pair is"
        " hidden where the two together give exactly what one of them gives alone: then only that one can be named."
        " Both named is the share of the other pairs. Styles are right answers that the tests keep, written in as many"
        " ways; a false alarm is a right answer that fails. Times are medians, process CPU time, one core, probes and"
        " mutants made anew for each answer.",
        "",
        HEAD,
        "|---|" + "---:|" * 11,
    ]
    kept = styles()
    for name in CATALOGUE:
        row = measure(name, seeds, pairs)
        ways, failed = kept.get(name, (0, 0))
        many, seen = row["mistakes"] * row["seeds"], row["pairs"] - row["hidden"]
        cells = [row["mistakes"], *(f"{100 * row[key] / many:.0f} %" for key in ("detected", "named", "misnamed"))]
        cells += [row["pairs"], row["hidden"], f"{100 * row['both'] / seen:.0f} %" if seen else "-"]
        cells += [ways, row["false_alarms"] + failed, f"{row['right_ms']:.1f}", f"{row['wrong_ms']:.1f}"]
        lines.append(f"| `{name}` | " + " | ".join(map(str, cells)) + " |")
        print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (RESULTS / "checks.md").write_text(report(), encoding="utf-8")
