# %% id=velocity-forgotten style=loop mistakes="the velocity is restarted at every batch" origin="beginner"
def states(x, W_xh, W_hh, b_h):
    h = [np.zeros((x.shape[1], len(b_h)))]
    for x_t in x:
        h.append(np.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T + b_h))
    return h


def loss_and_grads(params, x, y):
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = states(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y
    dz = 2 * error / len(y)
    grads = [np.zeros_like(p) for p in params]
    grads[3], grads[4] = dz.T @ h[-1], dz.sum(axis=0)
    back = dz @ W_hy
    for t in reversed(range(len(x))):
        delta = back * (1 - h[t + 1] ** 2)
        grads[0] += delta.T @ x[t]
        grads[1] += delta.T @ h[t]
        grads[2] += delta.sum(axis=0)
        back = delta @ W_hh
    return (error**2).mean(), grads


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    N = len(y)
    losses = np.zeros(epochs)
    velocity = [0.0] * 5
    for e in range(epochs):
        for a in range(0, N, batch_size):
            xb, yb = x[:, a : a + batch_size], y[a : a + batch_size]
            loss, grads = loss_and_grads(params, xb, yb)
            velocity = [0.0] * 5
            velocity = [0.9 * s + g for s, g in zip(velocity, grads)]
            params = [p - learning_rate * s for p, s in zip(params, velocity)]
            losses[e] += loss * len(yb) / N
    return losses, states(x_val, *params[:3])[-1] @ params[3].T + params[4]


# %% id=mean-of-batch-losses style=class mistakes="the loss of an epoch is the mean over batches instead of windows" origin="beginner"
class Forecaster:
    def __init__(self, params):
        self.p = [np.array(q) for q in params]
        self.s = [np.zeros_like(q) for q in params]

    def predict(self, x):
        W_xh, W_hh, b_h, W_hy, b_y = self.p
        self.h = [np.zeros((x.shape[1], b_h.size))]
        for x_t in x:
            self.h.append(np.tanh(x_t @ W_xh.T + self.h[-1] @ W_hh.T + b_h))
        return self.h[-1] @ W_hy.T + b_y

    def fit_batch(self, x, y, lr):
        e = self.predict(x) - y
        d = 2 * e / len(y)
        g = [0, 0, 0, d.T @ self.h[-1], d.sum(0)]
        d = d @ self.p[3]
        for t in range(len(x) - 1, -1, -1):
            d = d * (1 - self.h[t + 1] ** 2)
            g[0], g[1], g[2] = g[0] + d.T @ x[t], g[1] + d.T @ self.h[t], g[2] + d.sum(0)
            d = d @ self.p[1]
        for k in range(5):
            self.s[k] = 0.9 * self.s[k] + g[k]
            self.p[k] = self.p[k] - lr * self.s[k]
        return np.mean(e**2)


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    net = Forecaster(params)
    losses = []
    for _epoch in range(epochs):
        parts = []
        for start in range(0, len(y), batch_size):
            stop = min(start + batch_size, len(y))
            parts.append(net.fit_batch(x[:, start:stop], y[start:stop], learning_rate))
        losses.append(np.mean(parts))
    return np.array(losses), net.predict(x_val)


# %% id=last-batch-dropped style=loop mistakes="the last, smaller batch is left out of the training; the loss of an epoch is that of its last batch" origin="ported from drop_last code"
def forward(x, p):
    h = np.zeros((len(x) + 1, x.shape[1], len(p[2])))
    for t in range(len(x)):
        h[t + 1] = np.tanh(x[t] @ p[0].T + h[t] @ p[1].T + p[2])
    return h, h[-1] @ p[3].T + p[4]


def gradients(x, y, p):
    h, y_hat = forward(x, p)
    d = 2 * (y_hat - y) / len(y)
    g3, g4 = d.T @ h[-1], d.sum(0)
    delta = np.zeros_like(h[1:])
    back = d @ p[3]
    for t in range(len(x))[::-1]:
        delta[t] = back * (1 - h[t + 1] ** 2)
        back = delta[t] @ p[1]
    g = [np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbj->hj", delta, h[:-1]), delta.sum((0, 1)), g3, g4]
    return np.mean((y_hat - y) ** 2), g


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    speed = [0 * p for p in params]
    losses = []
    for epoch in range(epochs):
        n_batches = len(y) // batch_size
        for k in range(n_batches):
            part = slice(k * batch_size, (k + 1) * batch_size)
            loss, grads = gradients(x[:, part], y[part], params)
            speed = [0.9 * s + g for s, g in zip(speed, grads)]
            params = [p - learning_rate * s for p, s in zip(params, speed)]
        losses.append(loss)
    return np.array(losses), forward(x_val, params)[1]


# %% id=list-of-batches style=generator mistakes="" origin="ported from a data loader"
def batches(x, y, size):
    at = 0
    while at < y.shape[0]:
        yield x[:, at : at + size], y[at : at + size]
        at += size


def run(p, x):
    h = [np.zeros((x.shape[1], p[1].shape[0]))]
    for x_t in x:
        h.append(np.tanh(x_t.dot(p[0].T) + h[-1].dot(p[1].T) + p[2]))
    return h, h[-1].dot(p[3].T) + p[4]


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    p = [np.copy(q) for q in params]
    vel = [np.zeros(q.shape) for q in p]
    losses = []
    for _ in range(epochs):
        squares = 0.0
        for xb, yb in batches(x, y, batch_size):
            h, y_hat = run(p, xb)
            squares += np.sum((y_hat - yb) ** 2)
            dz = 2 * (y_hat - yb) / yb.shape[0]
            g = [np.zeros(q.shape) for q in p]
            g[3] += dz.T.dot(h[-1])
            g[4] += dz.sum(axis=0)
            back = dz.dot(p[3])
            for t in range(len(xb), 0, -1):
                delta = back * (1 - h[t] ** 2)
                g[0] += delta.T.dot(xb[t - 1])
                g[1] += delta.T.dot(h[t - 1])
                g[2] += delta.sum(axis=0)
                back = delta.dot(p[1])
            for k in range(5):
                vel[k] *= 0.9
                vel[k] += g[k]
                p[k] -= learning_rate * vel[k]
        losses.append(squares / len(y))
    return np.array(losses), run(p, x_val)[1]
