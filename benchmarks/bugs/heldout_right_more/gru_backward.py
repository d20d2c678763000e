# %% id=typed-step-and-sums style=functional mistakes="" origin="engineer: a function for a step, asserts, sums in a list"
def _sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def _step_back(dh_t, x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    H = h_prev.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)
    r, u = _sigmoid(v @ W_r.T + b_r), _sigmoid(v @ W_u.T + b_u)
    m = h_prev @ W_hn.T + b_hn
    n = np.tanh(x_t @ W_xn.T + b_xn + r * m)
    delta_n = dh_t * (1 - u) * (1 - n**2)
    delta_m = delta_n * r
    delta_r = delta_n * m * r * (1 - r)
    delta_u = dh_t * (h_prev - n) * u * (1 - u)
    dv = delta_r @ W_r + delta_u @ W_u
    dx_t = dv[:, H:] + delta_n @ W_xn
    dh_prev = dv[:, :H] + delta_m @ W_hn + dh_t * u
    weights = [delta_r.T @ v, delta_u.T @ v, delta_n.T @ x_t, delta_m.T @ h_prev]
    return dx_t, dh_prev, weights + [d.sum(axis=0) for d in (delta_r, delta_u, delta_n, delta_m)]


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    params = W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn
    assert dh.shape == h.shape
    dx, back = np.zeros_like(x), np.zeros_like(h0)
    sums = [np.zeros_like(p) for p in params]
    for t in range(len(x) - 1, -1, -1):
        dx[t], back, shares = _step_back(dh[t] + back, x[t], h[t - 1] if t > 0 else h0, *params)
        for total, share in zip(sums, shares, strict=True):
            total += share
    return dx, back, *sums


# %% id=closures-in-a-deque style=closure mistakes="" origin="pullbacks pushed on a deque, called from the left"
from collections import deque


def pullback(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    v = np.hstack((h_prev, x_t))
    s = lambda W, b: np.exp(-np.logaddexp(0, -(v.dot(W.T) + b)))
    r, u, m = s(W_r, b_r), s(W_u, b_u), h_prev.dot(W_hn.T) + b_hn
    n = np.tanh(x_t.dot(W_xn.T) + b_xn + r * m)

    def back(g):
        en = g * (1 - u) * (1 - n) * (1 + n)
        er, eu, em = en * m * r * (1 - r), g * (h_prev - n) * u * (1 - u), en * r
        dv = er.dot(W_r) + eu.dot(W_u)
        n_h = h_prev.shape[1]
        pairs = (er, v), (eu, v), (en, x_t), (em, h_prev)
        shares = [e.T.dot(a) for e, a in pairs] + [e.sum(0) for e, _ in pairs]
        return dv[:, n_h:] + en.dot(W_xn), dv[:, :n_h] + em.dot(W_hn) + g * u, shares

    return back


def gru_backward(dh, x, h0, h, *weights):
    tape = deque()
    for x_t, before in zip(x, (h0, *h)):
        tape.appendleft(pullback(x_t, before, *weights))
    g, totals, rows = 0.0, [0.0] * 8, deque()
    for dh_t, back in zip(dh[::-1], tape):
        dx_t, g, shares = back(g + dh_t)
        rows.appendleft(dx_t)
        totals = [a + b for a, b in zip(totals, shares)]
    return np.array(rows), g, *totals


# %% id=cache-class-batch-first style=framework mistakes="" origin="batch_first habit, a module that saves what backward needs"
class GRULayer:
    def __init__(self, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})

    def gates(self, x, h):
        z = np.concatenate([h, x], axis=-1)
        r = 1 / 2 + np.tanh((z @ self.W_r.T + self.b_r) / 2) / 2
        u = 1 / 2 + np.tanh((z @ self.W_u.T + self.b_u) / 2) / 2
        m = h @ self.W_hn.T + self.b_hn
        return z, r, u, m, np.tanh(x @ self.W_xn.T + self.b_xn + r * m)

    def backward(self, grad_output, x, h_before):
        N, L, H = h_before.shape
        z, r, u, m, n = self.gates(x, h_before)
        d = {k: np.zeros((N, L, H)) for k in ("r", "u", "xn", "hn")}
        grad_h = np.zeros((N, H))
        for t in reversed(range(L)):
            grad_h = grad_h + grad_output[:, t]
            d["xn"][:, t] = grad_h * (1 - u[:, t]) * (1 - n[:, t] ** 2)
            d["hn"][:, t] = d["xn"][:, t] * r[:, t]
            d["r"][:, t] = d["hn"][:, t] * m[:, t] * (1 - r[:, t])
            d["u"][:, t] = grad_h * (h_before[:, t] - n[:, t]) * u[:, t] * (1 - u[:, t])
            grad_h = grad_h * u[:, t] + d["hn"][:, t] @ self.W_hn
            grad_h += d["r"][:, t] @ self.W_r[:, :H] + d["u"][:, t] @ self.W_u[:, :H]
        grad_x = d["r"] @ self.W_r[:, H:] + d["u"] @ self.W_u[:, H:] + d["xn"] @ self.W_xn
        pairs = {"r": z, "u": z, "xn": x, "hn": h_before}
        weights = [np.einsum("nli,nlj->ij", d[k], a) for k, a in pairs.items()]
        return grad_x, grad_h, weights + [d[k].sum(axis=(0, 1)) for k in pairs]


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    before = np.stack([h0, *h[:-1]], axis=1)
    layer = GRULayer(W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)
    grad_x, grad_h, grads = layer.backward(dh.swapaxes(0, 1), x.swapaxes(0, 1), before)
    return grad_x.swapaxes(0, 1), grad_h, *grads


# %% id=recursion-from-the-last style=recursion mistakes="" origin="the last step, then the sequence before it"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    params = W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn
    H = h0.shape[1]

    def go(t, arriving):
        if t < 0:
            return [], arriving, [np.zeros(p.shape) for p in params]
        g = dh[t] + arriving
        hp = h[t - 1] if t else h0
        v = np.append(hp, x[t], axis=1)
        r, u = (np.where(a < 0, np.exp(-abs(a)), 1) / (1 + np.exp(-abs(a))) for a in (v @ W_r.T + b_r, v @ W_u.T + b_u))
        m = hp @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        dn = g * (1 - u) * (1 - n**2)
        dm, dr, du = dn * r, dn * m * r * (1 - r), g * (hp - n) * u * (1 - u)
        dv = dr @ W_r + du @ W_u
        dx, dh0, total = go(t - 1, dv[:, :H] + dm @ W_hn + g * u)
        own = dr.T @ v, du.T @ v, dn.T @ x[t], dm.T @ hp, dr.sum(0), du.sum(0), dn.sum(0), dm.sum(0)
        return [*dx, dv[:, H:] + dn @ W_xn], dh0, [a + b for a, b in zip(total, own)]

    dx, dh0, grads = go(len(x) - 1, np.zeros_like(h0))
    return np.stack(dx), dh0, *grads


# %% id=buffers-and-out style=in-place mistakes="" origin="T + 1 gradients of the state in one array, out= everywhere"
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    T, B, H = h.shape
    before = np.concatenate([h0[np.newaxis], h[: T - 1]])
    v = np.concatenate([before, x], axis=2)
    r, u = v @ W_r.T, v @ W_u.T
    for gate, b in ((r, b_r), (u, b_u)):
        gate += b
        gate /= 2
        np.tanh(gate, out=gate)
        gate += 1
        gate /= 2
    m = before @ W_hn.T + b_hn
    n = np.tanh(x @ W_xn.T + b_xn + r * m)
    g = np.zeros((T + 1, B, H))  # g[t + 1] arrives at h[t], g[0] at h0
    g[1:] = dh
    d_r, d_u, d_n, d_m = (np.empty((T, B, H)) for _ in range(4))
    for t in reversed(range(T)):
        np.multiply(g[t + 1], (1 - u[t]) * (1 - n[t] ** 2), out=d_n[t])
        np.multiply(d_n[t], r[t], out=d_m[t])
        np.multiply(d_m[t], m[t] * (1 - r[t]), out=d_r[t])
        np.multiply(g[t + 1], (before[t] - n[t]) * u[t] * (1 - u[t]), out=d_u[t])
        g[t] += g[t + 1] * u[t]
        for d, W in ((d_r, W_r), (d_u, W_u), (d_m, W_hn)):
            g[t] += d[t] @ W[:, :H]
    dx = d_n @ W_xn
    dx += d_r @ W_r[:, H:]
    dx += d_u @ W_u[:, H:]
    flat = lambda a: a.reshape(T * B, -1)
    weights = [flat(d).T @ flat(a) for d, a in ((d_r, v), (d_u, v), (d_n, x), (d_m, before))]
    return dx, g[0], *weights, *(flat(d).sum(axis=0) for d in (d_r, d_u, d_n, d_m))


# %% id=sample-and-unit-vectors style=loop mistakes="" origin="one sequence at a time, forward again, a list of what each step saw"
from types import SimpleNamespace


def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    def sigma(a):
        return 1 / 2 + np.tanh(a / 2) / 2

    H, d = h0.shape[1], SimpleNamespace(x=np.zeros_like(x), h0=np.zeros_like(h0))
    sums = [np.zeros_like(p) for p in (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn)]
    for b in range(len(h0)):
        seen = []
        for t in range(len(x)):
            s = SimpleNamespace(t=t, x=x[t, b], h=h[t - 1, b] if t else h0[b])
            s.v = np.concatenate((s.h, s.x))
            s.r, s.u, s.m = sigma(W_r @ s.v + b_r), sigma(W_u @ s.v + b_u), W_hn @ s.h + b_hn
            s.n = np.tanh(W_xn @ s.x + b_xn + s.r * s.m)
            seen.append(s)
        g = np.zeros(H)
        while seen and (s := seen.pop()):
            g = g + dh[s.t, b]
            e_n = g * (1 - s.u) * (1 - s.n**2)
            e = [e_n * s.m * s.r * (1 - s.r), g * (s.h - s.n) * s.u * (1 - s.u), e_n, e_n * s.r]
            for k, into in enumerate((s.v, s.v, s.x, s.h)):
                sums[k] += np.outer(e[k], into)
                sums[4 + k] += e[k]
            back = e[0] @ W_r + e[1] @ W_u
            d.x[s.t, b] = back[H:] + e[2] @ W_xn
            g = back[:H] + e[3] @ W_hn + g * s.u
        d.h0[b] = g
    return d.x, d.h0, *sums
