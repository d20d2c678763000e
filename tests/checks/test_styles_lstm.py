"""Problem set 5: a right LSTM passes in whatever style it is written, and bad answers are told why."""

import numpy as np
import pytest

from rnncourse import check
from rnncourse.notation import LSTMParams


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.hstack([h_prev, x_t])
    f, i, o = (sigmoid(v @ W.T + b) for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
    c_t = f * c_prev + i * np.tanh(v @ W_c.T + b_c)
    return o * np.tanh(c_t), c_t


def stacked_step(x_t, h_prev, c_prev, *params):
    a = np.concatenate([h_prev, x_t], 1) @ np.concatenate(params[:4]).T + np.concatenate(params[4:])
    f, i, c_tilde, o = np.split(a, 4, axis=1)
    c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(c_tilde)
    return sigmoid(o) * np.tanh(c_t), c_t


def split_weights_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = h_prev.shape[1]
    f, i, c, o = (
        np.einsum("bk,hk->bh", h_prev, W[:, :H]) + np.einsum("bd,hd->bh", x_t, W[:, H:]) + b
        for W, b in ((W_f, b_f), (W_i, b_i), (W_c, b_c), (W_o, b_o))
    )
    c_t = c_prev * sigmoid(f) + sigmoid(i) * np.tanh(c)
    return sigmoid(o) * np.tanh(c_t), c_t


def sample_by_sample_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    shown, kept = [], []
    for x, h, c in zip(x_t, h_prev, c_prev, strict=True):
        v = np.r_[h, x]
        c_new = sigmoid(W_f @ v + b_f) * c + sigmoid(W_i @ v + b_i) * np.tanh(W_c @ v + b_c)
        shown.append(sigmoid(W_o @ v + b_o) * np.tanh(c_new))
        kept.append(c_new)
    return shown, kept


def in_place_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.empty((len(x_t), W_f.shape[1]))
    v[:, : h_prev.shape[1]], v[:, h_prev.shape[1] :] = h_prev, x_t
    c_t = c_prev.copy()
    c_t *= sigmoid(v @ W_f.T + b_f)
    c_t += sigmoid(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
    h_t = np.tanh(c_t)
    h_t *= sigmoid(v @ W_o.T + b_o)
    return h_t, c_t


def forward(x, h0, c0, params):
    h, c = [h0], [c0]
    for x_t in x:
        h_t, c_t = step(x_t, h[-1], c[-1], *params)
        h.append(h_t)
        c.append(c_t)
    return np.stack(h[1:]), np.stack(c[1:])


def backward(dh, x, h0, c0, h, c, params):
    """All gates at once over time, then one loop; weights by einsum."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H, h_before, c_before = len(b_f), np.concatenate([h0[None], h[:-1]]), np.concatenate([c0[None], c[:-1]])
    v = np.concatenate([h_before, x], axis=2)
    f, i, g, o = sigmoid(v @ W_f.T + b_f), sigmoid(v @ W_i.T + b_i), np.tanh(v @ W_c.T + b_c), sigmoid(v @ W_o.T + b_o)
    W, delta, dx = np.concatenate(params[:4]), np.zeros((*h.shape[:2], 4 * H)), np.zeros_like(x)
    back_h, back_c = 0, 0
    for t in range(len(x) - 1, -1, -1):
        grad_h, s = dh[t] + back_h, np.tanh(c[t])
        grad_c = back_c + grad_h * o[t] * (1 - s * s)
        parts = (grad_c * c_before[t] * f[t] * (1 - f[t]), grad_c * g[t] * i[t] * (1 - i[t]),
                 grad_c * i[t] * (1 - g[t] ** 2), grad_h * s * o[t] * (1 - o[t]))  # fmt: skip
        delta[t] = np.concatenate(parts, axis=1)
        dv = delta[t] @ W
        back_h, dx[t], back_c = dv[:, :H], dv[:, H:], grad_c * f[t]
    dW, db = np.einsum("tbk,tbj->kj", delta, v), delta.sum(axis=(0, 1))
    return dx, back_h, back_c, *np.split(dW, 4), *np.split(db, 4)


def step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    """One step as a sequence of one; the gradient along the cell is added by linearity."""
    v = np.hstack([h_prev, x_t])
    f, i, o = (sigmoid(v @ params[k].T + params[4 + k]) for k in (0, 1, 3))
    g = np.tanh(v @ params.W_c.T + params.b_c)
    total = dc_t + dh_t * o / np.cosh(c_t) ** 2
    deltas = (
        total * c_prev * f * (1 - f),
        total * g * i * (1 - i),
        total * i * (1 - g * g),
        dh_t * np.tanh(c_t) * o * (1 - o),
    )
    dv = sum(delta @ W for delta, W in zip(deltas, params[:4], strict=True))
    H = h_prev.shape[1]
    return dv[:, H:], dv[:, :H], total * f, *(d.T @ v for d in deltas), *(d.sum(0) for d in deltas)


STEP_STYLES = {
    "named gates": step,
    "one stacked product": stacked_step,
    "split weights, einsum": split_weights_step,
    "sample by sample, lists": sample_by_sample_step,
    "in place on own buffers": in_place_step,
    "a list of two": lambda *a: list(step(*a)),
    "one array of two": lambda *a: tuple(np.stack(step(*a))),
    "nested lists": lambda *a: tuple(state.tolist() for state in step(*a)),
    "float32": lambda *a: step(*(value.astype(np.float32) for value in a)),
    "Fortran order": lambda *a: step(*(np.asfortranarray(value) for value in a)),
    "views": lambda *a: tuple(state[::-1][::-1] for state in step(*a)),
    "named parameters": lambda x_t, h_prev, c_prev, *p: step(x_t, h_prev, c_prev, **LSTMParams(*p)._asdict()),
}

BACKWARD_STYLES = {
    "gates at once": backward,
    "a list": lambda *a: list(backward(*a)),
    "nested lists": lambda *a: [gradient.tolist() for gradient in backward(*a)],
    "views": lambda *a: tuple(gradient[...] for gradient in backward(*a)),
    "Fortran order": lambda *a: tuple(np.asfortranarray(gradient) for gradient in backward(*a)),
    "params as a plain tuple": lambda *a: backward(*a[:-1], tuple(a[-1])),
    "params by name": lambda *a: backward(*a[:-1], LSTMParams(**a[-1]._asdict())),
    "own copies": lambda *a: backward(*(value.copy() for value in a[:-1]), a[-1]),
}


@pytest.mark.parametrize("style", STEP_STYLES.values(), ids=STEP_STYLES)
def test_a_right_step_passes(style):
    assert check.lstm_step(style).passed


@pytest.mark.parametrize("style", [STEP_STYLES[name] for name in STEP_STYLES if name != "float32"])
def test_a_sequence_of_right_steps_passes(style):
    def lstm_forward(x, h0, c0, params):
        h, c = np.zeros((len(x), *h0.shape)), np.zeros((len(x), *h0.shape))
        h_t, c_t = h0, c0
        for t in range(len(x)):
            h_t, c_t = map(np.asarray, style(x[t], h_t, c_t, *params))
            h[t], c[t] = h_t, c_t
        return h, c

    assert check.lstm_forward(lstm_forward).passed


@pytest.mark.parametrize("style", BACKWARD_STYLES.values(), ids=BACKWARD_STYLES)
def test_a_right_backward_pass_passes(style):
    assert check.lstm_backward(style).passed


def test_a_right_step_backward_passes_and_makes_a_right_sequence():
    def lstm_backward(dh, x, h0, c0, h, c, params):
        total, dx = [0.0] * 8, []
        dh_t, dc_t = np.zeros_like(h0), np.zeros_like(c0)
        for t in reversed(range(len(x))):
            before = (h[t - 1], c[t - 1]) if t else (h0, c0)
            dx_t, dh_t, dc_t, *share = step_backward(dh[t] + dh_t, dc_t, x[t], *before, c[t], params)
            total = [a + b for a, b in zip(total, share, strict=True)]
            dx.insert(0, dx_t)
        return dx, dh_t, dc_t, *total

    assert check.lstm_step_backward(step_backward).passed
    assert check.lstm_backward(lstm_backward).passed


@pytest.mark.parametrize(
    "style",
    [
        lambda biases, a_f: [
            [np.prod(sigmoid(a_f[len(a_f) - k :] + b), axis=0).mean() for k in range(len(a_f) + 1)] for b in biases
        ],
        lambda biases, a_f: np.stack(
            [np.r_[1, np.cumprod(sigmoid(a_f[::-1] + b), axis=0).mean(axis=(1, 2))] for b in biases]
        ),
        lambda biases, a_f: np.exp(
            np.cumsum(-np.log1p(np.exp(-(a_f[::-1] + biases[:, None, None, None]))), axis=1)
        ).mean(axis=(2, 3)).__matmul__(np.eye(len(a_f), len(a_f) + 1, 1)) + np.eye(1, len(a_f) + 1),
    ],
    ids=["list comprehension", "cumprod", "sum of logarithms"],
)  # fmt: skip
def test_a_right_sweep_passes(style):
    assert check.forget_bias_sweep(style).passed


def test_each_gate_earns_its_points():
    def forget_gate_wrong(*arguments):
        gradients = list(backward(*arguments))
        gradients[3] = 0 * gradients[3]
        return gradients

    result = check.lstm_backward(forget_gate_wrong)
    assert result == result.maximum - 3
    assert [verdict.output for verdict in result.verdicts if not verdict.right] == ["dW_f"]


def test_changing_the_parameters_costs_points_and_is_said():
    def greedy(x, h0, c0, params):
        h, c = forward(x, h0, c0, params)
        params.b_f[:] = 0
        return h, c

    result = check.lstm_forward(greedy)
    assert result == 0.8 * result.maximum
    assert "changed what it was given, params" in str(result)


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda gradients: None, "returned 1 value"),
        (lambda gradients: gradients[:3], "returned 3 values"),
        (lambda gradients: (gradients[0].T, *gradients[1:]), "it is transposed"),
        (lambda gradients: (*gradients[:3], gradients[3][:, :2], *gradients[4:]), "expected (H, H + D)"),
        (lambda gradients: (np.nan * gradients[0], *gradients[1:]), "expected finite numbers"),
        (lambda gradients: (*gradients[:-1], "db_o"), "is a str; expected an array of shape (H,)"),
    ],
)
def test_bad_gradients_are_told_why(spoil, said):
    result = check.lstm_backward(lambda *a: spoil(backward(*a)))
    assert not result.passed
    assert said in str(result)


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda *a: None, "returned 1 value"),
        (lambda *a: (None, None), "is None; expected an array of shape (B, H)"),
        (lambda *a: tuple(state * np.nan for state in step(*a)), "expected finite numbers"),
        (lambda *a: tuple(state[0] for state in step(*a)), "has shape"),
    ],
)
def test_bad_steps_earn_nothing_and_are_told_why(answer, said):
    result = check.lstm_step(answer)
    assert result == 0
    assert said in str(result)
