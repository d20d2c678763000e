"""Write NumPy as a first assignment teaches it: a function per step, a list of caches, all gradients in the loop."""

import numpy as np


def sigmoid(z):
    """Compute the stable sigmoid of the textbooks: one formula for each sign, chosen by a mask."""
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


def plain_sigmoid(z):
    """Compute the sigmoid of one line, which warns at large -z."""
    return 1 / (1 + np.exp(-z))


def rnn(problem, sigma=None):
    W_xh, W_hh, b_h = problem.params
    Wx, Wh = np.ascontiguousarray(W_xh.T), np.ascontiguousarray(W_hh.T)

    def step(x_t, h):
        return np.tanh(x_t @ Wx + h @ Wh + b_h)

    def step_backward(dh, cache):
        x_t, h_prev, h = cache
        da = dh * (1 - h**2)
        return da @ Wx.T, da @ Wh.T, x_t.T @ da, h_prev.T @ da, da.sum(axis=0)

    def run():
        h, hs, caches = problem.h0, [], []
        for x_t in problem.x:
            h_prev, h = h, step(x_t, h)
            hs.append(h)
            caches.append((x_t, h_prev, h))
        dx, dh = np.zeros_like(problem.x), np.zeros_like(h)
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b_h)
        for t in reversed(range(len(hs))):
            dx[t], dh, dWx_t, dWh_t, db_t = step_backward(problem.dh[t] + dh, caches[t])
            dWx += dWx_t
            dWh += dWh_t
            db += db_t
        return np.stack(hs), dx

    return run


def lstm(problem, sigma=sigmoid):
    H = problem.h0.shape[1]
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = problem.params
    W = np.concatenate([W_i, W_f, W_o, W_c]).T
    Wh, Wx, b = np.ascontiguousarray(W[:H]), np.ascontiguousarray(W[H:]), np.concatenate([b_i, b_f, b_o, b_c])

    def step(x_t, h, c):
        a = x_t @ Wx + h @ Wh + b
        i, f, o, g = sigma(a[:, :H]), sigma(a[:, H : 2 * H]), sigma(a[:, 2 * H : 3 * H]), np.tanh(a[:, 3 * H :])
        c_new = f * c + i * g
        return o * np.tanh(c_new), c_new, (x_t, h, c, c_new, i, f, o, g)

    def step_backward(dh, dc, cache):
        x_t, h_prev, c_prev, c, i, f, o, g = cache
        tanh_c = np.tanh(c)
        dc = dc + dh * o * (1 - tanh_c**2)
        di, df, do, dg = dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dh * tanh_c * o * (1 - o), dc * i * (1 - g**2)
        da = np.hstack([di, df, do, dg])
        return da @ Wx.T, da @ Wh.T, dc * f, x_t.T @ da, h_prev.T @ da, da.sum(axis=0)

    def run():
        h, c, hs, caches = problem.h0, problem.h0, [], []
        for x_t in problem.x:
            h, c, cache = step(x_t, h, c)
            hs.append(h)
            caches.append(cache)
        dx, dh, dc = np.zeros_like(problem.x), np.zeros_like(h), np.zeros_like(c)
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)
        for t in reversed(range(len(hs))):
            dx[t], dh, dc, dWx_t, dWh_t, db_t = step_backward(problem.dh[t] + dh, dc, caches[t])
            dWx += dWx_t
            dWh += dWh_t
            db += db_t
        return np.stack(hs), dx

    return run


def gru(problem, sigma=sigmoid):
    H = problem.h0.shape[1]
    W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn = problem.params
    W = np.concatenate([W_r, W_u]).T
    Wx = np.ascontiguousarray(np.concatenate([W[H:], W_xn.T], axis=1))
    Wh = np.ascontiguousarray(np.concatenate([W[:H], W_hn.T], axis=1))
    bx, bh = np.concatenate([b_r, b_u, b_xn]), np.concatenate([0 * b_r, 0 * b_u, b_hn])

    def step(x_t, h):
        ax, ah = x_t @ Wx + bx, h @ Wh + bh
        r, u = sigma(ax[:, :H] + ah[:, :H]), sigma(ax[:, H : 2 * H] + ah[:, H : 2 * H])
        n = np.tanh(ax[:, 2 * H :] + r * ah[:, 2 * H :])
        return (1 - u) * n + u * h, (x_t, h, r, u, n, ah[:, 2 * H :])

    def step_backward(dh, cache):
        x_t, h_prev, r, u, n, m = cache
        dn = dh * (1 - u) * (1 - n**2)
        dr, du = dn * m * r * (1 - r), dh * (h_prev - n) * u * (1 - u)
        dax, dah = np.hstack([dr, du, dn]), np.hstack([dr, du, dn * r])
        dh_prev = dh * u + dah @ Wh.T
        return dax @ Wx.T, dh_prev, x_t.T @ dax, h_prev.T @ dah, dax.sum(axis=0), dah.sum(axis=0)

    def run():
        h, hs, caches = problem.h0, [], []
        for x_t in problem.x:
            h, cache = step(x_t, h)
            hs.append(h)
            caches.append(cache)
        dx, dh = np.zeros_like(problem.x), np.zeros_like(h)
        totals = [np.zeros_like(theta) for theta in (Wx, Wh, bx, bh)]
        for t in reversed(range(len(hs))):
            dx[t], dh, *shares = step_backward(problem.dh[t] + dh, caches[t])
            for total, share in zip(totals, shares, strict=True):
                total += share
        return np.stack(hs), dx

    return run


def assignment(problem):
    """Run the assignment's code with the masked sigmoid."""
    return {"rnn": rnn, "lstm": lstm, "gru": gru}[problem.cell](problem, sigmoid)


def assignment_plain_sigmoid(problem):
    """Run the assignment's code with the sigmoid of one line."""
    return {"rnn": rnn, "lstm": lstm, "gru": gru}[problem.cell](problem, plain_sigmoid)
