"""Read on which lines of a case its mistakes stand, and count those of the named ones that were shown."""

import tomllib
from functools import cache
from pathlib import Path

LINES = Path(__file__).parent / "lines.toml"


@cache
def read_lines(path=LINES):
    """Read the annotations: by exercise and "split/id", for each phrase the lines that are right to show."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def lines_shown(case, shown, entries, annotations):
    """Count the mistakes of a case that were named, and those of which the right line was shown.

    Parameters
    ----------
    case : Case
    shown : list of (label, first, last)
        What was said with each label; labels without a line are missing.
    entries : dict
        The key's, of the exercise.
    annotations : dict
        As `read_lines` gives them.

    Returns
    -------
    named, right : int
        None of a case that nobody has annotated.
    """
    accepted = annotations.get(case.exercise, {}).get(f"{case.split}/{case.id}")
    named = right = 0
    for phrase, lines in zip(case.mistakes, accepted or (), strict=bool(accepted)):
        labels = entries.get(frozenset([phrase]), ())
        spans = [range(first, last + 1) for label, first, last in shown if label in labels]
        named += 1
        right += any(set(span) & set(lines) for span in spans)
    return named, right
