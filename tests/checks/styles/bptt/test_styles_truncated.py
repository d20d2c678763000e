"""Problem set 3, truncated BPTT: right answers in any style pass, and what is right earns its points."""

from functools import partial

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single

from rnncourse import check
from rnncourse.experiments.gradient_lag import textbook_backward, textbook_forward


def chunk_by_chunk(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, sums, state = [], 0, h0
    while len(h) < len(x):
        part = slice(len(h), len(h) + tau)
        h_part = textbook_forward(x[part], state, W_xh, W_hh, b_h)
        grads = textbook_backward(dh[part], x[part], state, h_part, W_xh, W_hh)[2:]
        sums = [g + (sums[k] if sums else 0) for k, g in enumerate(grads)]
        h, state = [*h, *h_part], h_part[-1]
    return np.array(h), *sums


def states(x, h0, W_xh, W_hh, b_h):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T + b_h))
    return np.stack(h[1:]), np.stack(h[:-1])


def by_einsum(delta, other):
    return np.einsum("tbi,tbj->ij", delta, other)


def one_long_product(delta, other):
    return delta.reshape(-1, delta.shape[-1]).T @ other.reshape(-1, other.shape[-1])


def step_products(delta, other):
    return sum(d.T @ o for d, o in zip(delta, other, strict=True))


def outer_products(delta, other):
    total = np.zeros((delta.shape[2], other.shape[2]))
    for t, b in np.ndindex(delta.shape[:2]):
        total += np.outer(delta[t, b], other[t, b])
    return total


def tensordot(delta, other):
    return np.tensordot(delta, other, axes=((0, 1), (0, 1)))


def batched(delta, other):
    return np.matmul(delta.transpose(0, 2, 1), other).sum(axis=0)


def in_one_sweep(dh, x, h0, W_xh, W_hh, b_h, tau, weigh=by_einsum):
    """All states first; then one loop back that cuts where a chunk ends."""
    h, before = states(x, h0, W_xh, W_hh, b_h)
    delta = np.zeros_like(h)
    for t in range(len(x) - 1, -1, -1):
        from_next = 0 if t == len(x) - 1 or (t + 1) % tau == 0 else delta[t + 1] @ W_hh
        delta[t] = (dh[t] + from_next) * (1 - h[t] ** 2)
    return h, weigh(delta, x), weigh(delta, before), delta.sum(axis=(0, 1))


def reset_at_the_border(dh, x, h0, W_xh, W_hh, b_h, tau):
    """What comes from later is set to zero in front of each border, in a running sum."""
    h, before = states(x, h0, W_xh, W_hh, b_h)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(b_h.shape)
    dh_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        delta = (dh[t] + dh_next) * (1 - h[t]) * (1 + h[t])
        dW_xh += delta.T @ x[t]
        dW_hh += delta.T @ before[t]
        db_h += delta.sum(axis=0)
        dh_next = np.dot(delta, W_hh) if t % tau else np.zeros_like(h0)
    return h, dW_xh, dW_hh, db_h


def by_a_factor(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, before = states(x, h0, W_xh, W_hh, b_h)
    inside = (np.arange(1, len(x) + 1) % tau != 0).astype(float)  # 0 where the next step is in another chunk
    delta, nothing = list(np.zeros_like(h)), np.zeros_like(h0)
    for t in range(len(x))[::-1]:
        later = delta[t + 1] @ W_hh if t + 1 < len(x) else nothing
        delta[t] = (dh[t] + inside[t] * later) * (1 - np.square(h[t]))
    delta = np.array(delta)
    return h, by_einsum(delta, x), by_einsum(delta, before), np.einsum("tbh->h", delta)


def recursive(dh, x, h0, W_xh, W_hh, b_h, tau):
    if len(x) == 0:
        return np.zeros((0, *h0.shape)), 0 * W_xh, 0 * W_hh, 0 * b_h
    h = textbook_forward(x[:tau], h0, W_xh, W_hh, b_h)
    here = textbook_backward(dh[:tau], x[:tau], h0, h, W_xh, W_hh)[2:]
    later_h, *later = recursive(dh[tau:], x[tau:], h[-1], W_xh, W_hh, b_h, tau)
    return np.concatenate([h, later_h]), *(a + b for a, b in zip(here, later, strict=True))


def split(dh, x, h0, W_xh, W_hh, b_h, tau):
    borders = range(tau, len(x), tau)
    parts, grads, state = [], [], h0
    for dh_part, x_part in zip(np.split(dh, borders), np.split(x, borders), strict=True):
        h_part = textbook_forward(x_part, state, W_xh, W_hh, b_h)
        grads.append(textbook_backward(dh_part, x_part, state, h_part, W_xh, W_hh)[2:])
        parts.append(h_part)
        state = h_part[-1].copy()
    return np.vstack(parts), *(np.sum(shares, axis=0) for shares in zip(*grads, strict=True))


def generated(dh, x, h0, W_xh, W_hh, b_h, tau):
    def chunks(state):
        for start in range(0, len(x), tau):
            part = slice(start, min(start + tau, len(x)))
            h = textbook_forward(x[part], state, W_xh, W_hh, b_h)
            yield h, textbook_backward(dh[part], x[part], state, h, W_xh, W_hh)[2:]
            state = h[-1]

    h, grads = zip(*chunks(h0), strict=True)
    return np.concatenate(h), *map(sum, zip(*grads, strict=True))


def each_loss_back(dh, x, h0, W_xh, W_hh, b_h, tau):
    """From every step back to the first of its chunk: what the gradient is by definition."""
    h, before = states(x, h0, W_xh, W_hh, b_h)
    dW_xh, dW_hh, db_h = 0, 0, 0
    for t in range(len(x)):
        g = dh[t]
        for s in range(t, t // tau * tau - 1, -1):
            delta = g * (1 - h[s] ** 2)
            dW_xh, dW_hh, db_h = dW_xh + delta.T @ x[s], dW_hh + delta.T @ before[s], db_h + delta.sum(0)
            g = delta @ W_hh
    return h, dW_xh, dW_hh, db_h


def sample_by_sample(dh, x, h0, *rest):
    parts = [in_one_sweep(dh[:, [b]], x[:, [b]], h0[[b]], *rest) for b in range(len(h0))]
    h, *grads = zip(*parts, strict=True)
    return np.concatenate(h, axis=1), *(sum(shares) for shares in grads)


def padded(dh, x, h0, W_xh, W_hh, b_h, tau):
    """Chunks of one length as a fourth axis: steps that are not there bring no gradient."""
    T, B = len(x), len(h0)
    h, before = states(x, h0, W_xh, W_hh, b_h)
    fill = lambda a: np.concatenate([a, np.zeros((-T % tau, *a.shape[1:]))]).reshape(-1, tau, *a.shape[1:])  # noqa: E731
    dh, h_chunks, back = fill(dh), fill(h), np.zeros((-(-T // tau), B, len(b_h)))
    delta = np.zeros_like(h_chunks)
    for s in range(tau - 1, -1, -1):
        delta[:, s] = (dh[:, s] + back) * (1 - h_chunks[:, s] ** 2)
        back = delta[:, s] @ W_hh
    delta = delta.reshape(-1, B, len(b_h))[:T]
    return h, by_einsum(delta, x), by_einsum(delta, before), delta.sum((0, 1))


class Chunk:
    def __init__(self, W_xh, W_hh, b_h):
        self.params, self.grads = (W_xh, W_hh, b_h), [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)]

    def run(self, dh, x, state):
        h = textbook_forward(x, state, *self.params)
        for total, share in zip(self.grads, textbook_backward(dh, x, state, h, *self.params[:2])[2:], strict=True):
            total += share
        return h


def with_an_object(dh, x, h0, W_xh, W_hh, b_h, tau):
    net, h = Chunk(W_xh, W_hh, b_h), np.empty((*x.shape[:2], len(b_h)))
    for start in range(0, len(x), tau):
        part = slice(start, start + tau)
        h[part] = net.run(dh[part], x[part], h[start - 1] if start else h0)
    return h, *net.grads


TRUNCATED = {
    "chunk by chunk": chunk_by_chunk,
    "in one sweep": in_one_sweep,
    "reset at the border": reset_at_the_border,
    "by a factor": by_a_factor,
    "recursive": recursive,
    "np.split": split,
    "a generator": generated,
    "each loss back": each_loss_back,
    "sample by sample": sample_by_sample,
    "chunks as an axis": padded,
    "an object": with_an_object,
    "one long product": partial(in_one_sweep, weigh=one_long_product),
    "products step by step": partial(in_one_sweep, weigh=step_products),
    "outer products": partial(in_one_sweep, weigh=outer_products),
    "tensordot": partial(in_one_sweep, weigh=tensordot),
    "batched matmul": partial(in_one_sweep, weigh=batched),
    "a list": lambda *a: list(in_one_sweep(*a)),
    "float32": single(in_one_sweep),
    "from Fortran order": lambda *a: in_one_sweep(*map(np.asfortranarray, a[:-1]), a[-1]),
} | packed(in_one_sweep)

STYLES = {"truncated_bptt": TRUNCATED}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)


def test_half_is_kept_where_all_is_right_but_that_the_gradient_is_not_cut():
    result = check.truncated_bptt(lambda *a: in_one_sweep(*a[:-1], len(a[1])))
    assert result == result.maximum / 2 and result.verdicts[0].points == 3
    assert "no-cut" in str(result)
