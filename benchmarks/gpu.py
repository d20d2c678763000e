"""Measure our torch Function on CUDA against cuDNN; write results/gpu.{json,md}: ``python -m benchmarks.gpu``.

A host with torch, Triton, NumPy and pytest is enough. First every contestant has to compute what float64 on a CPU does;
then they are timed, the most wanted figures first, until the minutes are over.
"""

import argparse
import datetime
import sys
import time
from pathlib import Path
from statistics import median

import torch

from benchmarks.gpu_contestants import MATRICES, contestants, wrong
from benchmarks.gpu_table import TABLES, markdown
from benchmarks.gpu_work import measure_card, shares
from benchmarks.problem import CELLS, SHAPES, make_problem
from benchmarks.publish import RESULTS, publish
from benchmarks.timing import interleaved, ratio
from rnncourse.torch.cuda.rule import PER_STEP, choose

MORE = {"largest": (200, 32, 256, 512), "published": (1024, 16, 768, 768)}
"""(T, B, D, H); the second is that of a published comparison, in float16."""
DTYPES = ("float32", "float64")


def plan(shapes):
    """List (cell, shape, dtype), the most wanted first: float32, the published shape, float64."""
    usual = [shape for shape in shapes if shape != "published"]
    in_32, in_64 = ([(cell, shape, dtype) for shape in usual for cell in CELLS] for dtype in DTYPES)
    return in_32 + [("lstm", "published", "float16")] * ("published" in shapes) + in_64


def measure(cell, shape, dtype, rounds, device, card=None):
    """Measure the seconds of every contestant, the ratio of each peer's to those of ours, and what ours use of a card.

    A contestant that cannot run at this shape is left out, and its reason kept.
    """
    sizes = (SHAPES | MORE)[shape]
    problem, ready, failed = make_problem(cell, sizes, dtype), {}, {}
    for name, make in contestants(device, cell, sizes[-1], dtype, loops=shape != "published").items():
        try:
            run = make(problem, device)
            run()
            ready[name] = run
        except Exception as error:  # too little space on the chip, say: that is a figure too
            failed[name] = f"{type(error).__name__}: {error}".splitlines()[0]

    def clock():
        if device == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()

    seconds = interleaved(ready, rounds, clock)
    middle = {name: median(samples) for name, samples in seconds.items()}
    run = {
        "cell": cell,
        "shape": shape,
        "dtype": dtype,
        "seconds": middle,
        "ratios": {
            our: {peer: ratio(seconds[peer], seconds[our]) for peer in peers if peer in seconds}
            for our, peers in TABLES.items()
            if our in seconds
        },
    }
    if failed:
        run["failed"] = failed
    if card is not None:
        ways = {"graphed": PER_STEP, "one_launch": choose(MATRICES[cell], sizes[-1], getattr(torch, dtype))}
        run["shares"] = {
            name: shares(cell, sizes, dtype, way, middle[name], card) for name, way in ways.items() if name in middle
        }
    return run


def main(argv=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gpu", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="samples per contestant (default 11)")
    parser.add_argument("--minutes", type=float, default=6, help="begin nothing new after 0.8 of these (default 6)")
    parser.add_argument("--shapes", nargs="+", choices=SHAPES | MORE, default=list(SHAPES | MORE))
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for gpu.json and gpu.md")
    options = parser.parse_args(argv)
    if not torch.cuda.is_available():
        print("no CUDA device on this machine: nothing measured, nothing written")
        return
    start = time.monotonic()
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    if lines := wrong("cuda", (*DTYPES, "float16")):
        sys.exit("\n".join(["wrong or unable to run, so nothing is timed:", *lines]))
    print(f"all contestants compute the same; {time.monotonic() - start:.0f} s so far", flush=True)
    machine = f"{torch.cuda.get_device_name()}, torch {torch.__version__}, cuDNN {torch.backends.cudnn.version()}"
    card = measure_card()
    results = {"machine": machine, "date": datetime.date.today().isoformat(), "rounds": options.rounds}
    results |= {"card": card._asdict(), "runs": [], "not_measured": []}
    for cell, shape, dtype in plan(options.shapes):
        if time.monotonic() - start > 0.8 * 60 * options.minutes:
            results["not_measured"].append(f"{cell} {shape} {dtype}, for want of time")
            continue
        results["runs"].append(measure(cell, shape, dtype, options.rounds, "cuda", card))
        print(f"{cell} {shape} {dtype} measured; {time.monotonic() - start:.0f} s so far", flush=True)
    publish(options.out, "gpu", results, markdown(results))


if __name__ == "__main__":
    main()
