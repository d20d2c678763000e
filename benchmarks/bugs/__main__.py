"""Measure the checks with RNN-Bugs and write the table: ``python -m benchmarks.bugs [--split heldout|dev|all]``."""

import argparse
from pathlib import Path

from benchmarks.__main__ import machine
from benchmarks.bugs.cases import SPLITS, CaseError, read_split
from benchmarks.bugs.judge import missing, read_key
from benchmarks.bugs.measure import measure, seeds_of
from benchmarks.bugs.table import markdown
from benchmarks.publish import RESULTS, publish
from benchmarks.timing import one_core


def main(argv=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bugs", description=__doc__)
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="all")
    parser.add_argument("--seeds", type=int, default=15, help="how many seeds have to agree (default 15)")
    parser.add_argument("--exercises", nargs="+", help="only these, where the split has them")
    parser.add_argument("--missing", action="store_true", help="only list the phrases that the key lacks")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for bugs.json and bugs.md")
    options = parser.parse_args(argv)
    splits = SPLITS if options.split == "all" else (options.split,)
    try:
        cases = [case for split in splits for case in read_split(split, options.exercises)]
        key = read_key(exercises=options.exercises)
    except CaseError as error:
        parser.exit(1, f"{error}\n")
    if options.missing:
        for exercise, phrases in missing(cases, key).items():
            print(f"[{exercise}]", *(f'"{phrase}"' for phrase in phrases), sep="\n")
        return
    with one_core():
        rows = measure(cases, key, seeds_of(options.seeds))
    results = {"machine": machine(), "seeds": options.seeds, "cases": rows}
    publish(options.out, "bugs", results, markdown(results))


if __name__ == "__main__":
    main()
