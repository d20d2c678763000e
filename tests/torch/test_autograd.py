"""`rnn`, `lstm` and `gru` under autograd: the NumPy reference, a plain loop and torch.nn give the same gradients."""

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402
from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

from rnncourse import interop  # noqa: E402
from rnncourse.reference import gru as reference_gru  # noqa: E402
from rnncourse.reference import lstm as reference_lstm  # noqa: E402
from rnncourse.reference import rnn as reference_rnn  # noqa: E402
from rnncourse.torch.autograd import gru, lstm, rnn  # noqa: E402
from rnncourse.torch.gru import gru_step  # noqa: E402
from rnncourse.torch.lstm import lstm_step  # noqa: E402
from rnncourse.torch.rnn import rnn_step  # noqa: E402


class Cell(NamedTuple):
    run: Any  # ours, differentiable
    step: Any  # plain torch
    init: Any  # the reference's three
    forward: Any
    backward: Any
    pair: bool = False  # the state is (h, c)
    activation: str = "tanh"


def vanilla(activation):
    run, step, forward = (partial(f, activation=activation) for f in (rnn, rnn_step, reference_rnn.rnn_forward))
    return Cell(run, step, reference_rnn.init_rnn, forward, reference_rnn.rnn_backward, activation=activation)


CELLS = {
    "rnn-tanh": vanilla("tanh"),
    "rnn-relu": vanilla("relu"),
    "lstm": Cell(
        lstm,
        lstm_step,
        reference_lstm.init_lstm,
        reference_lstm.lstm_forward,
        reference_lstm.lstm_backward,
        pair=True,
    ),
    "gru": Cell(gru, gru_step, reference_gru.init_gru, reference_gru.gru_forward, reference_gru.gru_backward),
}
NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
# (T, B, D, H): one of everything, one step, one sample, D = H, the general case, a long sequence, a large batch
SHAPES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 3, 2), (4, 2, 3, 3), (7, 3, 5, 4), (300, 2, 3, 5), (4, 40, 3, 7)]
EXACT = {"rtol": 1e-12, "atol": 1e-13}
CLOSE = {"rtol": 1e-10, "atol": 1e-12}

on_devices = pytest.mark.parametrize("device", DEVICES)
over_shapes = pytest.mark.parametrize("shape", SHAPES, ids=str)
over_cells = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


class Problem(NamedTuple):
    """Inputs of a cell and the gradients into its outputs: NumPy or torch."""

    x: Any
    state0: tuple
    params: Any
    dh: Any
    dstate_T: tuple

    def to(self, device="cpu", dtype=torch.float64):
        return Problem(*tensors(tuple(self), device, dtype))

    def leaves(self):
        """x, the initial state's parts and the parameters, in one flat list."""
        return [self.x, *self.state0, *self.params]


def draw(cell, shape=(7, 3, 5, 4), seed=0):
    """A problem in NumPy float64; biases, initial state and both gradients are nonzero."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    params = cell.init(D, H, rng)
    params = type(params)(*(v if v.ndim == 2 else v + 0.3 * rng.standard_normal(H) for v in params))
    state0, dstate_T = rng.standard_normal((2, 1 + cell.pair, B, H))
    return Problem(
        rng.standard_normal((T, B, D)), tuple(state0), params, rng.standard_normal((T, B, H)), tuple(dstate_T)
    )


def tensors(arrays, device, dtype):
    """The same nest of tuples with tensors in place of arrays."""
    if not isinstance(arrays, tuple):
        return torch.tensor(arrays, dtype=dtype, device=device)
    moved = [tensors(v, device, dtype) for v in arrays]
    return type(arrays)(*moved) if hasattr(arrays, "_fields") else tuple(moved)


def as_state(parts):
    return parts[0] if len(parts) == 1 else tuple(parts)


def flat(*values):
    return [v for value in values for v in (value if isinstance(value, tuple) else (value,))]


def plain_loop(cell, x, state, params):
    """What autograd differentiates by itself."""
    h = []
    for x_t in x.unbind(0):
        state = cell.step(x_t, state, params)
        h.append(state[0] if cell.pair else state)
    return torch.stack(h), state


def in_torch_nn(cell, x, state0, params):
    """What torch.nn computes from the same weights, which autograd follows through the packing."""
    module = interop.to_torch(params, cell.activation)
    packed = {f"{name}_l0": v for name, v in interop.pack(params).items()}
    state0 = tuple(v[None] for v in state0) if cell.pair else state0[None]
    h, state_T = torch.func.functional_call(module, packed, (x, state0))
    return h, tuple(v[0] for v in state_T) if cell.pair else state_T[0]


def gradients(run, p, read=None, leaves=None):
    """Gradients of <outputs, their gradients> by autograd; `read` picks the outputs that the loss reads."""
    leaves = [v.clone().requires_grad_() for v in p.leaves()] if leaves is None else leaves
    n = 1 + len(p.state0)
    h, state_T = run(leaves[0], as_state(leaves[1:n]), type(p.params)(*leaves[n:]))
    pairs = list(zip(flat(h, state_T), flat(p.dh, p.dstate_T), strict=True))
    loss = sum((pairs[k][0] * pairs[k][1]).sum() for k in (range(n) if read is None else read))
    return torch.autograd.grad(loss, [v for v in leaves if v.requires_grad])


@on_devices
@over_shapes
@over_cells
def test_equals_the_numpy_reference(cell, shape, device):
    p = draw(cell, shape)
    h, state_T, cache = cell.forward(p.x, as_state(p.state0), p.params)
    dx, dstate_0, dparams = cell.backward(p.dh, as_state(p.dstate_T), cache)
    q = p.to(device)
    outputs = cell.run(q.x, as_state(q.state0), q.params)
    assert_close(flat(*outputs), flat(*tensors((h, state_T), device, torch.float64)), **EXACT)
    wanted = tensors((dx, dstate_0, dparams), device, torch.float64)
    assert_close(list(gradients(cell.run, q)), flat(*wanted), **CLOSE)


@on_devices
@over_shapes
@over_cells
def test_equals_autograd_through_a_plain_loop(cell, shape, device):
    p = draw(cell, shape, seed=1).to(device)
    assert_close(gradients(cell.run, p), gradients(partial(plain_loop, cell), p), **CLOSE)


@on_devices
@over_shapes
@over_cells
def test_equals_torch_nn_with_the_same_weights(cell, shape, device):
    p = draw(cell, shape, seed=2).to(device)
    assert_close(gradients(cell.run, p), gradients(partial(in_torch_nn, cell), p), **CLOSE)


@on_devices
@over_cells
def test_outputs_that_nothing_reads_count_as_zero(cell, device):
    p = draw(cell).to(device)
    for read in range(1 + len(p.state0)):
        ours, autograd = (gradients(run, p, [read]) for run in (cell.run, partial(plain_loop, cell)))
        assert_close(ours, autograd, **CLOSE)


@on_devices
@over_cells
def test_gradcheck(cell, device):
    p = draw(cell, (4, 2, 3, 5), seed=3).to(device)
    n = 1 + len(p.state0)

    def run(*leaves):
        return tuple(flat(*cell.run(leaves[0], as_state(leaves[1:n]), type(p.params)(*leaves[n:]))))

    assert torch.autograd.gradcheck(run, [v.requires_grad_() for v in p.leaves()])


@on_devices
@over_cells
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_a_shorter_dtype_stays_and_is_as_near_float64_as_it_can_be(dtype, cell, device):
    p = draw(cell)
    short, in_64 = (gradients(cell.run, p.to(device, dtype)) for dtype in (dtype, torch.float64))
    assert {v.dtype for v in short} == {dtype}
    errors = [((a.double() - b).norm() / b.norm()).item() for a, b in zip(short, in_64, strict=True)]
    assert max(errors) <= 8 * torch.finfo(dtype).eps


@over_cells
def test_autocast_leaves_it_alone(cell):
    p = draw(cell).to(dtype=torch.float32)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        inside = gradients(cell.run, p)
    assert_close(inside, gradients(cell.run, p), rtol=0, atol=0)


@on_devices
@over_cells
def test_inputs_are_not_changed_and_the_graph_serves_twice(cell, device):
    p = draw(cell).to(device)
    leaves = [v.clone().requires_grad_() for v in p.leaves()]
    n = 1 + len(p.state0)
    h, state_T = cell.run(leaves[0], as_state(leaves[1:n]), type(p.params)(*leaves[n:]))
    grads = flat(p.dh, p.dstate_T)
    kept = [v.clone() for v in grads]
    first = torch.autograd.grad(flat(h, state_T), leaves, grads, retain_graph=True)
    assert_close(torch.autograd.grad(flat(h, state_T), leaves, grads), first, rtol=0, atol=0)
    assert_close(leaves + grads, p.leaves() + kept, rtol=0, atol=0)


@on_devices
@over_cells
def test_a_view_of_other_memory_order_gives_the_same(cell, device):
    p = draw(cell).to(device)
    turned = Problem(*(map_tensors(lambda v: v.mT.contiguous().mT if v.ndim > 1 else v, part) for part in p))
    assert not turned.x.is_contiguous()
    leaves = [v.detach().requires_grad_() for v in turned.leaves()]
    assert_close(gradients(cell.run, turned, leaves=leaves), gradients(cell.run, p), **EXACT)


def map_tensors(function, value):
    if not isinstance(value, tuple):
        return function(value)
    return type(value)(*map(function, value)) if hasattr(value, "_fields") else tuple(map(function, value))


@pytest.mark.parametrize("wanted", ["x", "state0", "params"])
@over_cells
def test_only_what_is_asked_for_is_computed(cell, wanted):
    p = draw(cell).to()
    n = 1 + len(p.state0)
    parts = {"x": slice(0, 1), "state0": slice(1, n), "params": slice(n, None)}
    full = gradients(cell.run, p)

    def backward(asked):
        leaves = [v.clone() for v in p.leaves()]
        for v in leaves[asked]:
            v.requires_grad_()
        h, state_T = cell.run(leaves[0], as_state(leaves[1:n]), type(p.params)(*leaves[n:]))
        with FlopCounterMode(display=False) as flops:
            torch.autograd.backward(flat(h, state_T), flat(p.dh, p.dstate_T))
        return leaves, flops.get_total_flops()

    leaves, flops = backward(parts[wanted])
    assert_close([v.grad for v in leaves[parts[wanted]]], list(full[parts[wanted]]), **EXACT)
    assert sum(v.grad is not None for v in leaves) == len(leaves[parts[wanted]])
    assert flops < backward(slice(None))[1]


@over_cells
def test_second_derivatives_are_refused(cell):
    # the sum is linear in h: dx would otherwise look constant, and its derivative would be lost without a word
    p = draw(cell, (4, 2, 3, 5)).to()
    x = p.x.requires_grad_()
    h, _ = cell.run(x, as_state(p.state0), p.params)
    (dx,) = torch.autograd.grad(h.sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match=r"gives first derivatives only; .* loop over \w+_step"):
        torch.autograd.grad((dx**2).sum(), x)


@over_cells
def test_changing_an_output_that_the_backward_needs_is_caught(cell):
    p = draw(cell).to()
    x = p.x.requires_grad_()
    h, _ = cell.run(x, as_state(p.state0), p.params)
    h.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        h.sum().backward()
