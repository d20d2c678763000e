"""Wrap our forms as contestants, and the matrix products of the NumPy form alone: the least that NumPy must compute.

A contestant is a function of a `Problem` that prepares what is not timed and returns a function of no arguments: one
forward and backward pass, which returns h and the gradient of x.
"""

import importlib

import numpy as np

from rnncourse.numpy.layout import flat
from rnncourse.numpy.products import Product


def numpy_form(problem):
    """Run `rnncourse.numpy`."""
    return _hand_written("numpy", problem)


def reference_form(problem):
    """Run `rnncourse.reference`: the equations line by line."""
    return _hand_written("reference", problem)


def _hand_written(form, problem):
    cell, params, x, h0, dh = problem
    module = importlib.import_module(f"rnncourse.{form}.{cell}")
    forward, backward = getattr(module, f"{cell}_forward"), getattr(module, f"{cell}_backward")
    state0 = (h0, h0) if cell == "lstm" else h0
    zeros = (0 * h0, 0 * h0) if cell == "lstm" else 0 * h0

    def run():
        h, _, cache = forward(x, state0, params)
        dx, _, _ = backward(dh, zeros, cache)
        return h, dx

    return run


def torch_function(problem, device="cpu", prepare=lambda run_cell, *arguments: run_cell):
    """Run `rnncourse.torch.autograd`: the hand-written backward behind torch's autograd."""
    import torch

    from rnncourse.torch import autograd

    torch.set_num_threads(1)
    cell, params, x, h0, dh = problem
    params = params._make(torch.tensor(theta, device=device, requires_grad=True) for theta in params)
    x, h0, dh = torch.tensor(x, device=device, requires_grad=True), *(torch.tensor(v, device=device) for v in (h0, dh))
    state0 = (h0, h0) if cell == "lstm" else h0
    run_cell = prepare(getattr(autograd, cell), x, state0, params)

    def run():
        h, _ = run_cell(x, state0, params)
        dx, *_ = torch.autograd.grad(h, [x, *params], dh)
        return h, dx

    return run


def graphed_function(problem, device="cuda"):
    """Run the same, recorded once as a CUDA graph and replayed."""
    from rnncourse.torch.cuda_graph import cuda_graph

    return torch_function(problem, device, cuda_graph)


def products_alone(problem):
    """Compute only the products that the NumPy form cannot do without: no activation, no gate, no sum."""
    cell, _, x, h0, _ = problem
    (T, B, D), H, dtype = x.shape, h0.shape[1], x.dtype
    n = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    rng = np.random.default_rng(0)
    draw = lambda *size: rng.standard_normal(size).astype(dtype)  # noqa: E731
    v, delta, W_x = draw(T, B, H + D + 1), draw(T, B, n * H), draw(n * H, D)
    forwards, backwards = Product(draw(n, H + D + 1, H), B), Product(draw(n * H, H), B)
    v_tiles, a = forwards.tiles(v), forwards.target(draw(T, n, B, H))
    delta_tiles, dh = backwards.tiles(delta), backwards.target(draw(B, H))

    def run():
        for t in range(T):
            np.matmul(v_tiles[t], forwards.W, out=a[t])
        for t in range(T):
            np.matmul(delta_tiles[t], backwards.W, out=dh)
        rows = flat(delta)
        return rows.T @ flat(v), rows @ W_x

    return run
