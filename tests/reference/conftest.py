"""What the tests of the three cells share: random cases, and gradients of one loss by three other ways."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from rnncourse.gradcheck import numerical_gradient, relative_error

# (T, B, D, H): a plain one, T = 1, B = 1, D = H, H = 1, D = 1, all at once
SHAPES = [(5, 3, 4, 2), (1, 3, 2, 4), (6, 1, 3, 2), (4, 2, 3, 3), (4, 3, 2, 1), (5, 2, 1, 3), (1, 1, 1, 1)]


def pytest_generate_tests(metafunc):
    if "shape" in metafunc.fixturenames:
        metafunc.parametrize("shape", SHAPES, ids=str)


def make_case(params, n_states, shape, rng, dtype=np.float64):
    """A random sequence, initial state and upstream gradients, all nonzero; biases are drawn too.

    The loss is sum(dh * h) + sum(dstate_T * state_T): its gradient into h is dh and into the last state dstate_T.
    """
    T, B, D, H = shape
    draw = lambda *size: rng.standard_normal(size).astype(dtype)  # noqa: E731
    params = params._make(theta + 0.5 * draw(*theta.shape) if theta.ndim == 1 else theta for theta in params)
    states = [draw(B, H) for _ in range(n_states)]
    return SimpleNamespace(
        x=draw(T, B, D), states=states, params=params, dh=draw(T, B, H), dstates=[draw(B, H) for _ in range(n_states)]
    )


def pack_state(states):
    """h alone for RNN and GRU, the pair (h, c) for the LSTM."""
    return states[0] if len(states) == 1 else tuple(states)


def unpack_state(state):
    return list(state) if isinstance(state, tuple) else [state]


def hand_gradients(forward, backward, case):
    """dx, dstates, dparams of the case by the hand-written backward pass, as one flat list."""
    _, _, cache = forward(case.x, pack_state(case.states), case.params)
    dx, dstate_0, dparams = backward(case.dh, pack_state(case.dstates), cache)
    assert type(dparams) is type(case.params)
    return [dx, *unpack_state(dstate_0), *dparams]


def numerical_gradients(forward, case):
    """The same list by central differences."""
    inputs = [case.x, *case.states, *case.params]
    n = 1 + len(case.states)

    def loss(k):
        def of(theta):
            values = [*inputs[:k], theta, *inputs[k + 1 :]]
            h, state_T, _ = forward(values[0], pack_state(values[1:n]), case.params._make(values[n:]))
            ends = zip(unpack_state(state_T), case.dstates, strict=True)
            return (case.dh * h).sum() + sum((d * s).sum() for s, d in ends)

        return of

    return [numerical_gradient(loss(k), theta) for k, theta in enumerate(inputs)]


def autograd_gradients(torch_step, case):
    """The same list by torch autograd through a plain loop over torch_step(x_t, *states, params) -> states."""
    inputs = [torch.tensor(a, requires_grad=True) for a in (case.x, *case.states, *case.params)]
    n = 1 + len(case.states)
    states, params, h = inputs[1:n], case.params._make(inputs[n:]), []
    for x_t in inputs[0].unbind(0):
        states = torch_step(x_t, *states, params)
        h.append(states[0])
    loss = (torch.tensor(case.dh) * torch.stack(h)).sum()
    loss = loss + sum((torch.tensor(d) * s).sum() for d, s in zip(case.dstates, states, strict=True))
    return [g.numpy() for g in torch.autograd.grad(loss, inputs)], torch.stack(h).detach().numpy()


def module_gradients(module, weights, case):
    """h, dx and dstates by a torch.nn module, and the gradients of its packed weights by name."""
    module = module.to(torch.float64)
    module.load_state_dict({name: torch.tensor(w) for name, w in weights(case.params).items()})
    x = torch.tensor(case.x, requires_grad=True)
    states = [torch.tensor(s)[None].requires_grad_() for s in case.states]
    h, state_T = module(x, pack_state(states))
    loss = (torch.tensor(case.dh) * h).sum()
    loss = loss + sum((torch.tensor(d) * s).sum() for d, s in zip(case.dstates, unpack_state(state_T), strict=True))
    loss.backward()
    packed = {name: p.grad.numpy() for name, p in module.named_parameters()}
    return h.detach().numpy(), [x.grad.numpy(), *(s.grad[0].numpy() for s in states)], packed


def assert_close(got, want, tolerance):
    """Relative error, array by array: small everywhere, and no NaN.

    Or an absolute error of some roundings of 1: a gate as small as 1e-12 is known no better, nor what it multiplies.
    """
    for k, (a, b) in enumerate(zip(got, want, strict=True)):
        close = relative_error(a, b) <= tolerance or np.abs(a - b).max() <= 1e-14
        assert close, f"array {k}: relative error {relative_error(a, b):.1e}"


@pytest.fixture(scope="session")
def cases():
    """The functions above, for the tests of one cell."""
    return SimpleNamespace(
        make=make_case,
        pack_state=pack_state,
        unpack_state=unpack_state,
        hand=hand_gradients,
        numerical=numerical_gradients,
        autograd=autograd_gradients,
        module=module_gradients,
        assert_close=assert_close,
    )
