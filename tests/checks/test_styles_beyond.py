"""Problem set 6: right answers in any style pass, and bad ones earn nothing and are told why."""

import numpy as np
import pytest

from rnncourse import check


def draw(z, temperature, u):
    p = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
    return (np.cumsum(p / p.sum(axis=1, keepdims=True), axis=1)[:, :-1] <= u[:, None]).sum(axis=1)


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gates(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.hstack([h_prev, x_t])
    r, u = sigmoid(v @ W_r.T + b_r), sigmoid(v @ W_u.T + b_u)
    m = h_prev @ W_hn.T + b_hn
    return r, u, m, np.tanh(x_t @ W_xn.T + b_xn + r * m)


def step(x_t, h_prev, *params):
    r, u, _, n = gates(x_t, h_prev, *params)
    return r, u, n, n + u * (h_prev - n)


def step_split(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = len(b_r)
    r = sigmoid(h_prev @ W_r[:, :H].T + x_t @ W_r[:, H:].T + b_r)
    u = sigmoid(h_prev @ W_u[:, :H].T + x_t @ W_u[:, H:].T + b_u)
    n = np.tanh(np.einsum("bd,hd->bh", x_t, W_xn) + b_xn + r * (np.einsum("bk,hk->bh", h_prev, W_hn) + b_hn))
    return r, u, n, (1 - u) * n + u * h_prev


def step_stacked(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    both = 0.5 * (1 + np.tanh(0.5 * (np.hstack([h_prev, x_t]) @ np.vstack([W_r, W_u]).T + np.hstack([b_r, b_u]))))
    r, u = np.split(both, 2, axis=1)
    n = np.tanh(x_t @ W_xn.T + b_xn + r * (h_prev @ W_hn.T + b_hn))
    return [r, u, n, (1 - u) * n + u * h_prev]


def step_by_sample(x_t, h_prev, *params):
    rows = [step(x[None], h[None], *params) for x, h in zip(x_t, h_prev, strict=True)]
    return tuple(np.concatenate(column) for column in zip(*rows, strict=True))


def step_in_place(x_t, h_prev, *params):
    r, u, _, n = gates(x_t, h_prev, *params)
    h = n.copy()
    h *= 1 - u
    h += u * h_prev
    return r, u, n, h


def step_of_lists(*arguments):
    return [value.tolist() for value in step(*arguments)]


def step_float32(*arguments):
    return step(*(value.astype(np.float32) for value in arguments))


def step_with_views(*arguments):
    return tuple(np.asfortranarray(value)[::-1][::-1] for value in step(*arguments))


def step_columns(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.concatenate([h_prev.T, x_t.T])
    r, u = sigmoid(W_r @ v + b_r[:, None]), sigmoid(W_u @ v + b_u[:, None])
    n = np.tanh(W_xn @ x_t.T + b_xn[:, None] + r * (W_hn @ h_prev.T + b_hn[:, None]))
    return r.T, u.T, n.T, ((1 - u) * n + u * h_prev.T).T


STEPS = [step, step_split, step_stacked, step_by_sample, step_in_place, step_of_lists, step_float32, step_with_views]


@pytest.mark.parametrize("style", [*STEPS, step_columns])
def test_a_right_gru_step_may_come_in_any_style(style):
    assert check.gru_step(style) == 16


def deltas(dh_t, x_t, h_prev, params):
    r, u, m, n = gates(x_t, h_prev, *params)
    delta_n = dh_t * (1 - u) * (1 - n * n)
    return delta_n * m * r * (1 - r), dh_t * (h_prev - n) * u * (1 - u), delta_n, delta_n * r, u


def backward(dh, x, h0, h, *params):
    W_r, W_u, W_xn, W_hn = params[:4]
    before, back, H = np.concatenate([h0[None], h[:-1]]), np.zeros_like(h0), h0.shape[1]
    kept = []
    for t in range(len(x) - 1, -1, -1):
        total = dh[t] + back
        delta_r, delta_u, delta_n, delta_m, u = deltas(total, x[t], before[t], params)
        back = (delta_r @ W_r + delta_u @ W_u)[:, :H] + delta_m @ W_hn + total * u
        kept.insert(0, (delta_r, delta_u, delta_n, delta_m))
    delta_r, delta_u, delta_n, delta_m = (np.stack(one) for one in zip(*kept, strict=True))
    v = np.concatenate([before, x], axis=2)
    dx = (delta_r @ W_r + delta_u @ W_u)[..., H:] + delta_n @ W_xn
    pairs = ((delta_r, v), (delta_u, v), (delta_n, x), (delta_m, before))
    weights = [np.einsum("tbi,tbj->ij", delta, entrance) for delta, entrance in pairs]
    return dx, back, *weights, *(delta.sum(axis=(0, 1)) for delta in (delta_r, delta_u, delta_n, delta_m))


def backward_by_sample(dh, x, h0, h, *params):
    columns = [slice(b, b + 1) for b in range(len(h0))]
    parts = [backward(dh[:, b], x[:, b], h0[b], h[:, b], *params) for b in columns]
    dx, dh0, *rest = zip(*parts, strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dh0), *(sum(part) for part in rest)


def backward_by_hand(dh, x, h0, h, *params):
    """Step by step, with outer products."""
    W_r, W_u, W_xn, W_hn = params[:4]
    grads, dx, back, H = [np.zeros_like(theta) for theta in params], np.zeros_like(x), 0 * h0, h0.shape[1]
    for t in reversed(range(len(x))):
        h_prev = h0 if t == 0 else h[t - 1]
        total = dh[t] + back
        delta_r, delta_u, delta_n, delta_m, u = deltas(total, x[t], h_prev, params)
        for b in range(len(h0)):
            v = np.append(h_prev[b], x[t, b])
            for k, (delta, entrance) in enumerate(
                ((delta_r, v), (delta_u, v), (delta_n, x[t, b]), (delta_m, h_prev[b]))
            ):
                grads[k] += np.outer(delta[b], entrance)
                grads[k + 4] += delta[b]
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t], back = dv[:, H:] + delta_n @ W_xn, dv[:, :H] + delta_m @ W_hn + u * total
    return dx, back, *grads


BACKWARDS = {
    "einsum at the end": backward,
    "sample by sample": backward_by_sample,
    "outer products": backward_by_hand,
    "a list": lambda *a: list(backward(*a)),
    "nested lists": lambda *a: [np.asarray(value).tolist() for value in backward(*a)],
    "float32": lambda *a: backward(*(value.astype(np.float32) for value in a)),
    "Fortran order": lambda *a: tuple(np.asfortranarray(value) for value in backward(*a)),
    "from Fortran order": lambda *a: backward(*(np.asfortranarray(value) for value in a)),
    "views": lambda *a: tuple(value[::-1][::-1] for value in backward(*a)),
    "works on copies": lambda *a: backward(*(value.copy() for value in a)),
}


@pytest.mark.parametrize("style", BACKWARDS.values(), ids=BACKWARDS)
def test_a_right_gru_backward_may_come_in_any_style(style):
    assert check.gru_backward(style) == 24


def sample_by_row(z, temperature, u):
    codes = []
    for row, x in zip(z, u, strict=True):
        p = np.exp((row - row.max()) / temperature)
        codes.append(int(np.searchsorted(np.cumsum(p / p.sum()), x)))
    return codes


def sample_by_subtraction(z, temperature, u):
    p = np.exp(z / temperature - np.logaddexp.reduce(z / temperature, axis=1, keepdims=True))
    codes = np.zeros(len(z), int)
    for b, left in enumerate(u):
        while left >= p[b, codes[b]] and codes[b] < z.shape[1] - 1:
            left -= p[b, codes[b]]
            codes[b] += 1
    return codes


def sample_argmax_of_mask(z, temperature, u):
    p = np.exp((z - z.max(1, keepdims=True)) / temperature)
    return (np.cumsum(p, 1) / p.sum(1, keepdims=True) > u[:, None]).argmax(1).astype(float)


@pytest.mark.parametrize("style", [draw, sample_by_row, sample_by_subtraction, sample_argmax_of_mask])
def test_a_right_sample_may_come_in_any_style(style):
    assert check.sample(style) == 8


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes, code, h = np.zeros(u.shape, int), first, h0
    for t, u_t in enumerate(u):
        h = np.tanh(W_xh[:, code].T + h @ W_hh.T + b_h)
        code = codes[t] = draw(h @ W_hy.T + b_y, temperature, u_t)
    return codes, h


def generate_text_by_text(first, h0, *rest):
    *params, u = rest
    texts = [generate(first[b : b + 1], h0[b : b + 1], *params, u[:, b : b + 1]) for b in range(len(first))]
    codes, h = zip(*texts, strict=True)
    return np.hstack(codes).tolist(), np.vstack(h)


@pytest.mark.parametrize("style", [generate, generate_text_by_text])
def test_a_right_generate_may_come_in_any_style(style):
    assert check.generate(style) == 12


@pytest.mark.parametrize(
    "exercise, function, said",
    [
        ("gru_step", lambda *a: None, "returned 1 value"),
        ("gru_step", lambda *a: step(*a)[:3], "returned 3 values"),
        ("gru_step", lambda *a: tuple(value * np.nan for value in step(*a)), "expected finite numbers"),
        ("gru_step", lambda *a: tuple(value.T for value in step(*a)), "it is transposed"),
        ("gru_backward", lambda *a: backward(*a)[:2], "returned 2 values"),
        ("sample", lambda z, temperature, u: None, "is None"),
        ("sample", lambda z, temperature, u: np.zeros((len(z), 1)), "an axis of length 1 too many"),
        ("sample", lambda z, temperature, u: z.argmax(1), "argmax-for-sampling"),
        ("generate", lambda *a: generate(*a)[0], "returned 1 value"),
        ("generate", None, "it was given None"),
    ],
)
def test_bad_answers_are_told_why(exercise, function, said):
    result = check.check(exercise, function)
    assert not result.passed
    assert said in str(result)
