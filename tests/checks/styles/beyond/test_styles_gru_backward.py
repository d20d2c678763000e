"""Problem set 6, the GRU backward: right answers in any style pass."""

from functools import partial

import numpy as np
import pytest
from checks.styles.beyond.test_styles_gru import gates
from support.styles import assert_right, every, packed, single

from rnncourse.notation import GRUParams


def deltas(dh_t, x_t, h_prev, params):
    r, u, m, n = gates(x_t, h_prev, *params)
    delta_n = dh_t * (1 - u) * (1 - n * n)
    return delta_n * m * r * (1 - r), dh_t * (h_prev - n) * u * (1 - u), delta_n, delta_n * r, u


def backward(dh, x, h0, h, *params, weigh=lambda delta, v: np.einsum("tbi,tbj->ij", delta, v)):
    W_r, W_u, W_xn, W_hn = params[:4]
    before, back, H = np.concatenate([h0[None], h[:-1]]), np.zeros_like(h0), h0.shape[1]
    kept = []
    for t in range(len(x) - 1, -1, -1):
        total = dh[t] + back
        delta_r, delta_u, delta_n, delta_m, u = deltas(total, x[t], before[t], params)
        back = (delta_r @ W_r + delta_u @ W_u)[:, :H] + delta_m @ W_hn + total * u
        kept.insert(0, (delta_r, delta_u, delta_n, delta_m))
    delta_r, delta_u, delta_n, delta_m = (np.stack(steps) for steps in zip(*kept, strict=True))
    v = np.concatenate([before, x], axis=2)
    dx = (delta_r @ W_r + delta_u @ W_u)[..., H:] + delta_n @ W_xn
    pairs = ((delta_r, v), (delta_u, v), (delta_n, x), (delta_m, before))
    weights = [weigh(delta, entrance) for delta, entrance in pairs]
    return dx, back, *weights, *(delta.sum(axis=(0, 1)) for delta in (delta_r, delta_u, delta_n, delta_m))


def outer_products(delta, v):
    return sum(np.outer(delta[t, b], v[t, b]) for t, b in np.ndindex(delta.shape[:2]))


def backward_by_sample(dh, x, h0, h, *params):
    columns = [slice(b, b + 1) for b in range(len(h0))]
    parts = [backward(dh[:, b], x[:, b], h0[b], h[:, b], *params) for b in columns]
    dx, dh0, *rest = zip(*parts, strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dh0), *(sum(part) for part in rest)


def one_step(dh_t, x_t, h_prev, params):
    W_r, W_u, W_xn, W_hn = params[:4]
    delta_r, delta_u, delta_n, delta_m, u = deltas(dh_t, x_t, h_prev, params)
    v, H = np.hstack([h_prev, x_t]), h_prev.shape[1]
    dv = np.hstack([delta_r, delta_u]) @ np.vstack([W_r, W_u])
    pairs = (delta_r, v), (delta_u, v), (delta_n, x_t), (delta_m, h_prev)
    shares = [d.T @ came_in for d, came_in in pairs] + [d.sum(axis=0) for d, _ in pairs]
    return dv[:, H:] + delta_n @ W_xn, dv[:, :H] + delta_m @ W_hn + u * dh_t, *shares


def step_by_step(dh, x, h0, h, *params):
    grads, dx, back = [np.zeros_like(theta) for theta in params], np.zeros_like(x), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dx[t], back, *shares = one_step(dh[t] + back, x[t], h[t - 1] if t else h0, params)
        for total, share in zip(grads, shares, strict=True):
            total += share
    return dx, back, *grads


def recursive(dh, x, h0, h, *params):
    if len(x) == 0:
        return [np.empty_like(x), np.zeros_like(h0), *(np.zeros_like(theta) for theta in params)]
    dx, dh_1, *later = recursive(dh[1:], x[1:], h[0], h[1:], *params)
    dx_1, dh0, *here = one_step(dh[0] + dh_1, x[0], h0, params)
    return [np.concatenate([dx_1[None], dx]), dh0, *(a + b for a, b in zip(here, later, strict=True))]


def each_loss(dh, x, *rest):
    parts = [step_by_step(dh * (np.arange(len(x)) == t)[:, None, None], x, *rest) for t in range(len(x))]
    return tuple(sum(shares) for shares in zip(*parts, strict=True))


def copy_of_upstream(dh, x, h0, h, *params):
    total, dx, shares = np.concatenate([0 * h0[None], dh]), [], []
    for t in range(len(x) - 1, -1, -1):
        dx_t, dh_prev, *share = one_step(total[t + 1], x[t], h0 if t == 0 else h[t - 1], params)
        total[t] += dh_prev
        dx.append(dx_t)
        shares.append(share)
    return np.array(dx[::-1]), total[0], *(np.sum(share, axis=0) for share in zip(*shares, strict=True))


def while_loop(dh, x, h0, h, *params):
    states, back, sums, dx = [h0, *h[:-1]], 0, None, []
    while states:
        t = len(states) - 1
        dx_t, back, *share = one_step(dh[t] + back, x[t], states.pop(), params)
        sums = share if sums is None else [a + b for a, b in zip(sums, share, strict=True)]
        dx = [dx_t, *dx]
    return np.stack(dx), back, *sums


def by_name(dh, x, h0, h, *params):
    grads = GRUParams(*step_by_step(dh, x, h0, h, *params)[2:])._asdict()
    dx, dh0 = backward(dh, x, h0, h, *params)[:2]
    return dx, dh0, *(grads[name] for name in GRUParams._fields)


BACKWARD = {
    "einsum at the end": backward,
    "step by step": step_by_step,
    "sample by sample": backward_by_sample,
    "recursive": recursive,
    "the loss of each step by itself": each_loss,
    "a copy of dh": copy_of_upstream,
    "while": while_loop,
    "by name": by_name,
    "outer products": partial(backward, weigh=outer_products),
    "tensordot": partial(backward, weigh=lambda d, v: np.tensordot(d, v, axes=((0, 1), (0, 1)))),
    "one long product": partial(
        backward, weigh=lambda d, v: d.reshape(-1, d.shape[-1]).T @ v.reshape(-1, v.shape[-1])),
    "matmul of steps": partial(backward, weigh=lambda d, v: (d.swapaxes(1, 2) @ v).sum(axis=0)),
    "products in a sum": partial(backward, weigh=lambda d, v: sum(a.T @ b for a, b in zip(d, v, strict=True))),
    "broadcast and sum": partial(backward, weigh=lambda d, v: (d[..., None] * v[:, :, None]).sum(axis=(0, 1))),
    "a list": lambda *a: list(backward(*a)),
    "float32": single(backward),
    "from Fortran order": lambda *a: backward(*map(np.asfortranarray, a)),
    "works on copies": lambda *a: backward(*(value.copy() for value in a)),
} | packed(backward)  # fmt: skip

STYLES = {"gru_backward": BACKWARD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
