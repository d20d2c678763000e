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

# %% id=unrolled-by-recursion style=recursive mistakes="" origin="student who knows Lisp"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    def back(t, coming):
        if t < 0:
            return [], coming
        delta = (dh[t] + coming) * (1 - h[t] ** 2)
        earlier, dh0 = back(t - 1, delta @ W_hh)
        return earlier + [delta], dh0

    deltas, dh0 = back(len(h) - 1, np.zeros_like(h0))
    prevs = [h0, *h[:-1]]
    dW_xh = sum(d.T @ v for d, v in zip(deltas, x))
    dW_hh = sum(d.T @ v for d, v in zip(deltas, prevs))
    return np.array([d @ W_xh for d in deltas]), dh0, dW_xh, dW_hh, sum(d.sum(axis=0) for d in deltas)

# %% id=accumulate-backwards style=functional mistakes="" origin="functional programmer"
from itertools import accumulate

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    slopes = 1 - h * h
    pairs = list(zip(dh, slopes))[::-1]
    first = pairs[0][0] * pairs[0][1]
    walk = accumulate(pairs[1:], lambda d, p: (p[0] + d.dot(W_hh)) * p[1], initial=first)
    delta = np.stack(list(walk)[::-1])
    before = np.insert(h, 0, h0, axis=0)[:-1]
    pair = lambda u: np.tensordot(delta, u, ((0, 1), (0, 1)))
    return np.inner(delta, W_xh.T), delta[0].dot(W_hh), pair(x), pair(before), delta.sum(axis=1).sum(axis=0)

# %% id=module-with-grad-fields style=class mistakes="" origin="ported from a module with .grad"
class Parameter:
    def __init__(self, data):
        self.data, self.grad = data, np.zeros_like(data)

class RNN:
    def __init__(self, W_xh, W_hh):
        self.i2h, self.h2h, self.bias = Parameter(W_xh), Parameter(W_hh), Parameter(np.zeros(W_hh.shape[0]))

    def backward(self, grads, inputs, states):
        carry, input_grads = np.zeros_like(states[0]), []
        for k in range(len(grads), 0, -1):
            pre = (grads[k - 1] + carry) * (1 - states[k] ** 2)
            self.i2h.grad += pre.T @ inputs[k - 1]
            self.h2h.grad += pre.T @ states[k - 1]
            self.bias.grad += pre.sum(axis=0)
            input_grads.insert(0, pre @ self.i2h.data)
            carry = pre @ self.h2h.data
        return np.stack(input_grads), carry

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    net = RNN(W_xh, W_hh)
    dx, dh0 = net.backward(dh, x, np.concatenate((h0[None], h)))
    return dx, dh0, net.i2h.grad, net.h2h.grad, net.bias.grad

# %% id=every-pair-of-steps style=double-loop mistakes="" origin="the formula with the product of Jacobians"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, H = h.shape
    delta, dh0 = np.zeros((T, B, H)), np.zeros((B, H))
    for s in range(T):
        g = dh[s].copy()
        for t in range(s, -1, -1):
            g = g * (1 - h[t] ** 2)
            delta[t] += g
            g = np.einsum("bj,ji->bi", g, W_hh)
        dh0 += g
    hp = np.roll(h, 1, axis=0)
    hp[0] = h0
    return np.einsum("tbj,ji->tbi", delta, W_xh), dh0, np.einsum("tbj,tbi->ji", delta, x), np.einsum("tbj,tbi->ji", delta, hp), np.einsum("tbj->j", delta)

# %% id=no-gradient-through-time style=loop mistakes="the gradient from the next step is left out" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    gx, gWx, gWh, gb = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(h0.shape[1])
    g_next = np.zeros_like(h0)
    for t in range(len(x) - 1, -1, -1):
        g = dh[t]
        ga = g * (1 - h[t] ** 2)
        last = h[t - 1] if t else h0
        gWx, gWh, gb = gWx + ga.T @ x[t], gWh + ga.T @ last, gb + ga.sum(0)
        gx[t] = ga @ W_xh
        g_next = ga @ W_hh
    return gx, g_next, gWx, gWh, gb

# %% id=slope-of-the-wrong-neighbour style=layout mistakes="the derivative of tanh is taken at h_prev" origin="ported from (n_x, m, T) code"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, m, n_x = x.shape
    a = [h0.T] + [s.T for s in h]
    dWax, dWaa, dba = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros((W_hh.shape[0], 1))
    dxs, da = [None] * T, np.zeros_like(h0.T)
    for t in range(T, 0, -1):
        dz = (dh[t - 1].T + da) * (1 - a[t - 1] ** 2)
        dxs[t - 1] = (W_xh.T @ dz).T
        dWax += dz @ x[t - 1]
        dWaa += dz @ a[t - 1].T
        dba += dz.sum(axis=1, keepdims=True)
        da = W_hh.T @ dz
    return np.array(dxs), da.T, dWax, dWaa, dba[:, 0]

# %% id=one-step-short style=vectorised mistakes="the loop stops before the first step" origin="off by one in range"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = x.shape[0]
    delta, dnext = np.zeros_like(h), np.zeros_like(h0)
    for t in range(T - 1, 0, -1):
        delta[t] = (dh[t] + dnext) * (1 - h[t] ** 2)
        dnext = delta[t] @ W_hh
    prev = np.concatenate([h0[None, ...], h[:-1]], axis=0)
    return delta @ W_xh, dnext, np.einsum("tbi,tbj->ij", delta, x), np.einsum("tbi,tbj->ij", delta, prev), np.sum(delta, axis=(0, 1))

# %% id=bptt-class-flipped-dW-batch-mean style=class mistakes="dW_hh is transposed; dW_xh is a mean over the batch" origin="beginner"
class Grads:
    def __init__(self, W, U):
        self.W, self.U, self.b = np.zeros(W.shape), np.zeros(U.shape), np.zeros(U.shape[0])

    def add(self, d, inp, prev):
        self.W += d.T.dot(inp) / len(inp)
        self.U += prev.T.dot(d)
        self.b += d.sum(axis=0)

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    G, back, dx = Grads(W_xh, W_hh), 0.0, np.empty(x.shape)
    for t, (inp, out) in reversed(list(enumerate(zip(x, h)))):
        d = (1 - out**2) * (dh[t] + back)
        G.add(d, inp, h[t - 1] if t > 0 else h0)
        dx[t], back = d.dot(W_xh), d.dot(W_hh)
    return dx, back, G.W, G.U, G.b

# %% id=not-squared-and-one-step-of-dW style=einsum mistakes="the derivative of tanh is 1 - h; dW_xh keeps one step only" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    hs = np.concatenate([h0[None], h])
    dx, dWx, dWh, db = np.zeros_like(x), 0, 0, 0
    g = np.zeros_like(h0)
    for t in np.arange(len(x))[::-1]:
        a = (dh[t] + g) * (1 - hs[t + 1])
        dWx = np.einsum("bi,bj->ij", a, x[t])
        dWh += np.einsum("bi,bj->ij", a, hs[t])
        db += np.einsum("bi->i", a)
        dx[t] = np.einsum("bi,ij->bj", a, W_xh)
        g = np.einsum("bi,ij->bj", a, W_hh)
    return dx, g, dWx, dWh, db

# %% id=three-in-the-sample-loop style=per-sample mistakes="W_hh is transposed on the way back; dx has the wrong sign; db_h sums the gradients before tanh" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, D = x.shape
    dx, dh0, dWx, dWh, db = np.zeros((T, B, D)), np.zeros_like(h0), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    for n in range(B):
        future = np.zeros(W_hh.shape[0])
        for t in reversed(range(T)):
            total = dh[t, n] + future
            dt = total * (1 - h[t, n] ** 2)
            dWx += np.outer(dt, x[t, n])
            dWh += np.outer(dt, h[t - 1, n] if t else h0[n])
            db += total
            dx[t, n] = -np.dot(W_xh.T, dt)
            future = np.dot(W_hh, dt)
        dh0[n] = future
    return dx, dh0, dWx, dWh, db

# %% id=carry-grows-h0-zero-next-x style=framework mistakes="dh_next is added up over the steps; h0 is taken as zero in dW_hh; dW_xh uses the input of the step before" origin="ported from min-char-rnn"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    hs = {t: h[t] for t in range(len(h))}
    hs[-1] = np.zeros_like(h0)
    dWxh, dWhh, dbh, dx = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh)), np.zeros_like(x)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(x))):
        dy = dh[t] + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dy
        dbh += dhraw.sum(axis=0)
        dWxh += np.dot(dhraw.T, x[max(t - 1, 0)])
        dWhh += np.dot(dhraw.T, hs[t - 1])
        dx[t] = np.dot(dhraw, W_xh)
        dhnext = dhnext + np.dot(dhraw, W_hh)
    return dx, dhnext, dWxh, dWhh, dbh
