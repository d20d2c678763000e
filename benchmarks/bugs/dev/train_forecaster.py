# %% id=trainer-object style=class mistakes="" origin="ported from a Keras-like loop"
class Forecaster:
    def __init__(self, params):
        self.theta = [np.array(p, dtype=float) for p in params]
        self.speed = [np.zeros_like(p) for p in self.theta]

    def states(self, x):
        W, U, b, _, _ = self.theta
        h = [np.zeros((x.shape[1], len(b)))]
        for x_t in x:
            h.append(np.tanh(x_t @ W.T + h[-1] @ U.T + b))
        return h

    def predict(self, x):
        return self.states(x)[-1] @ self.theta[3].T + self.theta[4]

    def train_on_batch(self, x, y, lr):
        W, U, b, V, c = self.theta
        h = self.states(x)
        error = h[-1] @ V.T + c - y
        g_out = 2 * error / len(y)
        grads = [np.zeros_like(p) for p in self.theta]
        grads[3], grads[4] = g_out.T @ h[-1], g_out.sum(axis=0)
        g = g_out @ V
        for t in range(len(x), 0, -1):
            d = g * (1 - h[t] ** 2)
            grads[0] += d.T @ x[t - 1]
            grads[1] += d.T @ h[t - 1]
            grads[2] += d.sum(axis=0)
            g = d @ U
        self.speed = [0.9 * s + g for s, g in zip(self.speed, grads)]
        self.theta = [p - lr * s for p, s in zip(self.theta, self.speed)]
        return np.sum(error**2)

def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    net, N = Forecaster(params), len(y)
    starts = range(0, N, batch_size)
    batches = [(x[:, s : s + batch_size], y[s : s + batch_size]) for s in starts]
    losses = [sum(net.train_on_batch(xb, yb, learning_rate) for xb, yb in batches) / N for _ in range(epochs)]
    return losses, net.predict(x_val)

# %% id=velocity-anew-in-each-epoch style=functional mistakes="the velocity is restarted at every epoch" origin="beginner"
def run(theta, x):
    states = [np.zeros((x.shape[1], theta[2].size))]
    for step in x:
        states.append(np.tanh(step @ theta[0].T + states[-1] @ theta[1].T + theta[2]))
    return states, states[-1] @ theta[3].T + theta[4]

def slopes(theta, x, y):
    states, guess = run(theta, x)
    r = guess - y
    out = 2 * r / r.size
    dW, dU, db = (np.zeros_like(p) for p in theta[:3])
    back = out @ theta[3]
    for x_t, before, after in zip(x[::-1], states[-2::-1], states[:0:-1]):
        back = back * (1 - after**2)
        dW, dU, db = dW + back.T @ x_t, dU + back.T @ before, db + back.sum(0)
        back = back @ theta[1]
    return np.mean(r**2), [dW, dU, db, out.T @ states[-1], out.sum(0)]

def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    theta, history = list(params), []
    for epoch in range(epochs):
        velocity = [0.0] * len(theta)
        seen = []
        for k in range(0, y.shape[0], batch_size):
            rows = slice(k, k + batch_size)
            loss, grads = slopes(theta, x[:, rows], y[rows])
            velocity = [0.9 * v + g for v, g in zip(velocity, grads)]
            theta = [p - learning_rate * v for p, v in zip(theta, velocity)]
            seen += [loss] * len(y[rows])
        history.append(np.mean(seen))
    return np.array(history), run(theta, x_val)[1]
