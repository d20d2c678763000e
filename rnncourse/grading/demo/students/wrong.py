"""The students of the sample class who make mistakes that have names.

A class here holds no methods in the usual sense: each function is the text of one solution cell.
"""

from rnncourse.grading.demo.students.right import Ada


class Chen(Ada):
    """Forgets that a weight used T times has T gradients; and index -1 is no error."""

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
        dh_next = np.zeros_like(h0)
        for t in reversed(range(len(x))):
            delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
            dW_xh += delta_h.T @ x[t]
            dW_hh = delta_h.T @ h[t - 1]
            db_h += delta_h.sum(axis=0)
            dx[t] = delta_h @ W_xh
            dh_next = delta_h @ W_hh
        return dx, dh_next, dW_xh, dW_hh, db_h


class Dina(Ada):
    """Has matrices the wrong way round, on paper, forwards and backwards; and forgets everything at each cut."""

    def shapes(T, B, D, H, K):
        states = {"x": (T, B, D), "h0": (B, H), "h": (T, B, H), "z": (T, B, K)}
        return states | {"W_xh": (D, H), "W_hh": (H, H), "W_hy": (H, K), "b_h": (H,), "b_y": (K,)}

    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        return np.tanh(x_t @ W_xh.T + h_prev @ W_hh + b_h)

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        h = np.zeros((x.shape[0], x.shape[1], len(b_h)))
        h_t = np.zeros_like(h0)
        for t in range(len(x)):
            h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
            h[t] = h_t
        return h

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
        dh_next = np.zeros_like(h0)
        for t in reversed(range(len(x))):
            h_prev = h[t - 1] if t > 0 else h0
            delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
            dW_xh += delta_h.T @ x[t]
            dW_hh += delta_h.T @ h_prev
            db_h += delta_h.sum(axis=0)
            dx[t] = delta_h @ W_xh
            dh_next = delta_h @ W_hh.T
        return dx, dh_next, dW_xh, dW_hh, db_h

    def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
        h, dW_xh, dW_hh, db_h = np.zeros_like(dh), 0, 0, 0
        for start in range(0, len(x), tau):
            part = slice(start, start + tau)
            h[part] = rnn_forward(x[part], h0, W_xh, W_hh, b_h)
            back = 0
            for t in reversed(range(start, min(start + tau, len(x)))):
                delta_h = (dh[t] + back) * (1 - h[t] ** 2)
                back = delta_h @ W_hh
                dW_xh = dW_xh + delta_h.T @ x[t]
                dW_hh = dW_hh + delta_h.T @ (h[t - 1] if t > start else h0)
                db_h = db_h + delta_h.sum(0)
        return h, dW_xh, dW_hh, db_h


class Emil(Ada):
    """Takes the derivative of tanh at h as if h were still a; and leaves the last value out, or the last comma."""

    def shapes(T, B, D, H, K):
        states = {"x": (T, B, D), "h0": (B, H), "h": (T, B, H), "z": (T, B, K)}
        return states | {"W_xh": (H, D), "W_hh": (H, H), "W_hy": (K, H), "b_h": (H), "b_y": (K)}

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        dx, dW_xh, dW_hh = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh)
        dh_next = np.zeros_like(h0)
        for t in reversed(range(len(x))):
            h_prev = h[t - 1] if t > 0 else h0
            delta_h = (dh[t] + dh_next) * (1 - np.tanh(h[t]) ** 2)
            dW_xh += delta_h.T @ x[t]
            dW_hh += delta_h.T @ h_prev
            dx[t] = delta_h @ W_xh
            dh_next = delta_h @ W_hh
        return dx, dh_next, dW_xh, dW_hh


class Iris(Ada):
    """Loses the memory: nothing comes back from the next step; averages, where the chain rule adds; trusts 1e-4."""

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        return np.array([rnn_step(x_t, h0, W_xh, W_hh, b_h) for x_t in x])

    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        delta = dh_t * (1 - h_t**2) / len(h_t)
        return delta @ W_xh, delta @ W_hh, delta.T @ x_t, delta.T @ h_prev, delta.sum(axis=0)

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        h_before = np.concatenate([h0[None], h[:-1]])
        delta = dh * (1 - h**2)
        dW_xh = sum(d.T @ x_t for d, x_t in zip(delta, x))
        dW_hh = sum(d.T @ h_t for d, h_t in zip(delta, h_before))
        return delta @ W_xh, delta[0] @ W_hh, dW_xh, dW_hh, delta.mean(axis=1).sum(axis=0)

    def gradient_check(f, df, theta):
        numerical = np.zeros_like(theta)
        for place in np.ndindex(theta.shape):
            step = np.zeros_like(theta)
            step[place] = 1e-6
            numerical[place] = (f(theta + step) - f(theta - step)) / 2e-6
        return bool(np.abs(df(theta) - numerical).max() < 1e-4)
