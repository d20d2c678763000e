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

# %% id=slope-on-the-output-part-only style=vectorised mistakes="the derivative of tanh multiplies dh[t] only, not what comes from the next step" origin="bracket forgotten"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T = len(x)
    dx, dh_next = np.empty_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    before = np.concatenate((h0[np.newaxis], h[:-1]))
    for t in range(T - 1, -1, -1):
        delta = dh[t] * (1 - h[t] ** 2) + dh_next
        dx[t] = delta @ W_xh
        dW_xh += delta.T @ x[t]
        dW_hh += delta.T @ before[t]
        db_h += delta.sum(axis=0)
        dh_next = delta @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h

# %% id=inputs-in-reverse-order style=list mistakes="dx is collected from the last step to the first and not turned round" origin="append in a reversed loop"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    states = [h0, *h]
    flow, dxs = np.zeros_like(h0), []
    grads = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))]
    for t in reversed(range(len(dh))):
        g = (dh[t] + flow) * (1 - states[t + 1] ** 2)
        dxs.append(g @ W_xh)
        for total, part in zip(grads, (g.T @ x[t], g.T @ states[t], g.sum(axis=0))):
            total += part
        flow = g @ W_hh
    return np.stack(dxs), flow, *grads

# %% id=wraps-round-to-the-end style=dict mistakes="at the first step h[t-1] is h[-1], the last state, where h0 belongs" origin="negative index"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    d = {"Wx": np.zeros(W_xh.shape), "Wh": np.zeros(W_hh.shape), "b": np.zeros(W_hh.shape[0])}
    d["x"] = np.zeros(x.shape)
    carry = np.zeros(h0.shape)
    for t in reversed(range(x.shape[0])):
        raw = (1 - h[t] * h[t]) * (dh[t] + carry)
        d["b"] += raw.sum(0)
        d["Wx"] += np.dot(raw.T, x[t])
        d["Wh"] += np.dot(raw.T, h[t - 1])
        d["x"][t] = np.dot(raw, W_xh)
        carry = np.dot(raw, W_hh)
    return d["x"], carry, d["Wx"], d["Wh"], d["b"]

# %% id=carry-adds-up style=class mistakes="dh_next is added to with += instead of replaced, so a gradient skips steps" origin="everything accumulates"
class BPTT:
    def __init__(self, W_xh, W_hh, h0):
        self.W_xh, self.W_hh = W_xh, W_hh
        self.dW_xh, self.dW_hh, self.db = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(len(W_hh))
        self.dh_next = np.zeros(h0.shape)

    def step(self, dh_t, x_t, h_prev, h_t):
        delta = (dh_t + self.dh_next) * (1 - h_t**2)
        self.dW_xh += delta.T @ x_t
        self.dW_hh += delta.T @ h_prev
        self.db += delta.sum(axis=0)
        self.dh_next += delta @ self.W_hh
        return delta @ self.W_xh

def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    bptt, dx = BPTT(W_xh, W_hh, h0), np.zeros(x.shape)
    for t in range(len(x))[::-1]:
        dx[t] = bptt.step(dh[t], x[t], h[t - 1] if t > 0 else h0, h[t])
    return dx, bptt.dh_next, bptt.dW_xh, bptt.dW_hh, bptt.db

# %% id=stops-before-the-first-step style=loop mistakes="the loop ends at t = 1, the first step gets no backward pass" origin="range(T - 1, 0, -1)"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, D = x.shape
    H = h0.shape[1]
    dx, dh_next = np.zeros((T, B, D)), np.zeros((B, H))
    dW_xh, dW_hh, db_h = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    for t in range(T - 1, 0, -1):
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dW_xh += np.dot(delta_h.T, x[t])
        dW_hh += np.dot(delta_h.T, h[t - 1])
        db_h += np.sum(delta_h, axis=0)
        dx[t] = np.dot(delta_h, W_xh)
        dh_next = np.dot(delta_h, W_hh)
    return dx, dh_next, dW_xh, dW_hh, db_h

# %% id=delta-goes-back-as-it-is style=recursive mistakes="delta_h is passed to the step before without W_hh" origin="residual connection in mind"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    prev = np.concatenate([h0[None], h[:-1]])

    def back(t, come):
        if t < 0:
            return [], come
        delta = (dh[t] + come) * (1 - h[t] ** 2)
        deltas, first = back(t - 1, delta)
        return deltas + [delta], first

    deltas, dh0 = back(len(x) - 1, np.zeros_like(h0))
    deltas = np.stack(deltas)
    dW_xh = np.tensordot(deltas, x, axes=([0, 1], [0, 1]))
    dW_hh = np.tensordot(deltas, prev, axes=([0, 1], [0, 1]))
    return deltas @ W_xh, dh0, dW_xh, dW_hh, deltas.sum(axis=(0, 1))

# %% id=all-at-the-end-with-the-new-state style=einsum mistakes="dW_hh is built with h^(t) instead of h^(t-1)" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    slope = 1 - h**2
    delta = np.zeros_like(h)
    flow = np.zeros_like(h0)
    for t in range(len(h) - 1, -1, -1):
        delta[t] = slope[t] * (dh[t] + flow)
        flow = np.einsum("bh,hk->bk", delta[t], W_hh)
    dW_hh = np.einsum("tbh,tbk->hk", delta, h)
    dW_xh = np.einsum("tbh,tbd->hd", delta, x)
    dx = np.einsum("tbh,hd->tbd", delta, W_xh)
    return dx, flow, dW_xh, dW_hh, np.einsum("tbh->h", delta)

# %% id=turned-back-last-bias style=layout mistakes="W_hh is transposed on the way back; db_h is overwritten at each step" origin="ported from (n_x, m, T) code"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    X, A, dA = (np.moveaxis(v, 0, -1).swapaxes(0, 1) for v in (x, h, dh))
    T = X.shape[2]
    dX = np.zeros(X.shape)
    dWax, dWaa, da_prevt = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(h0.T.shape)
    dba = np.zeros(len(W_hh))
    for t in reversed(range(T)):
        a_prev = A[:, :, t - 1] if t > 0 else h0.T
        dtanh = (1 - A[:, :, t] ** 2) * (dA[:, :, t] + da_prevt)
        dX[:, :, t] = W_xh.T @ dtanh
        dWax += dtanh @ X[:, :, t].T
        dWaa += dtanh @ a_prev.T
        dba = dtanh.sum(axis=1)
        da_prevt = W_hh @ dtanh
    return dX.transpose(2, 1, 0), da_prevt.T, dWax, dWaa, dba

# %% id=walks-forwards-with-gate-slope style=vectorised mistakes="the loop runs from the first step to the last; the derivative is that of a sigmoid, h (1 - h)" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx = np.zeros(x.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(h.shape[-1])
    dh_next = np.zeros(h0.shape)
    for t in range(len(x)):
        h_prev = h0 if t == 0 else h[t - 1]
        dh_t = dh[t] + dh_next
        delta_h = dh_t * h[t] * (1 - h[t])
        dx[t] = delta_h @ W_xh
        dW_xh += delta_h.T @ x[t]
        dW_hh += delta_h.T @ h_prev
        db_h += delta_h.sum(axis=0)
        dh_next = delta_h @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h

# %% id=dh0-is-delta-batch-mean style=per-sample mistakes="dh0 is delta_h of the first step, without W_hh; dW_hh is averaged over the batch" origin="beginner"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    T, B, _ = x.shape
    dx, dh0 = np.zeros_like(x), np.zeros_like(h0)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    for n in range(B):
        track = np.vstack([h0[n], h[:, n]])
        back = np.zeros(len(W_hh))
        for t in range(T - 1, -1, -1):
            delta = (dh[t, n] + back) * (1 - track[t + 1] ** 2)
            dx[t, n] = delta @ W_xh
            dW_xh += np.outer(delta, x[t, n])
            dW_hh += np.outer(delta, track[t])
            db_h += delta
            back = delta @ W_hh
        dh0[n] = delta
    return dx, dh0, dW_xh, dW_hh / B, db_h

# %% id=no-flow-averaged-overwritten style=min-char mistakes="nothing is carried back from the next step; dW_xh is overwritten at each step; db_h is a mean over time" origin="ported from min-char-rnn with slips"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    hs = {-1: h0, **dict(enumerate(h))}
    dWxh, dWhh, dbh = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    dx, dhnext = np.zeros_like(x), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dhraw = (1 - hs[t] * hs[t]) * dh[t]
        dbh += dhraw.sum(axis=0)
        dWxh = np.dot(dhraw.T, x[t])
        dWhh += np.dot(dhraw.T, hs[t - 1])
        dx[t] = np.dot(dhraw, W_xh)
        dhnext = np.dot(dhraw, W_hh)
    return dx, dhnext, dWxh, dWhh, dbh / len(x)

# %% id=tape-with-three style=tape mistakes="the derivative of tanh is missing; the state before the first step is taken as zero in dW_hh; dx is made from dh[t] alone, without what comes from the next step" origin="own autograd, first try"
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    tape = []
    prev = np.zeros_like(h0)
    for x_t, h_t in zip(x, h):
        tape.append((x_t, prev, h_t))
        prev = h_t
    gW, gU, gb, g = 0, 0, 0, np.zeros_like(h0)
    dx = np.zeros_like(x)
    while tape:
        x_t, prev, h_t = tape.pop()
        t = len(tape)
        slope = np.ones_like(h_t)
        g = (dh[t] + g) * slope
        gW, gU, gb = gW + g.T @ x_t, gU + g.T @ prev, gb + g.sum(axis=0)
        dx[t] = (dh[t] * slope) @ W_xh
        g = g @ W_hh
    return dx, g, gW, gU, gb
