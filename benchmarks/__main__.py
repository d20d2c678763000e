"""Measure, write benchmarks/results/benchmarks.{json,md} and print the table: ``python -m benchmarks [--quick]``."""

import argparse
import importlib.util
import platform
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks import memory, ours, peers_numpy
from benchmarks.calls import lstm_calls_alone
from benchmarks.problem import CELLS, SHAPES, make_problem
from benchmarks.publish import RESULTS, publish
from benchmarks.table import markdown, readme_table
from benchmarks.timing import interleaved, one_core, ratio

README = Path(__file__).parents[1] / "README.md"


def contestants():
    """Find every contestant whose library is installed, and the names of the libraries that are not."""
    found = {
        "ours": ours.numpy_form,
        "assignment": peers_numpy.assignment,
        "assignment_plain_sigmoid": peers_numpy.assignment_plain_sigmoid,
        "reference": ours.reference_form,
        "products_alone": ours.products_alone,
    }
    missing = [name for name in ("torch", "jax") if importlib.util.find_spec(name) is None]
    if "torch" not in missing:
        from benchmarks import peers_torch

        found["nn_module"] = peers_torch.nn_module
        found["from_scratch"] = peers_torch.from_scratch
        found["gates_packed"] = peers_torch.gates_packed
        found["torch_function"] = ours.torch_function
        found["torch_products_alone"] = peers_torch.products_alone
        if "jax" not in missing:
            from benchmarks import peers_jax

            found["jitted_scan"] = peers_jax.jitted_scan
    return found, missing


def measure(cell, shape, dtype, rounds, found):
    """Measure times and ratios of one cell at one shape and dtype."""
    problem = make_problem(cell, SHAPES[shape], dtype)
    if cell == "lstm":
        found = found | {"calls_alone": lstm_calls_alone}
    seconds = interleaved({name: make(problem) for name, make in found.items()}, rounds)
    return {
        "cell": cell,
        "shape": shape,
        "dtype": dtype,
        "seconds": {name: median(samples) for name, samples in seconds.items()},
        "ratios": {name: ratio(samples, seconds["ours"]) for name, samples in seconds.items() if name != "ours"},
    }


def machine():
    """Name the processor and the versions that the figures belong to."""
    cpu = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
    return f"{cpu}, Python {platform.python_version()}, NumPy {np.__version__}{blas()}"


def blas():
    """Name the processors that the OpenBLAS code in NumPy's wheel is made for, if threadpoolctl is there to tell."""
    if importlib.util.find_spec("threadpoolctl") is None:
        return ""
    from threadpoolctl import threadpool_info

    # SciPy brings another
    found = (p for p in threadpool_info() if p["internal_api"] == "openblas" and "numpy.libs" in p["filepath"])
    return "".join(f", OpenBLAS {p['version']} for {p['architecture']}" for p in found)


def main(argv=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 rounds, no large shape: a minute")
    parser.add_argument("--rounds", type=int, help="samples per contestant (default 7, 21 for short ones; quick 3)")
    parser.add_argument("--cells", nargs="+", choices=CELLS, default=list(CELLS))
    parser.add_argument("--shapes", nargs="+", choices=SHAPES)
    parser.add_argument("--dtypes", nargs="+", choices=["float32", "float64"], default=["float32", "float64"])
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for benchmarks.json and benchmarks.md")
    options = parser.parse_args(argv)
    rounds = options.rounds or (3 if options.quick else 7)
    shapes = options.shapes or [name for name in SHAPES if not (options.quick and name == "large")]

    with one_core():
        found, missing = contestants()
        results = {"machine": machine(), "rounds": rounds, "missing": missing, "runs": []}
        for cell in options.cells:
            for dtype in options.dtypes:
                for shape in shapes:
                    short = shape != "large" and not (options.quick or options.rounds)
                    results["runs"].append(measure(cell, shape, dtype, 3 * rounds if short else rounds, found))
                    print(f"{cell} {shape} {dtype} measured", flush=True)
        results["checkpointing"] = memory.compare(rounds)
    publish(options.out, "benchmarks", results, markdown(results))
    if options.out == RESULTS:
        write_readme(results)


def write_readme(results):
    """Put the README's table in its place."""
    text = README.read_text(encoding="utf-8")
    start, end = "<!-- benchmarks: made by `make bench` -->\n", "<!-- end of benchmarks -->"
    before, _, rest = text.partition(start)
    README.write_text(f"{before}{start}\n{readme_table(results)}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
