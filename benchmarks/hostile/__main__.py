"""Grade cheats, faults and a large class with hostile students: ``python -m benchmarks.hostile``.

Writes benchmarks/results/hostile.{json,md}. ``--soak 0`` leaves the large class out and keeps what was found of it.
"""

import argparse
import json
from pathlib import Path

from benchmarks.__main__ import machine
from benchmarks.hostile.measure import measure
from benchmarks.hostile.soak import soak
from benchmarks.hostile.submissions import common, new
from benchmarks.hostile.table import markdown
from benchmarks.publish import RESULTS, publish
from rnncourse.grading.sandbox.probe import choose_tier


def main(argv=None):
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--soak", type=int, default=1000, help="submissions of the large class; 0: none")
    parser.add_argument("--no-kinds", action="store_true", help="only the large class")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args(argv)
    path = options.out / "hostile.json"
    result = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    result |= {"command": "python -m benchmarks.hostile", "machine": machine(), "tier": choose_tier()}
    if not options.no_kinds:
        result["rows"] = measure(common() + new(), options.jobs)
    if options.soak:
        result["soak"] = soak(options.soak, jobs=options.jobs)
    publish(options.out, "hostile", result, markdown(result))


if __name__ == "__main__":
    main()
