"""The three cells in both forms, and random cases for them."""

from types import SimpleNamespace

import numpy as np
import pytest

import rnncourse.numpy.gru
import rnncourse.numpy.lstm
import rnncourse.numpy.rnn
import rnncourse.reference.gru
import rnncourse.reference.lstm
import rnncourse.reference.rnn
from rnncourse.gradcheck import relative_error


def cell(name, **keywords):
    """One cell: its functions in both forms, without their prefix; keywords (the activation) go to the forward pass."""
    forms = {}
    for form, module in (
        ("fast", getattr(rnncourse.numpy, name)),
        ("reference", getattr(rnncourse.reference, name)),
    ):
        functions = {
            part: getattr(module, f"{name}_{part}") for part in ("step", "step_backward", "forward", "backward")
        }
        functions["init"] = getattr(module, f"init_{name}")
        functions["forward"] = lambda x, state0, params, run=functions["forward"]: run(x, state0, params, **keywords)
        forms[form] = SimpleNamespace(**functions)
    return SimpleNamespace(name=name, n_states=2 if name == "lstm" else 1, keywords=keywords, **forms)


CELLS = {
    "rnn": cell("rnn"),
    "rnn relu": cell("rnn", activation="relu"),
    "lstm": cell("lstm"),
    "gru": cell("gru"),
}


@pytest.fixture(params=list(CELLS), scope="session")
def pair(request):
    """A cell with its fast form and its reference."""
    return CELLS[request.param]


def make_case(pair, shape, seed=0, dtype=np.float64):
    """x, state0, params, dh and dstate_T, all nonzero, biases too."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    draw = lambda *size: rng.standard_normal(size).astype(dtype)  # noqa: E731
    params = pair.reference.init(D, H, rng, dtype)
    params = params._make(theta + draw(*theta.shape) / 2 if theta.ndim == 1 else theta for theta in params)
    state0, dstate_T = (tuple(draw(B, H) for _ in range(pair.n_states)) for _ in range(2))
    if pair.n_states == 1:
        state0, dstate_T = state0[0], dstate_T[0]
    return SimpleNamespace(x=draw(T, B, D), state0=state0, params=params, dh=draw(T, B, H), dstate_T=dstate_T)


def run(form, case):
    """Forward and backward: h, the last state, dx, the gradient of the first state, dparams."""
    h, state_T, cache = form.forward(case.x, case.state0, case.params)
    return h, state_T, *form.backward(case.dh, case.dstate_T, cache)


def arrays(*nested):
    """All arrays of nested tuples, in order."""
    return [a for item in nested for a in (arrays(*item) if isinstance(item, tuple) else [item])]


def assert_close(got, want, tolerance):
    """Relative error, array by array; or some roundings of 1: a saturated gate is known no better."""
    for k, (a, b) in enumerate(zip(arrays(got), arrays(want), strict=True)):
        assert a.dtype == b.dtype
        close = relative_error(a, b) <= tolerance or np.abs(a - b).max() <= 1e-14
        assert close, f"array {k}: relative error {relative_error(a, b):.1e}"


@pytest.fixture(scope="session")
def cases():
    """The functions above."""
    return SimpleNamespace(make=make_case, run=run, arrays=arrays, assert_close=assert_close, cells=CELLS)
