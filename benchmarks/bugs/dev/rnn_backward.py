# %% id=equals-for-plus-equals style=loop mistakes="dW_hh keeps one step only" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = x.shape[0]
    dx, dW_xh, dW_hh, db_h = np.zeros(x.shape), np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(W_hh.shape[0])
    carry = np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        prev = h0 if t == 0 else h[t - 1]
        da = (dh[t] + carry) * (1 - h[t] * h[t])
        dW_xh += da.T.dot(x[t])
        dW_hh = da.T.dot(prev)
        db_h += da.sum(0)
        dx[t] = da.dot(W_xh)
        carry = da.dot(W_hh)
    return dx, carry, dW_xh, dW_hh, db_h

# %% id=bracket-in-the-wrong-place style=vectorised mistakes="the derivative of tanh is missing on the recurrent term" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    delta = np.zeros_like(h)
    back = 0
    for t in reversed(range(len(h))):
        delta[t] = dh[t] * (1 - h[t] ** 2) + back
        back = delta[t] @ W_hh
    before = np.concatenate([h0[None], h[:-1]])
    dW_xh = np.tensordot(delta, x, axes=([0, 1], [0, 1]))
    dW_hh = np.tensordot(delta, before, axes=([0, 1], [0, 1]))
    return delta @ W_xh, back, dW_xh, dW_hh, delta.sum((0, 1))

# %% id=ignores-h0-mean-bias style=einsum mistakes="h0 is ignored; db_h is a mean over the batch" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    deltas = np.empty((T, B, H))
    dnext = np.zeros((B, H))
    for t in range(T)[::-1]:
        deltas[t] = (dnext + dh[t]) * (1.0 - np.square(h[t]))
        dnext = np.einsum("bh,hk->bk", deltas[t], W_hh)
    past = np.zeros_like(h)
    past[1:] = h[:-1]
    return (
        np.einsum("tbh,hd->tbd", deltas, W_xh),
        dnext,
        np.einsum("tbh,tbd->hd", deltas, x),
        np.einsum("tbh,tbk->hk", deltas, past),
        deltas.mean(axis=1).sum(axis=0),
    )

# %% id=h-of-this-step-transposed-W-last-bias style=framework mistakes="W_hh is transposed on the way back; dW_hh is built with h_t; db_h keeps one step only" origin="beginner"
def step_backward(dh_t, cache):
    x_t, h_t, W_xh, W_hh = cache
    dtanh = dh_t * (1 - h_t**2)
    return dtanh @ W_xh, dtanh @ W_hh.T, dtanh.T @ x_t, dtanh.T @ h_t, dtanh.sum(axis=0)

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    grads = {"dx": np.zeros_like(x), "dWx": 0, "dWh": 0}
    dprev = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        grads["dx"][t], dprev, dWx, dWh, db = step_backward(dh[t] + dprev, (x[t], h[t], W_xh, W_hh))
        grads["dWx"] += dWx
        grads["dWh"] += dWh
        grads["db"] = db
    return grads["dx"], dprev, grads["dWx"], grads["dWh"], grads["db"]

# %% id=deltas-first style=vectorised mistakes="" origin="lecture notes"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    delta = np.zeros((T + 1, B, H))
    for t in range(T - 1, -1, -1):
        delta[t] = (1 - h[t] ** 2) * (dh[t] + delta[t + 1] @ W_hh)
    d = delta[:T].reshape(T * B, H)
    before = np.vstack([h0[np.newaxis], h])[:T].reshape(T * B, H)
    return (d @ W_xh).reshape(x.shape), delta[0] @ W_hh, d.T @ x.reshape(T * B, -1), d.T @ before, d.sum(axis=0)

# %% id=columns style=layout mistakes="" origin="ported from (n_x, m, T) code"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    da, X, A = dh.transpose(2, 1, 0), x.transpose(2, 1, 0), h.transpose(2, 1, 0)
    dX, dWax, dWaa, dba = np.zeros(X.shape), 0.0, 0.0, 0.0
    da_prev = np.zeros(h0.T.shape)
    for t in reversed(range(X.shape[2])):
        dz = (da[:, :, t] + da_prev) * (1 - A[:, :, t] ** 2)
        a_before = A[:, :, t - 1] if t else h0.T
        dX[:, :, t] = W_xh.T @ dz
        dWax = dWax + dz @ X[:, :, t].T
        dWaa = dWaa + dz @ a_before.T
        dba = dba + dz.sum(axis=1)
        da_prev = W_hh.T @ dz
    return dX.transpose(2, 1, 0), da_prev.T, dWax, dWaa, dba

# %% id=sample-after-sample style=per-sample mistakes="" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, _ = x.shape
    dx, dh0 = np.zeros_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    for b in range(B):
        g = np.zeros(len(W_hh))
        for t in range(T - 1, -1, -1):
            d = (g + dh[t, b]) * (1 - h[t, b] ** 2)
            dW_xh += np.outer(d, x[t, b])
            dW_hh += np.outer(d, h[t - 1, b] if t >= 1 else h0[b])
            db_h += d
            dx[t, b] = W_xh.T @ d
            g = W_hh.T @ d
        dh0[b] = g
    return dx, dh0, dW_xh, dW_hh, db_h
