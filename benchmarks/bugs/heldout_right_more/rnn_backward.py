# %% id=typed-with-a-step-helper style=functional mistakes="" origin="engineer: a helper for one step, type hints, asserts"
def _step(dh_t: np.ndarray, x_t: np.ndarray, h_prev: np.ndarray, h_t: np.ndarray, W_xh, W_hh):
    delta = dh_t * (1 - h_t**2)
    return delta @ W_xh, delta @ W_hh, (delta.T @ x_t, delta.T @ h_prev, delta.sum(axis=0))


def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    """Backpropagation through time, from the last step to the first."""
    T = x.shape[0]
    assert dh.shape == h.shape and h.shape[0] == T
    dx = np.zeros(x.shape)
    sums = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])]
    from_later = np.zeros_like(h0)
    for t in reversed(range(T)):
        h_prev = h[t - 1] if t >= 1 else h0
        dx[t], from_later, shares = _step(dh[t] + from_later, x[t], h_prev, h[t], W_xh, W_hh)
        for total, share in zip(sums, shares, strict=True):
            total += share
    return dx, from_later, *sums


# %% id=reduce-with-a-state-tuple style=functional mistakes="" origin="functools.reduce over reversed steps"
from functools import reduce


def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    past = np.vstack([h0[None], h[:-1]])

    def back(state, t):
        dx, g, A, U, b = state
        d = (dh[t] + g) * (1 - h[t] * h[t])
        return [d @ W_xh, *dx], d @ W_hh, A + d.T @ x[t], U + d.T @ past[t], b + d.sum(axis=0)

    start = ([], np.zeros(h0.shape), np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(len(W_hh)))
    dx, *rest = reduce(back, range(len(x) - 1, -1, -1), start)
    return np.array(dx), *rest


# %% id=batch-first-framework style=framework mistakes="" origin="batch_first habit: everything (m, T, n) inside"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dh, x, h = (np.swapaxes(a, 0, 1) for a in (dh, x, h))
    m, T, n = h.shape
    grad_input = np.zeros(x.shape)
    grad_W, grad_U, grad_b = 0.0, 0.0, 0.0
    grad_hidden = np.zeros((m, n))
    for t in range(T - 1, -1, -1):
        grad_hidden = grad_hidden + dh[:, t]
        grad_gate = grad_hidden * (1.0 - h[:, t] * h[:, t])
        hidden_before = h0 if t == 0 else h[:, t - 1]
        grad_W = grad_W + np.einsum("mi,mj->ij", grad_gate, x[:, t])
        grad_U = grad_U + np.einsum("mi,mj->ij", grad_gate, hidden_before)
        grad_b = grad_b + grad_gate.sum(axis=0)
        grad_input[:, t] = grad_gate @ W_xh
        grad_hidden = grad_gate @ W_hh
    return np.swapaxes(grad_input, 0, 1), grad_hidden, grad_W, grad_U, grad_b


# %% id=deltas-yielded-backwards style=generator mistakes="" origin="a generator yields the deltas from the last to the first"
def _deltas(dh, h, W_hh):
    arriving = np.zeros(h[0].shape)
    for dh_t, h_t in zip(dh[::-1], h[::-1]):
        delta = (dh_t + arriving) * (1 - np.power(h_t, 2))
        yield delta
        arriving = delta.dot(W_hh)


def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    delta = np.stack(list(_deltas(dh, h, W_hh)))[::-1]
    rows = delta.reshape(-1, delta.shape[2])
    before = np.concatenate((h0[np.newaxis], h[:-1])).reshape(rows.shape)
    dx = rows.dot(W_xh).reshape(x.shape)
    return dx, delta[0].dot(W_hh), rows.T.dot(x.reshape(len(rows), -1)), rows.T.dot(before), rows.sum(axis=0)


# %% id=all-paths-by-jacobians style=einsum mistakes="" origin="the Jacobian from every step to every earlier one"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    total = np.zeros((T, B, H))  # the whole gradient at h[t]
    for s in range(T):
        g = dh[s]
        for t in range(s, -1, -1):
            total[t] += g
            g = np.einsum("bh,bh,hk->bk", g, 1 - h[t] ** 2, W_hh)
    delta = total * (1 - h**2)
    previous = np.empty_like(h)
    previous[0], previous[1:] = h0, h[:-1]
    return (
        np.einsum("tbh,hd->tbd", delta, W_xh),
        np.einsum("bh,hk->bk", delta[0], W_hh),
        np.einsum("tbh,tbd->hd", delta, x),
        np.einsum("tbh,tbk->hk", delta, previous),
        np.einsum("tbh->h", delta),
    )


# %% id=scalars-all-the-way style=loop mistakes="" origin="C programmer: loops over steps, samples and units"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, D = x.shape
    H = h0.shape[1]
    dx, dh0 = np.zeros((T, B, D)), np.zeros((B, H))
    dW, dU, db = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    for b in range(B):
        carry = [0.0] * H
        for t in range(T - 1, -1, -1):
            nxt = [0.0] * H
            for j in range(H):
                d = (dh[t, b, j] + carry[j]) * (1.0 - h[t, b, j] ** 2)
                db[j] += d
                for i in range(D):
                    dW[j, i] += d * x[t, b, i]
                    dx[t, b, i] += d * W_xh[j, i]
                for k in range(H):
                    dU[j, k] += d * (h[t - 1, b, k] if t > 0 else h0[b, k])
                    nxt[k] += d * W_hh[j, k]
            carry = nxt
        dh0[b] = carry
    return dx, dh0, dW, dU, db


# %% id=accumulator-dataclass style=class mistakes="" origin="a dataclass that sums the gradients"
from dataclasses import dataclass


@dataclass
class Gradients:
    W_xh: np.ndarray
    W_hh: np.ndarray
    b_h: np.ndarray

    def __iadd__(self, other):
        self.W_xh += other.W_xh
        self.W_hh += other.W_hh
        self.b_h += other.b_h
        return self


def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    grads = Gradients(np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(W_hh[0]))
    dx, dh_next, t = np.zeros_like(x), np.zeros_like(h0), len(x)
    while (t := t - 1) >= 0:
        delta = (dh[t] + dh_next) * (1 - h[t] ** 2)
        grads += Gradients(delta.T @ x[t], delta.T @ (h[t - 1] if t else h0), delta.sum(axis=0))
        dx[t], dh_next = delta @ W_xh, delta @ W_hh
    return dx, dh_next, grads.W_xh, grads.W_hh, grads.b_h


# %% id=stack-of-one-weight style=vectorised mistakes="" origin="[x, h, 1] of all steps and one stacked weight matrix"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, D = x.shape
    H = h0.shape[1]
    v = np.ones((T, B, D + H + 1))
    v[:, :, :D] = x
    v[0, :, D:-1], v[1:, :, D:-1] = h0, h[:-1]
    W = np.column_stack((W_xh, W_hh, np.zeros(H)))
    dv, dW = np.zeros_like(v), np.zeros_like(W)
    later = np.zeros((B, H))
    for dv_t, v_t, dh_t, h_t in zip(dv[::-1], v[::-1], dh[::-1], h[::-1]):
        delta = (dh_t + later) * (1 - h_t**2)
        dv_t[...] = delta @ W
        dW += delta.T @ v_t
        later = dv_t[:, D : D + H]
    dW_xh, dW_hh, db_h = np.hsplit(dW, [D, D + H])
    return dv[..., :D], dv[0, :, D:-1], dW_xh, dW_hh, np.squeeze(db_h, axis=1)
