"""List who is measured on a card, and check first that all of them compute the same."""

from functools import partial

import numpy as np
import torch

from benchmarks import ours, peers_torch
from benchmarks.problem import CELLS, make_problem
from rnncourse.gradcheck import relative_error
from rnncourse.torch.cuda.rule import IN_TILES, ON_CHIP, PER_STEP, choose, width
from rnncourse.torch.device import run_as

MATRICES = {"rnn": 1, "lstm": 4, "gru": 3}
"""How many matrices (H, H) the state feeds."""
TRIED = {ON_CHIP: 2**18, IN_TILES: 2**22}
"""The most bytes of W_hh at which a way is measured that the rule does not choose: both sides of its limit are seen."""
TRIALS = {"one of each": (1, 1, 3, 20), "several programs": (6, 33, 5, 40)}
"""(T, B, D, H) of what is checked before anything is timed."""
TOLERANCES = {"float64": 1e-10, "float32": 1e-5, "float16": 2e-2}


def contestants(device, cell, H, dtype, loops=True):
    """List our Function and its peers, with CUDA graphs and whole sequences in one launch where there is CUDA.

    Parameters
    ----------
    device : {"cpu", "cuda"}
    cell : {"rnn", "lstm", "gru"}
    H : int
    dtype : {"float64", "float32", "float16"}
    loops : bool, optional
        Whether to list the loops from scratch, which take long.

    Returns
    -------
    dict
        Name -> function of (problem, device).
    """
    found = {"function": ours.torch_function, "nn_module": peers_torch.nn_module}
    if loops:
        found |= {"from_scratch": peers_torch.from_scratch, "gates_packed": peers_torch.gates_packed}
    if device != "cuda":
        return found
    found = {name: partial(in_a_way, make, PER_STEP) for name, make in found.items()}
    found |= {"graphed": partial(in_a_way, ours.graphed_function, PER_STEP)}
    found |= {"graphed_nn_module": peers_torch.graphed_nn_module}
    chosen, size = choose(MATRICES[cell], H, getattr(torch, dtype)), MATRICES[cell] * width(H) ** 2
    if chosen != PER_STEP:
        found["one_launch"] = partial(in_a_way, ours.torch_function, chosen)
        found["graphed_one_launch"] = partial(in_a_way, ours.graphed_function, chosen)
    for way, most in TRIED.items():
        if dtype != "float64" and way != chosen and size * getattr(torch, dtype).itemsize <= most:
            found[way] = partial(in_a_way, ours.torch_function, way)
    return found


def in_a_way(make, way, problem, device):
    """Make a contestant that runs, and is recorded, one way whatever the rule says."""
    with run_as(way):
        run = make(problem, device)

    def run_so():
        with run_as(way):
            return run()

    return run_so


def differences(device, cell, dtype, shape):
    """Measure how far each contestant is from float64 on a CPU: the largest of h's and dx's relative differences.

    Returns
    -------
    dict
        Name -> difference, or the text of the error that the contestant raised.
    """
    problem = make_problem(cell, shape, dtype)
    exact = problem._replace(params=problem.params._make(theta.astype(np.float64) for theta in problem.params))
    exact = exact._replace(**{name: getattr(problem, name).astype(np.float64) for name in ("x", "h0", "dh")})
    expected = [v.detach().numpy() for v in ours.torch_function(exact)()]
    found = {}
    for name, make in contestants(device, cell, shape[-1], dtype).items():
        try:
            results = [v.detach().cpu().numpy().astype(np.float64) for v in make(problem, device)()]
            found[name] = max(relative_error(v, wanted) for v, wanted in zip(results, expected, strict=True))
        except Exception as error:  # the next contestant may still run, and what failed is said
            found[name] = f"{type(error).__name__}: {error}".splitlines()[0]
    return found


def wrong(device, dtypes):
    """List who does not compute what it should, or cannot run: a line for each, none if all is well."""
    lines = []
    for dtype in dtypes:
        for cell in ("lstm",) if dtype == "float16" else CELLS:  # in float16 no other is timed
            for title, shape in TRIALS.items():
                for name, difference in differences(device, cell, dtype, shape).items():
                    if isinstance(difference, str) or not difference <= TOLERANCES[dtype]:
                        lines.append(f"{cell} {dtype}, {title}, {name}: {difference}")
    return lines
