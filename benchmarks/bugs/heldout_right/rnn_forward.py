# %% id=accumulate-states style=functional mistakes="" origin="itertools.accumulate with an initial value"
from itertools import accumulate, islice


def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def step(h, x_t):
        return np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)

    return np.stack(list(islice(accumulate(x, step, initial=h0), 1, None)))


# %% id=halved-recursively style=recursion mistakes="" origin="divide and conquer over time"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    n = len(x)
    if n == 1:
        return np.tanh(x @ W_xh.T + (h0 @ W_hh.T)[None] + b_h)
    left = rnn_forward(x[: n // 2], h0, W_xh, W_hh, b_h)
    right = rnn_forward(x[n // 2 :], left[-1], W_xh, W_hh, b_h)
    return np.concatenate((left, right))


# %% id=inputs-projected-first style=in-place mistakes="" origin="one large product, then updates in place"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, D = x.shape
    h = (x.reshape(T * B, D) @ W_xh.T).reshape(T, B, -1) + b_h
    h[0] += h0 @ W_hh.T
    np.tanh(h[0], out=h[0])
    for before, now in zip(h[:-1], h[1:]):
        now += before @ W_hh.T
        np.tanh(now, out=now)
    return h


# %% id=sample-by-sample style=loop mistakes="" origin="one sequence at a time, batch put together at the end"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    sequences = []
    for b in range(x.shape[1]):
        state = h0[b].copy()
        trace = []
        for t in range(x.shape[0]):
            state = np.tanh(np.matmul(W_xh, x[t, b]) + np.matmul(W_hh, state) + b_h)
            trace.append(state)
        sequences.append(np.vstack(trace))
    return np.stack(sequences, axis=1)


# %% id=generator-of-states style=generator mistakes="" origin="generator with send"
def _cell(h, W_xh, W_hh, b_h):
    x_t = yield
    while True:
        h = np.tanh(b_h + h @ W_hh.T + x_t @ W_xh.T)
        x_t = yield h


def rnn_forward(x, h0, W_xh, W_hh, b_h):
    cell = _cell(h0, W_xh, W_hh, b_h)
    next(cell)
    return np.array([cell.send(x_t) for x_t in x])


# %% id=features-by-samples-by-time style=columns mistakes="" origin="ported from (n_x, m, T) code"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    X = np.moveaxis(x, (0, 1, 2), (2, 1, 0))  # (n_x, m, T_x)
    n_x, m, T_x = X.shape
    n_a = W_hh.shape[0]
    a = np.zeros((n_a, m, T_x))
    a_next = np.copy(h0.T)
    for t in range(T_x):
        a_next = np.tanh(W_hh.dot(a_next) + W_xh.dot(X[:, :, t]) + b_h.reshape(n_a, 1))
        a[:, :, t] = a_next
    return np.ascontiguousarray(a.transpose(2, 1, 0))
