"""A ratio against a peer means something only if the peer computes the same: every contestant, every cell."""

import importlib.util

import numpy as np
import pytest

from benchmarks import ours, peers_numpy, peers_torch
from benchmarks.calls import lstm_calls_alone
from benchmarks.problem import CELLS, make_problem
from rnncourse.gradcheck import relative_error

CONTESTANTS = {
    "numpy": ours.numpy_form,
    "torch function": ours.torch_function,
    "assignment": peers_numpy.assignment,
    "plain sigmoid": peers_numpy.assignment_plain_sigmoid,
    "torch.nn": peers_torch.nn_module,
    "from scratch": peers_torch.from_scratch,
    "gates packed": peers_torch.gates_packed,
}
if importlib.util.find_spec("jax"):
    from benchmarks import peers_jax

    CONTESTANTS["jax"] = peers_jax.jitted_scan


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", CONTESTANTS)
def test_every_contestant_computes_the_same(name, cell):
    problem = make_problem(cell, (6, 3, 4, 5), np.float64)
    run, reference = CONTESTANTS[name](problem), ours.reference_form(problem)
    for _ in range(2):
        for got, want in zip(run(), reference(), strict=True):
            got = got.detach().numpy() if hasattr(got, "detach") else np.asarray(got)
            assert relative_error(got, want) <= 1e-10


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_calls_alone_meet_no_number_that_costs_a_processor_more(dtype):
    run = lstm_calls_alone(make_problem("lstm", (6, 3, 4, 5), dtype))
    with np.errstate(all="raise"):  # an overflow, or an underflow on the way to zero
        for _ in range(20):
            run()
