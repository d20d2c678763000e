"""The students of the sample class whose answers are right, each in a style of its own.

A class here holds no methods in the usual sense: each function is the text of one solution cell.
"""


class Ada:
    """Right: loops, as in the book."""

    def shapes(T, B, D, H, K):
        W = {"W_xh": (H, D), "W_hh": (H, H), "W_hy": (K, H), "b_h": (H,), "b_y": (K,)}
        return {"x": (T, B, D), "h0": (B, H), "h": (T, B, H), "z": (T, B, K), **W}

    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h
        return np.tanh(a_t)

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        h, h_t = [], h0
        for x_t in x:
            h_t = rnn_step(x_t, h_t, W_xh, W_hh, b_h)
            h.append(h_t)
        return np.array(h)

    def output_layer(h, W_hy, b_y):
        return np.stack([h_t @ W_hy.T + b_y for h_t in h])

    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        delta_h = dh_t * (1 - h_t * h_t)
        return delta_h @ W_xh, delta_h @ W_hh, delta_h.T @ x_t, delta_h.T @ h_prev, delta_h.sum(0)

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        T, B, D = x.shape
        dx, dW_xh, dW_hh, db_h = np.zeros(x.shape), np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(len(W_hh))
        dh_next = 0
        for t in range(T - 1, -1, -1):
            h_prev = h0 if t == 0 else h[t - 1]
            delta_h = (1 - h[t] ** 2) * (dh[t] + dh_next)
            for b in range(B):
                dW_xh += np.outer(delta_h[b], x[t, b])
                dW_hh += np.outer(delta_h[b], h_prev[b])
                db_h += delta_h[b]
            dx[t] = delta_h.dot(W_xh)
            dh_next = delta_h.dot(W_hh)
        return dx, dh_next, dW_xh, dW_hh, db_h

    def gradient_check(f, df, theta):
        d = df(theta.copy())
        if np.shape(d) != theta.shape:
            return False
        numerical = np.zeros(theta.size)
        for i in range(theta.size):
            e = np.zeros(theta.size)
            e[i] = 1e-6
            e = e.reshape(theta.shape)
            numerical[i] = (f(theta + e) - f(theta - e)) / (2 * 1e-6)
        numerical = numerical.reshape(theta.shape)
        size = max(np.linalg.norm(d), np.linalg.norm(numerical))
        return bool(np.linalg.norm(d - numerical) <= 1e-5 * size)

    def gradient_norm_by_lag(dh_T, h, W_hh):
        T = len(h)
        norms = np.zeros((T + 1, len(dh_T)))
        norms[0] = np.linalg.norm(dh_T, axis=1)
        for k in range(1, T + 1):
            dh_T = dh_T * (1 - h[T - k] ** 2) @ W_hh
            norms[k] = np.linalg.norm(dh_T, axis=1)
        return norms

    def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
        h = rnn_forward(x, h0, W_xh, W_hh, b_h)
        dW_xh, dW_hh, db_h = 0, 0, 0
        for start in range(0, len(x), tau):
            end = min(start + tau, len(x))
            back = 0
            for t in range(end - 1, start - 1, -1):
                delta_h = (dh[t] + back) * (1 - h[t] ** 2)
                back = delta_h @ W_hh
                dW_xh = dW_xh + delta_h.T @ x[t]
                dW_hh = dW_hh + delta_h.T @ (h[t - 1] if t else h0)
                db_h = db_h + delta_h.sum(0)
        return h, dW_xh, dW_hh, db_h


class Bela:
    """Right: einsum throughout."""

    def shapes(T, B, D, H, K):
        size = dict(t=T, b=B, d=D, h=H, k=K)
        axes = dict(x="tbd", h0="bh", W_xh="hd", W_hh="hh", b_h="h", h="tbh", W_hy="kh", b_y="k", z="tbk")
        return {name: [size[letter] for letter in letters] for name, letters in axes.items()}

    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        return np.tanh(np.einsum("bd,hd->bh", x_t, W_xh) + np.einsum("bk,hk->bh", h_prev, W_hh) + b_h[None])

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        h = np.concatenate([h0[None], np.zeros((len(x), *h0.shape))])
        for t, x_t in enumerate(x, start=1):
            h[t] = np.tanh(np.einsum("bd,hd->bh", x_t, W_xh) + np.einsum("bk,hk->bh", h[t - 1], W_hh) + b_h)
        return h[1:]

    def output_layer(h, W_hy, b_y):
        return np.einsum("tbh,kh->tbk", h, W_hy) + b_y

    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        delta = np.einsum("bh,bh->bh", dh_t, 1 - h_t**2)
        return (
            np.einsum("bh,hd->bd", delta, W_xh),
            np.einsum("bi,ij->bj", delta, W_hh),
            np.einsum("bh,bd->hd", delta, x_t),
            np.einsum("bi,bj->ij", delta, h_prev),
            np.einsum("bh->h", delta),
        )

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        h_before = np.concatenate([h0[None], h[:-1]])
        delta = np.zeros_like(h)
        back = np.zeros_like(h0)
        for t in range(len(h))[::-1]:
            delta[t] = (dh[t] + back) * (1 - h[t] * h[t])
            back = np.einsum("bi,ij->bj", delta[t], W_hh)
        return (
            np.einsum("tbh,hd->tbd", delta, W_xh),
            back,
            np.einsum("tbh,tbd->hd", delta, x),
            np.einsum("tbi,tbj->ij", delta, h_before),
            np.einsum("tbh->h", delta),
        )

    gradient_check, gradient_norm_by_lag = Ada.gradient_check, Ada.gradient_norm_by_lag
    truncated_bptt = Ada.truncated_bptt
