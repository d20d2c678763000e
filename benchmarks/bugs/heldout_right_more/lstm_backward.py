# %% id=typed-step-by-step style=functional mistakes="" origin="engineer: a step function and sums, type hints, asserts"
def _sigmoid(a):
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def _back(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v = np.concatenate([h_prev, x_t], axis=1)
    f, i, o = _sigmoid(v @ W_f.T + b_f), _sigmoid(v @ W_i.T + b_i), _sigmoid(v @ W_o.T + b_o)
    g, s = np.tanh(v @ W_c.T + b_c), np.tanh(c_t)
    dc_t = dc_t + dh_t * o * (1 - s**2)
    deltas = [dc_t * c_prev * f * (1 - f), dc_t * g * i * (1 - i), dc_t * i * (1 - g**2), dh_t * s * o * (1 - o)]
    dv = np.zeros_like(v)
    for delta, W in zip(deltas, (W_f, W_i, W_c, W_o), strict=True):
        dv += delta @ W
    H = h_prev.shape[1]
    return dv[:, H:], dv[:, :H], dc_t * f, [d.T @ v for d in deltas] + [d.sum(axis=0) for d in deltas]


def lstm_backward(dh, x, h0, c0, h, c, params):
    assert dh.shape == h.shape == c.shape
    dx = np.zeros(x.shape)
    sums = [np.zeros(p.shape) for p in params]
    dh_next, dc_next = np.zeros(h0.shape), np.zeros(c0.shape)
    for t in range(len(x) - 1, -1, -1):
        h_prev, c_prev = (h[t - 1], c[t - 1]) if t else (h0, c0)
        dx[t], dh_next, dc_next, shares = _back(dh[t] + dh_next, dc_next, x[t], h_prev, c_prev, c[t], params)
        sums = [a + b for a, b in zip(sums, shares, strict=True)]
    return dx, dh_next, dc_next, *sums


# %% id=reduce-over-time style=functional mistakes="" origin="functools.reduce with the gradients in a list"
from functools import reduce


def lstm_backward(dh, x, h0, c0, h, c, params):
    W, b = np.array(params[:4]), np.array(params[4:])
    H = h0.shape[1]
    before_h, before_c = np.vstack([h0[None], h[:-1]]), np.vstack([c0[None], c[:-1]])

    def back(carried, t):
        gh, gc, rows, dW, db = carried
        v = np.hstack([before_h[t], x[t]])
        a = v @ W.transpose(0, 2, 1) + b[:, None]  # (4, B, H)
        s, n, k = (1 + np.tanh(a / 2)) / 2, np.tanh(a[2]), np.tanh(c[t])
        gh = gh + dh[t]
        gc = gc + gh * s[3] * (1 - k * k)
        d = np.array([gc * before_c[t], gc * n, gc * s[1], gh * k])
        d[[0, 1, 3]] *= s[[0, 1, 3]] * (1 - s[[0, 1, 3]])
        d[2] *= 1 - n * n
        dv = np.matmul(d, W).sum(axis=0)
        return dv[:, :H], gc * s[0], [dv[:, H:], *rows], dW + np.swapaxes(d, 1, 2) @ v, db + d.sum(axis=1)

    zeros = np.zeros(h0.shape)
    gh, gc, rows, dW, db = reduce(back, range(len(x))[::-1], (zeros, zeros, [], np.zeros(W.shape), np.zeros(b.shape)))
    return np.stack(rows), gh, gc, *dW, *db


# %% id=layer-with-caches style=class mistakes="" origin="a layer: forward fills a list of caches, backward empties it"
class LSTMLayer:
    def __init__(self, params):
        self.p = params
        self.grads = {name: np.zeros_like(value) for name, value in zip(params._fields, params)}
        self.caches = []

    def gate(self, k, v):
        a = v.dot(getattr(self.p, "W_" + k).T) + getattr(self.p, "b_" + k)
        return np.tanh(a) if k == "c" else np.exp(-np.logaddexp(0, -a))

    def remember(self, x_t, h_prev, c_prev, c_t):
        v = np.concatenate((h_prev, x_t), axis=1)
        self.caches.append((v, {k: self.gate(k, v) for k in "fico"}, c_prev, np.tanh(c_t)))

    def backward(self, dh_t, dc_t):
        v, y, c_prev, tanh_c = self.caches.pop()
        dc_t = dc_t + dh_t * y["o"] * (1 - tanh_c**2)
        arriving = {"f": dc_t * c_prev, "i": dc_t * y["c"], "c": dc_t * y["i"], "o": dh_t * tanh_c}
        dv = 0
        for k, g in arriving.items():
            delta = g * ((1 - y[k] ** 2) if k == "c" else y[k] * (1 - y[k]))
            self.grads["W_" + k] += delta.T.dot(v)
            self.grads["b_" + k] += delta.sum(axis=0)
            dv = dv + delta.dot(getattr(self.p, "W_" + k))
        n = dh_t.shape[1]
        return dv[:, n:], dv[:, :n], dc_t * y["f"]


def lstm_backward(dh, x, h0, c0, h, c, params):
    layer = LSTMLayer(params)
    for step in zip(x, (h0, *h), (c0, *c), c):
        layer.remember(*step)
    dx, dh_next, dc_next = [], 0.0, 0.0
    for dh_t in reversed(dh):
        dx_t, dh_next, dc_next = layer.backward(dh_t + dh_next, dc_next)
        dx.append(dx_t)
    return np.array(dx[::-1]), dh_next, dc_next, *layer.grads.values()


# %% id=deltas-into-one-tensor style=einsum mistakes="" origin="(4, T, B, H) of gates and of deltas, sums by einsum"
def lstm_backward(dh, x, h0, c0, h, c, params):
    T, B, H = h.shape
    W, b = np.stack(params[:4]), np.stack(params[4:])
    hp, cp = np.concatenate([h0[None], h])[:-1], np.concatenate([c0[None], c])[:-1]
    v = np.concatenate([hp, x], axis=-1)
    a = np.einsum("tbj,ghj->gtbh", v, W) + b[:, None, None]
    f, i, _, o = 0.5 * np.tanh(0.5 * a) + 0.5
    n, s = np.tanh(a[2]), np.tanh(c)
    # what each delta is, for a gradient of 1 at c (the first three) or at h (the last)
    unit = np.stack([cp * f * (1 - f), n * i * (1 - i), i * (1 - n**2), s * o * (1 - o)])
    through = o * (1 - s**2)
    delta = np.empty_like(unit)
    gh, gc = np.zeros((B, H)), np.zeros((B, H))
    for t in range(T - 1, -1, -1):
        gh = gh + dh[t]
        gc = gc + gh * through[t]
        delta[:3, t] = gc * unit[:3, t]
        delta[3, t] = gh * unit[3, t]
        gh = np.einsum("gbh,ghk->bk", delta[:, t], W[:, :, :H])
        gc = gc * f[t]
    dx = np.einsum("gtbh,ghd->tbd", delta, W[:, :, H:])
    return dx, gh, gc, *np.einsum("gtbh,tbj->ghj", delta, v), *np.einsum("gtbh->gh", delta)


# %% id=batch-first-framework style=framework mistakes="" origin="batch_first habit, gates in the order i f g o inside"
def lstm_backward(dh, x, h0, c0, h, c, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    grad_out, inp, hid, cel = (np.moveaxis(a, 0, 1) for a in (dh, x, h, c))
    weight, bias = np.concatenate([W_i, W_f, W_c, W_o]), np.concatenate([b_i, b_f, b_c, b_o])
    N, L, H = hid.shape
    grad_w, grad_b, grad_in = np.zeros_like(weight), np.zeros_like(bias), np.zeros(inp.shape)
    grad_h, grad_c = np.zeros((N, H)), np.zeros((N, H))
    for t in range(L)[::-1]:
        h_1, c_1 = (hid[:, t - 1], cel[:, t - 1]) if t > 0 else (h0, c0)
        z = np.concatenate([h_1, inp[:, t]], axis=1)
        gates = z @ weight.T + bias
        i, f, g, o = np.split(gates, 4, axis=1)
        i, f, g, o = 1 / 2 + np.tanh(i / 2) / 2, 1 / 2 + np.tanh(f / 2) / 2, np.tanh(g), 1 / 2 + np.tanh(o / 2) / 2
        tc = np.tanh(cel[:, t])
        grad_h = grad_h + grad_out[:, t]
        grad_c = grad_c + grad_h * o * (1 - tc) * (1 + tc)
        grad_gates = np.concatenate(
            [grad_c * g * i * (1 - i), grad_c * c_1 * f * (1 - f), grad_c * i * (1 - g**2), grad_h * tc * o * (1 - o)],
            axis=1,
        )
        grad_w += grad_gates.T @ z
        grad_b += grad_gates.sum(0)
        grad_z = grad_gates @ weight
        grad_h, grad_in[:, t] = grad_z[:, :H], grad_z[:, H:]
        grad_c = grad_c * f
    dW_i, dW_f, dW_c, dW_o = np.split(grad_w, 4)
    db_i, db_f, db_c, db_o = np.split(grad_b, 4)
    return np.moveaxis(grad_in, 1, 0), grad_h, grad_c, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o
