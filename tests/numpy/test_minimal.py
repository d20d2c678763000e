"""minGRU and minLSTM: a loop over the paper's equations, differentiated by torch, gives the same in both forms."""

import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.notation import MinGRUParams, MinLSTMParams
from rnncourse.numpy.minimal import mingru_backward, mingru_forward, minlstm_backward, minlstm_forward

torch = pytest.importorskip("torch")

from rnncourse.torch.minimal import mingru, minlstm  # noqa: E402


def mingru_step(x_t, h_prev, p):
    z = torch.sigmoid(x_t @ p.W_z.T + p.b_z)
    return (1 - z) * h_prev + z * (x_t @ p.W_n.T + p.b_n)


def minlstm_step(x_t, h_prev, p):
    f, i = torch.sigmoid(x_t @ p.W_f.T + p.b_f), torch.sigmoid(x_t @ p.W_i.T + p.b_i)
    return (f * h_prev + i * (x_t @ p.W_n.T + p.b_n)) / (f + i)


CELLS = {
    "minGRU": (MinGRUParams, mingru_forward, mingru_backward, mingru, mingru_step),
    "minLSTM": (MinLSTMParams, minlstm_forward, minlstm_backward, minlstm, minlstm_step),
}


def draw(kind, T, B=3, D=2, H=5):
    """x, h0, parameters, and the gradients into h and h_T."""
    rng, n = np.random.default_rng(T), len(kind._fields) // 2
    params = kind(*rng.standard_normal((n, H, D)), *rng.standard_normal((n, H)))
    sizes = ((T, B, D), (B, H)), ((T, B, H), (B, H))
    (x, h0), grads = ([rng.standard_normal(size) for size in group] for group in sizes)
    return x, h0, params, grads


def looped(step, x, h0, params):
    h = []
    for x_t in x.unbind(0):
        h0 = step(x_t, h0, params)
        h.append(h0)
    return torch.stack(h), h0


def differentiated(run, kind, x, h0, params, grads):
    """h, h_T and the gradients of x, h0 and every parameter."""
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, h0, *params)]
    outputs = run(leaves[0], leaves[1], kind(*leaves[2:]))
    found = torch.autograd.grad(outputs, leaves, [torch.tensor(v) for v in grads])
    return [v.detach().numpy() for v in (*outputs, *found)]


@pytest.mark.parametrize("T", [1, 2, 7, 50])
@pytest.mark.parametrize("cell", CELLS)
def test_both_forms_equal_the_loop(cell, T):
    kind, forward, backward, in_torch, step = CELLS[cell]
    x, h0, params, grads = draw(kind, T)
    h, h_T, cache = forward(x, h0, params)
    dx, dh0, dparams = backward(*grads, cache)
    assert isinstance(dparams, kind)
    by_loop = differentiated(lambda *given: looped(step, *given), kind, x, h0, params, grads)
    for ours in ([h, h_T, dx, dh0, *dparams], differentiated(in_torch, kind, x, h0, params, grads)):
        assert max(relative_error(a, b) for a, b in zip(ours, by_loop, strict=True)) <= 1e-10


def test_gates_far_from_zero_stay_numbers():
    x, h0, params, grads = draw(MinGRUParams, 9)
    h, _, cache = mingru_forward(300 * x, h0, params)
    dx, dh0, dparams = mingru_backward(*grads, cache)
    assert all(np.isfinite(v).all() for v in (h, dx, dh0, *dparams))
