"""The labelled equations of chapter 5 that no docstring cites, as they stand in the book.

With one sample a step's db_k is delta_k^(t) itself: so the library's backward step shows every delta.
"""

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.notation import GRUParams, LSTMParams
from rnncourse.reference import gru, lstm

T, D, H = 4, 2, 3


def draw(kind, shapes):
    """Parameters, inputs, an initial h and a gradient that each state gets from its own output, none of them zero."""
    rng = np.random.default_rng(0)
    params = kind(*(0.5 * rng.standard_normal(shape) for shape in shapes))
    return params, rng.standard_normal((T, 1, D)), rng.standard_normal((1, H)), rng.standard_normal((T, 1, H))


def by_differences(loss, params, name):
    """dL/d(the parameter of that name), by central differences."""
    return numerical_gradient(lambda theta: loss(params._replace(**{name: theta})), getattr(params, name))


@pytest.mark.parametrize("k", "fico")
def test_lstm_weights(k):
    params, x, h0, g = draw(LSTMParams, [(H, H + D)] * 4 + [(H,)] * 4)
    start = (h0, 0.7 * h0[:, ::-1])
    h, _, (_, _, _, c, _) = lstm.lstm_forward(x, start, params)
    states, back = [start, *zip(h, c, strict=True)], (np.zeros((1, H)), np.zeros((1, H)))
    dW_k, db_k = np.zeros((H, H + D)), np.zeros(H)
    for t in reversed(range(T)):
        v = np.concatenate([states[t][0][0], x[t, 0]])
        dx_t, back, step = lstm.lstm_step_backward((back[0] + g[t], back[1]), x[t], states[t], states[t + 1], params)
        dW_k += np.outer(getattr(step, f"b_{k}"), v)
        db_k += getattr(step, f"b_{k}")
        dv = sum(getattr(params, f"W_{n}").T @ getattr(step, f"b_{n}") for n in "fico")
        np.testing.assert_allclose(np.concatenate([back[0][0], dx_t[0]]), dv, rtol=1e-12, atol=1e-14)

    def loss(params):
        return (g * lstm.lstm_forward(x, start, params)[0]).sum()

    assert relative_error(dW_k, by_differences(loss, params, f"W_{k}")) <= 1e-7
    assert relative_error(db_k, by_differences(loss, params, f"b_{k}")) <= 1e-7


def test_gru_weights():
    params, x, h0, g = draw(GRUParams, [(H, H + D)] * 2 + [(H, D), (H, H)] + [(H,)] * 4)
    h, _, _ = gru.gru_forward(x, h0, params)
    dW_r, dW_u, dW_xn, dW_hn = (np.zeros_like(W) for W in params[:4])
    states, back = [h0, *h], np.zeros((1, H))
    for t in reversed(range(T)):
        h_prev, x_t = states[t][0], x[t, 0]
        _, back, step = gru.gru_step_backward(back + g[t], x[t], states[t], params)
        delta_r, delta_u, delta_n, delta_m = step.b_r, step.b_u, step.b_xn, step.b_hn
        v = np.concatenate([h_prev, x_t])
        dW_r += np.outer(delta_r, v)
        dW_u += np.outer(delta_u, v)
        dW_xn += np.outer(delta_n, x_t)
        dW_hn += np.outer(delta_m, h_prev)

    def loss(params):
        return (g * gru.gru_forward(x, h0, params)[0]).sum()

    for name, dW in zip(("W_r", "W_u", "W_xn", "W_hn"), (dW_r, dW_u, dW_xn, dW_hn), strict=True):
        assert relative_error(dW, by_differences(loss, params, name)) <= 1e-7
