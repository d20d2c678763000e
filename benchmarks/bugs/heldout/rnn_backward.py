# %% id=overwritten-each-turn style=loop mistakes="dW_hh keeps one step only" origin="forgotten +="
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = len(x)
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    dh_next = np.zeros_like(h0)
    for t in reversed(range(T)):
        h_prev = h[t - 1] if t > 0 else h0
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dW_xh += delta_h.T @ x[t]
        dW_hh = delta_h.T @ h_prev
        db_h += delta_h.sum(axis=0)
        dx[t] = delta_h @ W_xh
        dh_next = delta_h @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h


# %% id=minus-one-wraps-around style=loop mistakes="dW_hh reads h[-1] instead of h0 at the first step" origin="negative index"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.empty(x.shape)
    dW_xh = np.zeros(W_xh.shape)
    dW_hh = np.zeros(W_hh.shape)
    db_h = np.zeros(W_hh.shape[0])
    carry = 0
    for t in range(x.shape[0] - 1, -1, -1):
        d = (dh[t] + carry) * (1 - h[t] * h[t])
        dW_xh += np.dot(d.T, x[t])
        dW_hh += np.dot(d.T, h[t - 1])
        db_h += np.sum(d, axis=0)
        dx[t] = np.dot(d, W_xh)
        carry = np.dot(d, W_hh)
    return dx, carry, dW_xh, dW_hh, db_h


# %% id=tanh-only-for-the-output style=loop mistakes="the derivative of tanh is missing on the recurrent term" origin="misplaced bracket"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    hs = np.concatenate([h0[None], h])
    dx = np.zeros_like(x)
    dWx, dWh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    dhnext = np.zeros_like(h0)
    for t in reversed(range(x.shape[0])):
        draw = dh[t] * (1 - h[t] ** 2) + dhnext
        db += draw.sum(axis=0)
        dWx += draw.T @ x[t]
        dWh += draw.T @ hs[t]
        dx[t] = draw @ W_xh
        dhnext = draw @ W_hh
    return dx, dhnext, dWx, dWh, db


# %% id=nothing-comes-back style=loop mistakes="the gradient from the next step is left out" origin="beginner: each step for itself"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, dW_xh, dW_hh, db_h = [], 0, 0, 0
    dh_next = np.zeros(h0.shape)
    for t in range(len(h) - 1, -1, -1):
        dh_t = dh[t]
        delta_h = dh_t * (1 - h[t] ** 2)
        h_prev = h0 if t == 0 else h[t - 1]
        dW_xh = dW_xh + delta_h.T @ x[t]
        dW_hh = dW_hh + delta_h.T @ h_prev
        db_h = db_h + delta_h.sum(axis=0)
        dx.insert(0, delta_h @ W_xh)
        dh_next = delta_h @ W_hh
    return np.array(dx), dh_next, dW_xh, dW_hh, db_h


# %% id=transposed-like-forward style=loop mistakes="W_hh is transposed in dh_prev" origin="copies the transpose of the forward pass"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    gx = np.zeros_like(x)
    gWx, gWh, gb = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(H)
    back = np.zeros((B, H))
    for t in range(T)[::-1]:
        prev = h[t - 1] if t >= 1 else h0
        da = (back + dh[t]) * (1 - h[t] ** 2)
        gWx += da.T @ x[t]
        gWh += da.T @ prev
        gb += da.sum(0)
        gx[t] = da @ W_xh
        back = da @ W_hh.T
    return gx, back, gWx, gWh, gb


# %% id=last-delta-is-dh0 style=loop mistakes="dh0 is delta_h without W_hh" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    delta = np.zeros_like(h)
    T = len(h)
    delta[T - 1] = dh[T - 1] * (1 - h[T - 1] ** 2)
    for t in range(T - 2, -1, -1):
        delta[t] = (dh[t] + delta[t + 1] @ W_hh) * (1 - h[t] ** 2)
    h_prev = np.concatenate((h0[None, :, :], h[:-1]))
    dW_xh = np.einsum("tbh,tbd->hd", delta, x)
    dW_hh = np.einsum("tbh,tbg->hg", delta, h_prev)
    dh0 = delta[0]
    return delta @ W_xh, dh0, dW_xh, dW_hh, delta.sum(axis=(0, 1))


# %% id=adds-into-the-argument style=in-place mistakes="dh is changed in place" origin="performance-minded beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    prevs = [h0] + list(h[:-1])
    dx = np.zeros(x.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(h.shape[-1])
    for t in reversed(range(len(h))):
        delta_h = dh[t] * (1 - h[t] ** 2)
        dW_xh += delta_h.T @ x[t]
        dW_hh += delta_h.T @ prevs[t]
        db_h += delta_h.sum(axis=0)
        dx[t] = delta_h @ W_xh
        dh0 = delta_h @ W_hh
        if t > 0:
            dh[t - 1] += dh0
    return dx, dh0, dW_xh, dW_hh, db_h


# %% id=walks-the-wrong-way style=loop mistakes="the loop runs forwards in time" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = x.shape[0]
    dx, dWx, dWh, dbh = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    dh_next = np.zeros_like(h0)
    for t in range(T):
        h_prev = h0 if t == 0 else h[t - 1]
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dx[t] = delta_h @ W_xh
        dWx += delta_h.T @ x[t]
        dWh += delta_h.T @ h_prev
        dbh += delta_h.sum(axis=0)
        dh_next = delta_h @ W_hh
    return dx, dh_next, dWx, dWh, dbh


# %% id=step-function-one-minus-h style=class mistakes="the derivative of tanh is 1 - h" origin="forgotten square"
class Backward:
    def __init__(self, W_xh, W_hh):
        self.W_xh, self.W_hh = W_xh, W_hh
        self.dW_xh, self.dW_hh, self.db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))

    def step(self, dh_t, x_t, h_prev, h_t):
        delta = dh_t * (1 - h_t)
        self.dW_xh += delta.T @ x_t
        self.dW_hh += delta.T @ h_prev
        self.db_h += delta.sum(axis=0)
        return delta @ self.W_xh, delta @ self.W_hh

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    bw = Backward(W_xh, W_hh)
    dx, dprev = np.zeros_like(x), np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        dx[t], dprev = bw.step(dh[t] + dprev, x[t], h[t - 1] if t > 0 else h0, h[t])
    return dx, dprev, bw.dW_xh, bw.dW_hh, bw.db_h


# %% id=square-gradient-either-way style=einsum mistakes="dW_hh is transposed" origin="both products fit"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    D = np.empty_like(h)
    nxt = np.zeros_like(h0)
    for t in range(len(h))[::-1]:
        D[t] = (dh[t] + nxt) * (1 - h[t] ** 2)
        nxt = np.einsum("bh,hg->bg", D[t], W_hh)
    H = np.vstack([h0[None], h[:-1]])
    return (np.einsum("tbh,hd->tbd", D, W_xh), nxt, np.einsum("tbh,tbd->hd", D, x),
            np.einsum("tbh,tbg->gh", D, H), np.einsum("tbh->h", D))


# %% id=one-step-and-wrap-around style=loop mistakes="dW_xh keeps one step only; dW_hh reads h[-1] instead of h0 at the first step" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.zeros_like(x)
    dW_xh = np.zeros_like(W_xh)
    dW_hh = np.zeros_like(W_hh)
    db_h = np.zeros(W_hh.shape[0])
    dh_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dW_xh = delta_h.T @ x[t]
        dW_hh += delta_h.T @ h[t - 1]
        db_h += delta_h.sum(axis=0)
        dx[t] = delta_h @ W_xh
        dh_next = delta_h @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h


# %% id=no-tanh-and-new-state style=per-sample mistakes="the derivative of tanh is missing on the recurrent term; dW_hh reads h_t instead of h_prev" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, _ = x.shape
    dx, dh0 = np.zeros_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    for b in range(B):
        from_next = np.zeros(W_hh.shape[0])
        for t in range(T - 1, -1, -1):
            slope = 1 - h[t, b] ** 2
            delta = slope * dh[t, b] + from_next
            before = h0[b] if t == 0 else h[t - 1, b]
            dW_xh += np.outer(delta, x[t, b])
            dW_hh += np.outer(delta, h[t, b])
            db_h += delta
            dx[t, b] = W_xh.T @ delta
            from_next = W_hh.T @ delta
        dh0[b] = from_next
    return dx, dh0, dW_xh, dW_hh, db_h


# %% id=columns-and-mean-bias style=layout mistakes="W_hh is transposed in dh_prev; db_h is a mean over the batch" origin="course with arrays (n_a, m, T_x)"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    da, X, a0, a = dh.transpose(2, 1, 0), x.transpose(2, 1, 0), h0.T, h.transpose(2, 1, 0)
    n_a, m, T_x = da.shape
    dX = np.zeros(X.shape)
    dWax, dWaa, dba = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        a_prev = a[:, :, t - 1] if t > 0 else a0
        dtanh = (1 - a[:, :, t] ** 2) * (da[:, :, t] + da_prevt)
        dX[:, :, t] = W_xh.T @ dtanh
        dWax += dtanh @ X[:, :, t].T
        dWaa += dtanh @ a_prev.T
        dba += np.mean(dtanh, axis=1, keepdims=True)
        da_prevt = W_hh @ dtanh
    return dX.transpose(2, 1, 0), da_prevt.T, dWax, dWaa, dba[:, 0]


# %% id=zero-dh0-and-one-bias style=loop mistakes="dh0 is returned as zeros; db_h keeps one step only" origin="thinks h0 is a constant"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, dWx, dWh = np.zeros(x.shape), np.zeros(W_xh.shape), np.zeros(W_hh.shape)
    db = np.zeros(len(W_hh))
    later = np.zeros(h0.shape)
    for t in range(len(x) - 1, -1, -1):
        delta = (dh[t] + later) * (1 - h[t] ** 2)
        dx[t] = np.dot(delta, W_xh)
        dWx += np.dot(delta.T, x[t])
        dWh += np.dot(delta.T, h[t - 1] if t != 0 else h0)
        db = delta.sum(axis=0)
        later = np.dot(delta, W_hh)
    dh0 = np.zeros_like(h0)
    return dx, dh0, dWx, dWh, db


# %% id=piled-up-and-transposed style=framework mistakes="dh_next is added up over the steps; dW_hh is transposed" origin="+= everywhere"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    grads = {"W_xh": np.zeros_like(W_xh), "W_hh": np.zeros_like(W_hh), "b_h": np.zeros(W_hh.shape[0])}
    dx = np.zeros_like(x)
    dh_next = np.zeros_like(h0)
    hprev = np.roll(h, 1, axis=0)
    hprev[0] = h0
    for t in reversed(range(x.shape[0])):
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        grads["W_xh"] += delta_h.T @ x[t]
        grads["W_hh"] += hprev[t].T @ delta_h
        grads["b_h"] += delta_h.sum(axis=0)
        dx[t] = delta_h @ W_xh
        dh_next += delta_h @ W_hh
    return dx, dh_next, grads["W_xh"], grads["W_hh"], grads["b_h"]


# %% id=linear-step-wrong-derivative-input style=loop mistakes="the derivative of tanh is missing in dx; W_hh is transposed in dh_prev" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    def step_back(g, x_t, h_prev, h_t):
        delta = g * (1 - h_t ** 2)
        return g @ W_xh, delta @ W_hh.T, delta.T @ x_t, delta.T @ h_prev, delta.sum(axis=0)

    dx = np.zeros_like(x)
    totals = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])]
    g = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dx[t], g, *parts = step_back(dh[t] + g, x[t], h[t - 1] if t > 0 else h0, h[t])
        for total, part in zip(totals, parts):
            total += part
    return dx, g, *totals


# %% id=all-weights-overwritten style=loop mistakes="dW_xh keeps one step only; dW_hh keeps one step only; db_h keeps one step only" origin="forgotten +="
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db_h = 0, 0, 0
    dh_next = np.zeros_like(h0)
    for t in range(x.shape[0] - 1, -1, -1):
        prev = h[t - 1] if t > 0 else h0
        delta_h = (1 - h[t] ** 2) * (dh[t] + dh_next)
        dW_xh = delta_h.T @ x[t]
        dW_hh = delta_h.T @ prev
        db_h = np.sum(delta_h, axis=0)
        dx[t] = delta_h @ W_xh
        dh_next = delta_h @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h


# %% id=wrap-square-square style=loop mistakes="dW_hh reads h[-1] instead of h0 at the first step; W_hh is transposed in dh_prev; the derivative of tanh is 1 - h" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.zeros_like(x)
    dW_xh = np.zeros_like(W_xh)
    dW_hh = np.zeros_like(W_hh)
    db_h = np.zeros(W_hh.shape[0])
    dh_t = np.zeros_like(h0)
    for t in reversed(range(x.shape[0])):
        dh_t = dh_t + dh[t]
        da = dh_t * (1 - h[t])
        dW_xh += da.T @ x[t]
        dW_hh += da.T @ h[t - 1]
        db_h += da.sum(axis=0)
        dx[t] = da @ W_xh
        dh_t = np.dot(da, W_hh.T)
    return dx, dh_t, dW_xh, dW_hh, db_h


# %% id=new-state-mean-zero style=einsum mistakes="dW_hh reads h_t instead of h_prev; db_h is a mean over the batch; dh0 is delta_h without W_hh" origin="einsum beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    delta = np.zeros((len(h) + 1,) + h0.shape)
    for t in range(len(h) - 1, -1, -1):
        delta[t] = (dh[t] + delta[t + 1] @ W_hh) * (1 - h[t] ** 2)
    dh0 = delta[0]
    delta = delta[:-1]
    prev = np.concatenate([h0[None], h[:-1]])
    dW_xh = np.einsum("tbh,tbd->hd", delta, x)
    dW_hh = np.einsum("tbh,tbg->hg", delta, h)
    db_h = delta.mean(axis=1).sum(axis=0)
    return np.einsum("tbh,hd->tbd", delta, W_xh), dh0, dW_xh, dW_hh, db_h


# %% id=wrong-slope-in-a-step-function style=framework mistakes="the derivative of tanh is taken at h_prev; dW_hh is transposed; dW_xh keeps one step only" origin="ported from a course with rnn_cell_backward"
def rnn_cell_backward(dh_t, cache):
    x_t, h_prev, h_t, W_xh, W_hh = cache
    dz = dh_t * (1 - h_prev ** 2)
    dW_hh = h_prev.T @ dz
    return {"dx": dz @ W_xh, "dh_prev": dz @ W_hh, "dW_xh": dz.T @ x_t, "dW_hh": dW_hh, "db": dz.sum(axis=0)}

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = x.shape[0]
    caches = [(x[t], h0 if t == 0 else h[t - 1], h[t], W_xh, W_hh) for t in range(T)]
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    dh_prev = np.zeros_like(h0)
    for t in reversed(range(T)):
        g = rnn_cell_backward(dh[t] + dh_prev, caches[t])
        dx[t], dh_prev = g["dx"], g["dh_prev"]
        dW_xh = g["dW_xh"]
        dW_hh += g["dW_hh"]
        db += g["db"]
    return dx, dh_prev, dW_xh, dW_hh, db


# %% id=only-last-output-and-more style=loop mistakes="dh is read at the last step only; db_h keeps one step only; dh0 is returned as zeros" origin="many-to-one code"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.zeros_like(x)
    dWx, dWh, dbh = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    dh_next = dh[-1]
    dh0 = np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        delta = dh_next * (1 - h[t] * h[t])
        dx[t] = delta @ W_xh
        dWx += delta.T @ x[t]
        dWh += delta.T @ (h0 if t == 0 else h[t - 1])
        dbh = delta.sum(axis=0)
        dh_next = delta @ W_hh
    return dx, dh0, dWx, dWh, dbh


# %% id=recursive style=recursion mistakes="" origin="functional style"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    def go(t):
        """Return the deltas of steps t and later."""
        if t == len(h):
            return []
        later = go(t + 1)
        back = later[0] @ W_hh if later else 0
        return [(dh[t] + back) * (1 - h[t] ** 2)] + later

    delta = np.array(go(0))
    prev = np.concatenate([h0[None], h[:-1]])
    dW_xh = sum(d.T @ v for d, v in zip(delta, x))
    dW_hh = sum(d.T @ v for d, v in zip(delta, prev))
    return delta @ W_xh, delta[0] @ W_hh, dW_xh, dW_hh, delta.sum(axis=(0, 1))


# %% id=columns-time-last style=layout mistakes="" origin="course with arrays (n_a, m, T_x)"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    da = np.transpose(dh, (2, 1, 0)).copy()
    X = np.transpose(x, (2, 1, 0)).copy()
    a = np.dstack([h0.T, np.transpose(h, (2, 1, 0))])
    n_a, m, T_x = da.shape
    dX = np.zeros_like(X)
    dWax, dWaa, dba = np.zeros((n_a, X.shape[0])), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        dz = (1 - a[:, :, t + 1] ** 2) * (da[:, :, t] + da_prevt)
        dX[:, :, t] = np.dot(W_xh.T, dz)
        dWax += np.dot(dz, X[:, :, t].T)
        dWaa += np.dot(dz, a[:, :, t].T)
        dba += np.sum(dz, axis=1, keepdims=True)
        da_prevt = np.dot(W_hh.T, dz)
    return dX.transpose(2, 1, 0), da_prevt.T, dWax, dWaa, dba.squeeze()


# %% id=sample-by-sample style=per-sample mistakes="" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, dh0 = np.zeros(x.shape), np.zeros(h0.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(W_hh.shape[0])
    for b in range(h0.shape[0]):
        g = np.zeros(h0.shape[1])
        t = len(x)
        while t > 0:
            t -= 1
            g = g + dh[t, b]
            delta = g * (1 - h[t, b] ** 2)
            past = h[t - 1, b] if t > 0 else h0[b]
            for j in range(len(delta)):
                dW_xh[j, :] += delta[j] * x[t, b]
                dW_hh[j, :] += delta[j] * past
            db_h += delta
            dx[t, b] = delta @ W_xh
            g = delta @ W_hh
        dh0[b] = g
    return dx, dh0, dW_xh, dW_hh, db_h


# %% id=jacobian-products style=einsum mistakes="" origin="does it the long way"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    # J[t, b] = dh(t)/dh(t-1)
    J = (1 - h ** 2)[..., :, None] * W_hh
    g = np.zeros((len(h) + 1, *h0.shape))
    for t in range(len(h))[::-1]:
        g[t] = np.einsum("bh,bhg->bg", dh[t] + g[t + 1], J[t])
    delta = (dh + g[1:]) * (1 - h ** 2)
    before = np.concatenate((h0[None], h))[:-1]
    return (np.einsum("tbh,hd->tbd", delta, W_xh), g[0], np.tensordot(delta, x, ((0, 1), (0, 1))),
            np.tensordot(delta, before, ((0, 1), (0, 1))), np.einsum("tbh->h", delta))


# %% id=linear-system style=broadcasting mistakes="" origin="numerical analyst: one triangular solve"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    delta = np.zeros_like(h)
    for b in range(B):
        A = np.eye(T * H)
        for t in range(T - 1):
            rows, cols = slice(t * H, t * H + H), slice(t * H + H, t * H + 2 * H)
            A[rows, cols] -= (1 - h[t, b] ** 2)[:, None] * W_hh.T
        rhs = ((1 - h[:, b] ** 2) * dh[:, b]).ravel()
        delta[:, b] = np.linalg.solve(A, rhs).reshape(T, H)
    h_prev = np.append(h0[np.newaxis], h[:-1], axis=0)
    flat = delta.reshape(-1, H)
    return delta @ W_xh, delta[0] @ W_hh, flat.T @ x.reshape(T * B, -1), flat.T @ h_prev.reshape(T * B, -1), flat.sum(0)


# %% id=generator-of-deltas style=generator mistakes="" origin="functional style"
def deltas(dh, h, W_hh):
    carry = np.zeros(h.shape[1:])
    for g, s in zip(dh[::-1], h[::-1]):
        d = (g + carry) * (1 - s * s)
        carry = d @ W_hh
        yield d, carry

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    prevs = [*reversed(h[:-1]), h0]
    dx, dWx, dWh, db = [], np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    for (d, back), x_t, p in zip(deltas(dh, h, W_hh), reversed(x), prevs):
        dx = [d @ W_xh, *dx]
        dWx, dWh, db = dWx + d.T @ x_t, dWh + d.T @ p, db + d.sum(axis=0)
    return np.stack(dx), back, dWx, dWh, db


# %% id=minchar-dicts style=list mistakes="" origin="ported from min-char-rnn"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    hs = {t: h[t] for t in range(len(h))}
    hs[-1] = np.copy(h0)
    dxs = {}
    dWxh, dWhh, dbh = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros((1, len(W_hh)))
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(x))):
        dhraw = (1 - hs[t] * hs[t]) * (dh[t] + dhnext)
        dbh += dhraw.sum(axis=0, keepdims=True)
        dWxh += np.dot(dhraw.T, x[t])
        dWhh += np.dot(dhraw.T, hs[t - 1])
        dxs[t] = np.dot(dhraw, W_xh)
        dhnext = np.dot(dhraw, W_hh)
    return np.array([dxs[t] for t in range(len(x))]), dhnext, dWxh, dWhh, dbh[0]


# %% id=forward-sensitivities style=broadcasting mistakes="" origin="real-time recurrent learning"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    n = x.shape[2]
    # the sensitivity of h(t) to (W_xh, W_hh, b_h, h0), carried forwards
    S = np.zeros((B, H, H * (n + H + 1) + H))
    S[:, :, -H:] = np.eye(H)
    total = np.zeros((B, S.shape[2]))
    prev = h0
    for t in range(T):
        u = np.hstack([x[t], prev, np.ones((B, 1))])
        direct = np.einsum("ij,bk->bijk", np.eye(H), u).reshape(B, H, -1)
        S = W_hh @ S
        S[:, :, :-H] += direct
        S *= (1 - h[t] ** 2)[:, :, None]
        total += np.einsum("bh,bhp->bp", dh[t], S)
        prev = h[t]
    dW = total[:, :-H].sum(axis=0).reshape(H, n + H + 1)
    dx, g = np.zeros_like(x), np.zeros_like(h0)
    for t in range(T)[::-1]:
        g = (dh[t] + g) * (1 - h[t] ** 2)
        dx[t], g = g @ W_xh, g @ W_hh
    return dx, total[:, -H:], dW[:, :n], dW[:, n:-1], dW[:, -1]
