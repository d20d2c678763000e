"""Problem set 3: right answers in any style pass."""

from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every


def step_back(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = dh_t * (1 - h_t**2)
    return delta_h @ W_xh, delta_h @ W_hh, delta_h.T @ x_t, delta_h.T @ h_prev, delta_h.sum(axis=0)


def columns(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = (dh_t * (1 - h_t * h_t)).T  # (H, B)
    return (W_xh.T @ delta).T, (W_hh.T @ delta).T, delta @ x_t, delta @ h_prev, delta @ np.ones(len(x_t))


def einsum(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = np.einsum("bh,bh->bh", dh_t, 1 - h_t**2)
    products = [("bh,hd->bd", W_xh), ("bh,hk->bk", W_hh), ("bh,bd->hd", x_t), ("bh,bk->hk", h_prev)]
    return *(np.einsum(indices, delta, other) for indices, other in products), np.einsum("bh->h", delta)


def joined(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta, D = dh_t * (1 - h_t**2), x_t.shape[1]
    dW, dv = delta.T @ np.hstack([x_t, h_prev]), delta @ np.hstack([W_xh, W_hh])
    return dv[:, :D], dv[:, D:], dW[:, :D], dW[:, D:], delta.sum(0)


def sample_by_sample(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev = np.empty_like(x_t), np.empty_like(h_prev)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    for b in range(len(x_t)):
        delta = dh_t[b] * (1 - h_t[b] ** 2)
        dx_t[b], dh_prev[b] = W_xh.T @ delta, W_hh.T @ delta
        dW_xh += np.outer(delta, x_t[b])
        dW_hh += np.outer(delta, h_prev[b])
        db_h += delta
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


def with_loops(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    (B, H), D = h_t.shape, x_t.shape[1]
    dx_t, dh_prev = [[0.0] * D for _ in range(B)], [[0.0] * H for _ in range(B)]
    dW_xh, dW_hh, db_h = [[0.0] * D for _ in range(H)], [[0.0] * H for _ in range(H)], [0.0] * H
    for b, i in np.ndindex(B, H):
        delta = dh_t[b, i] * (1 - h_t[b, i] ** 2)
        db_h[i] += delta
        for d in range(D):
            dx_t[b][d] += delta * W_xh[i, d]
            dW_xh[i][d] += delta * x_t[b, d]
        for j in range(H):
            dh_prev[b][j] += delta * W_hh[i, j]
            dW_hh[i][j] += delta * h_prev[b, j]
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


def jacobian(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    """Through the matrix dh_t/da_t of each sample, which is diagonal."""
    J = np.stack([np.diag(1 - row**2) for row in h_t])  # (B, H, H)
    delta = np.einsum("bi,bij->bj", dh_t, J)
    return (delta[:, None] @ W_xh)[:, 0], (delta[:, None] @ W_hh)[:, 0], delta.T @ x_t, delta.T @ h_prev, delta.sum(0)


def from_a(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope):
    """With the derivative written in another way."""
    return step_back(dh_t * slope(h_t) / (1 - h_t**2), x_t, h_prev, h_t, W_xh, W_hh)


def in_own_buffer(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = np.square(h_t)
    np.subtract(1, delta, out=delta)
    delta *= dh_t
    return delta @ W_xh, delta @ W_hh, np.dot(delta.T, x_t), np.dot(delta.T, h_prev), np.add.reduce(delta)


def broadcast(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = (dh_t - dh_t * h_t**2)[:, :, None]  # (B, H, 1)
    return (
        (delta * W_xh).sum(1),
        (delta * W_hh).sum(1),
        (delta * x_t[:, None]).sum(0),
        (delta * h_prev[:, None]).sum(0),
        delta[..., 0].sum(0),
    )


def keyed(*arguments):
    names = ("dx_t", "dh_prev", "dW_xh", "dW_hh", "db_h")
    grads = dict(zip(names, step_back(*arguments), strict=True))
    return tuple(grads[name] for name in names)


STEP = {
    "textbook": step_back,
    "columns": columns,
    "einsum": einsum,
    "joined weights": joined,
    "sample by sample": sample_by_sample,
    "with loops, nested lists": with_loops,
    "through the Jacobian": jacobian,
    "(1 - h)(1 + h)": partial(from_a, slope=lambda h: (1 - h) * (1 + h)),
    "1 / cosh^2": partial(from_a, slope=lambda h: 1 / np.cosh(np.arctanh(h)) ** 2),
    "1 - tanh(arctanh h)^2": partial(from_a, slope=lambda h: 1 - np.tanh(np.arctanh(h)) ** 2),
    "out=": in_own_buffer,
    "broadcast and sum": broadcast,
    "a dict inside": keyed,
    "a list": lambda *a: list(step_back(*a)),
    "an array of arrays": lambda *a: [g[...] for g in step_back(*a)],
    "np.dot": lambda d, x, p, h, W, U: tuple(np.dot(*ab) for ab in zip(
        (d * (1 - h**2), d * (1 - h**2), (d * (1 - h**2)).T, (d * (1 - h**2)).T, np.ones(len(x))),
        (W, U, x, p, d * (1 - h**2)), strict=True)),
    "tensordot": lambda d, x, p, h, W, U: tuple(np.tensordot(d * (1 - h**2), other, axes=axes) for other, axes in (
        (W, (1, 0)), (U, (1, 0)), (x, (0, 0)), (p, (0, 0)), (np.ones(len(x)), (0, 0)))),
    "transposed product": lambda d, x, p, h, W, U: (
        *step_back(d, x, p, h, W, U)[:2], (x.T @ (d * (1 - h**2))).T, (p.T @ (d * (1 - h**2))).T,
        (d * (1 - h**2)).mean(0) * len(x)),
    "float32": lambda *a: step_back(*(b.astype(np.float32) for b in a)),
    "Fortran order": lambda *a: tuple(map(np.asfortranarray, step_back(*a))),
    "views": lambda *a: tuple(np.stack([g, g])[0] for g in step_back(*a)),
    "nested lists": lambda *a: tuple(g.tolist() for g in step_back(*a)),
}  # fmt: skip


def back(dh, x, h0, h, W_xh, W_hh, step=step_back, order=lambda T: reversed(range(T))):
    dx, dh_next = np.zeros_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    for t in order(len(x)):
        h_prev = h[t - 1] if t > 0 else h0
        dx[t], dh_next, *shares = step(dh[t] + dh_next, x[t], h_prev, h[t], W_xh, W_hh)
        for total, share in zip((dW_xh, dW_hh, db_h), shares, strict=True):
            total += share
    return dx, dh_next, dW_xh, dW_hh, db_h


def deltas_first(dh, x, h0, h, W_xh, W_hh, weigh=None):
    """All deltas in the loop, everything else after it."""
    delta, carried = np.empty_like(h), np.zeros_like(h0)
    for t in range(len(h) - 1, -1, -1):
        delta[t] = (dh[t] + carried) * (1 - h[t] ** 2)
        carried = delta[t] @ W_hh
    before = np.concatenate([h0[None], h[:-1]])  # (T, B, H)
    weigh = weigh or (lambda u, v: np.einsum("tbi,tbj->ij", u, v))
    return delta @ W_xh, carried, weigh(delta, x), weigh(delta, before), delta.sum(axis=(0, 1))


def recursive(dh, x, h0, h, W_xh, W_hh):
    if len(x) == 0:
        return np.empty_like(x), np.zeros_like(h0), 0 * W_xh, 0 * W_hh, np.zeros(len(W_hh))
    dx, dh_1, dW_xh, dW_hh, db_h = recursive(dh[1:], x[1:], h[0], h[1:], W_xh, W_hh)
    dx_1, dh0, *share = step_back(dh[0] + dh_1, x[0], h0, h[0], W_xh, W_hh)
    return np.concatenate([dx_1[None], dx]), dh0, dW_xh + share[0], dW_hh + share[1], db_h + share[2]


def each_sample(dh, x, h0, h, W_xh, W_hh):
    parts = [back(dh[:, [b]], x[:, [b]], h0[[b]], h[:, [b]], W_xh, W_hh) for b in range(len(h0))]
    dx, dh0, *weights = zip(*parts, strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dh0), *(sum(shares) for shares in weights)


def each_loss(dh, x, h0, h, W_xh, W_hh):
    """A pass for the loss of every step by itself, added up: what a gradient is by definition."""
    parts = [back(dh * (np.arange(len(x)) == t)[:, None, None], x, h0, h, W_xh, W_hh) for t in range(len(x))]
    return tuple(sum(shares) for shares in zip(*parts, strict=True))


def copies_of_upstream(dh, x, h0, h, W_xh, W_hh):
    """What comes back is added to a copy of dh."""
    total = dh.copy()
    dx, shares = [], []
    for t in range(len(x))[::-1]:
        dx_t, dh_prev, *share = step_back(total[t], x[t], h[t - 1] if t else h0, h[t], W_xh, W_hh)
        if t:
            total[t - 1] += dh_prev
        dx.insert(0, dx_t)
        shares.append(share)
    return np.array(dx), dh_prev, *(np.sum(share, axis=0) for share in zip(*shares, strict=True))


def flat(u, v):
    return u.reshape(-1, u.shape[-1]).T @ v.reshape(-1, v.shape[-1])


BACKWARD = {f"steps: {name}": partial(back, step=step) for name, step in STEP.items() if "float32" not in name} | {
    "range(T - 1, -1, -1)": partial(back, order=lambda T: range(T - 1, -1, -1)),
    "deltas first, einsum": deltas_first,
    "deltas first, one product": partial(deltas_first, weigh=flat),
    "deltas first, tensordot": partial(deltas_first, weigh=lambda u, v: np.tensordot(u, v, axes=((0, 1), (0, 1)))),
    "deltas first, matmul": partial(deltas_first, weigh=lambda u, v: (u.swapaxes(1, 2) @ v).sum(0)),
    "recursive": recursive,
    "each sample by itself": each_sample,
    "the loss of each step by itself": each_loss,
    "a copy of dh": copies_of_upstream,
    "a list": lambda *a: list(back(*a)),
    "nested lists": lambda *a: tuple(g.tolist() for g in back(*a)),
    "float32": lambda *a: deltas_first(*(b.astype(np.float32) for b in a)),
    "Fortran order": lambda *a: back(*map(np.asfortranarray, a)),
}


STYLES = {"rnn_step_backward": STEP, "rnn_backward": BACKWARD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
