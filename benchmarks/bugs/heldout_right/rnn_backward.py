# %% id=deltas-first-then-products style=vectorised mistakes="" origin="two passes: all deltas, then three products"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    slope = 1 - h**2
    delta = dh * slope
    for t in range(T - 2, -1, -1):
        delta[t] += (delta[t + 1] @ W_hh) * slope[t]
    before = np.concatenate([h0[np.newaxis], h[:-1]], axis=0)
    dW_xh = np.tensordot(delta, x, axes=([0, 1], [0, 1]))
    dW_hh = np.tensordot(delta, before, axes=([0, 1], [0, 1]))
    return delta @ W_xh, delta[0] @ W_hh, dW_xh, dW_hh, delta.sum((0, 1))


# %% id=one-linear-system style=vectorised mistakes="" origin="solves (I - A) delta = rhs for each sample"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    s = 1 - h * h
    delta = np.empty((T, B, H))
    for b in range(B):
        M = np.eye(T * H)
        for t in range(T - 1):
            M[t * H : (t + 1) * H, (t + 1) * H : (t + 2) * H] = -s[t, b][:, None] * W_hh.T
        delta[:, b] = np.linalg.solve(M, (dh[:, b] * s[:, b]).ravel()).reshape(T, H)
    dx = np.einsum("tbh,hd->tbd", delta, W_xh)
    dW_hh = np.einsum("bh,bk->hk", delta[0], h0) + np.einsum("tbh,tbk->hk", delta[1:], h[:-1])
    return dx, delta[0] @ W_hh, np.einsum("tbh,tbd->hd", delta, x), dW_hh, np.einsum("tbh->h", delta)


# %% id=reversed-views-and-accumulate style=functional mistakes="" origin="itertools.accumulate over reversed views"
from itertools import accumulate


def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    pairs = zip(dh[::-1], h[::-1])
    walk = accumulate(pairs, lambda d, p: (p[0] + d @ W_hh) * (1 - p[1] ** 2), initial=np.zeros(h0.shape))
    deltas = list(walk)[1:][::-1]
    befores = [h0, *h[:-1]]
    dW_xh = sum(d.T @ x_t for d, x_t in zip(deltas, x))
    dW_hh = sum(d.T @ h_p for d, h_p in zip(deltas, befores))
    db_h = sum(d.sum(0) for d in deltas)
    return np.stack([d @ W_xh for d in deltas]), deltas[0] @ W_hh, dW_xh, dW_hh, db_h


# %% id=split-in-the-middle style=recursion mistakes="" origin="divide and conquer over time"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    def back(lo, hi, arriving):
        if hi - lo == 1:
            d = (dh[lo] + arriving) * (1 - h[lo] ** 2)
            p = h[lo - 1] if lo else h0
            return [d @ W_xh], d @ W_hh, d.T @ x[lo], d.T @ p, d.sum(axis=0)
        mid = (lo + hi) // 2
        late = back(mid, hi, arriving)
        early = back(lo, mid, late[1])
        return (early[0] + late[0], early[1], *(a + b for a, b in zip(early[2:], late[2:])))

    dx, *rest = back(0, len(x), np.zeros_like(h0))
    return np.array(dx), *rest


# %% id=ported-three-axis-columns style=columns mistakes="" origin="ported from (n_x, m, T) code"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    da, X, a = (np.transpose(v, (2, 1, 0)) for v in (dh, x, h))
    a0 = h0.T
    n_x, m, T_x = X.shape
    n_a = a.shape[0]
    dx = np.zeros((n_x, m, T_x))
    dWax, dWaa, dba = np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        a_prev = a0 if t == 0 else a[:, :, t - 1]
        dtanh = (da[:, :, t] + da_prevt) * (1 - a[:, :, t] ** 2)
        dx[:, :, t] = np.dot(W_xh.T, dtanh)
        da_prevt = np.dot(W_hh.T, dtanh)
        dWax += np.dot(dtanh, X[:, :, t].T)
        dWaa += np.dot(dtanh, a_prev.T)
        dba += np.sum(dtanh, axis=1, keepdims=True)
    return dx.transpose(2, 1, 0), da_prevt.T, dWax, dWaa, dba.squeeze(axis=1)


# %% id=recorded-forward-closures style=closure mistakes="" origin="a stack of closures, popped backwards"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    grads = {"W_xh": 0, "W_hh": 0, "b_h": 0}
    tape = []
    prev = h0
    for x_t, h_t, dh_t in zip(x, h, dh):

        def undo(g, x_t=x_t, prev=prev, h_t=h_t, dh_t=dh_t):
            g = (g + dh_t) * (1 - h_t) * (1 + h_t)
            grads["W_xh"] = grads["W_xh"] + g.T @ x_t
            grads["W_hh"] = grads["W_hh"] + g.T @ prev
            grads["b_h"] = grads["b_h"] + np.ones(len(g)) @ g
            return g @ W_xh, g @ W_hh

        tape.append(undo)
        prev = h_t
    back, dx = np.zeros_like(h0), []
    while tape:
        dx_t, back = tape.pop()(back)
        dx.insert(0, dx_t)
    return np.stack(dx), back, *grads.values()
