# %% id=generator-of-batches style=generator mistakes="" origin="a generator of batches, as data loaders are"
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


def batches(x, y, size):
    starts = iter(range(0, y.shape[0], size))
    while (start := next(starts, None)) is not None:
        yield x[:, start : start + size], y[start : start + size]


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    speed, history = None, []
    for _epoch in range(epochs):
        seen = []
        for x_b, y_b in batches(x, y, batch_size):
            value, slopes = loss_and_gradients(params, x_b, y_b)
            params, speed = momentum_step(params, slopes, speed, learning_rate)
            seen.append((value, len(y_b)))
        values, sizes = zip(*seen)
        history.append(np.average(values, weights=sizes))
    return np.array(history), predict(params, x_val)


# %% id=split-at-the-batches style=functional mistakes="" origin="np.split once, then functools.reduce over all batches"
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


from functools import reduce


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    N = len(y)
    cuts = range(batch_size, N, batch_size)
    portions = list(zip(np.split(x, cuts, axis=1), np.split(y, cuts)))

    def one_batch(state, portion):
        params, velocity, total = state
        loss, grads = loss_and_gradients(params, *portion)
        return *momentum_step(params, grads, velocity, learning_rate), total + loss * len(portion[1])

    losses, velocity = np.zeros(epochs), None
    for e in range(epochs):
        params, velocity, total = reduce(one_batch, portions, (params, velocity, 0.0))
        losses[e] = total / N
    return losses, predict(params, x_val)


# %% id=trainer-with-fit-and-predict style=class mistakes="" origin="scikit-learn style"
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


class Forecaster:
    def __init__(self, params, learning_rate):
        self.params = list(params)
        self.learning_rate = learning_rate
        self.velocity = None
        self.losses_ = []

    def partial_fit(self, X, y):
        loss, gradients = loss_and_gradients(self.params, X, y)
        self.params, self.velocity = momentum_step(self.params, gradients, self.velocity, self.learning_rate)
        return loss

    def fit(self, X, y, batch_size, epochs):
        n = X.shape[1]
        for _ in range(epochs):
            self.losses_ += [
                sum(
                    self.partial_fit(X[:, i : i + batch_size, :], y[i : i + batch_size]) * min(batch_size, n - i)
                    for i in range(0, n, batch_size)
                )
                / n
            ]
        return self

    def predict(self, X):
        return predict(self.params, X)


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    model = Forecaster(params, learning_rate).fit(x, y, batch_size, epochs)
    return np.array(model.losses_), model.predict(x_val)


# %% id=counter-of-windows style=loop mistakes="" origin="one while loop over all batches of all epochs"
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    N = len(y)
    losses = np.zeros(epochs)
    v = None
    epoch, done = 0, 0  # сколько окон уже пройдено в этой эпохе
    while epoch < epochs:
        index = np.arange(done, min(done + batch_size, N))
        loss, grads = loss_and_gradients(params, np.take(x, index, axis=1), np.take(y, index, axis=0))
        params, v = momentum_step(params, grads, v, learning_rate)
        losses[epoch] += loss * index.size / N
        done += index.size
        if done == N:
            epoch, done = epoch + 1, 0
    y_hat = predict(params, x_val)
    return losses, y_hat


# %% id=everything-in-one-function style=in-place mistakes="" origin="the given functions written out, updates in place on copies"
def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    W_xh, W_hh, b_h, W_hy, b_y = theta = [np.array(p, dtype=float) for p in params]
    speed = [np.zeros_like(p) for p in theta]
    T, N, H = len(x), len(y), len(b_h)
    losses = []
    for _ in range(epochs):
        squared = 0.0
        for start in range(0, N, batch_size):
            xb, yb = x[:, start : start + batch_size], y[start : start + batch_size]
            B = len(yb)
            h = np.zeros((T + 1, B, H))  # h[0] is the state before the first step
            for t in range(T):
                h[t + 1] = np.tanh(xb[t] @ W_xh.T + h[t] @ W_hh.T + b_h)
            error = h[T] @ W_hy.T + b_y - yb
            squared += (error**2).sum() / yb.shape[1]
            delta_y = error * (2 / B)
            grads = [np.zeros_like(p) for p in theta]
            grads[3] += delta_y.T @ h[T]
            grads[4] += delta_y.sum(axis=0)
            dh = delta_y @ W_hy
            for t in range(T, 0, -1):
                da = dh * (1 - h[t] ** 2)
                grads[0] += da.T @ xb[t - 1]
                grads[1] += da.T @ h[t - 1]
                grads[2] += da.sum(axis=0)
                dh = da @ W_hh
            for p, s, g in zip(theta, speed, grads):
                s *= 0.9
                s += g
                p -= learning_rate * s
        losses.append(squared / N)
    state = np.zeros((x_val.shape[1], H))
    for x_t in x_val:
        state = np.tanh(x_t @ W_xh.T + state @ W_hh.T + b_h)
    return np.array(losses), state @ W_hy.T + b_y


# %% id=flat-vector-of-parameters style=vectorised mistakes="" origin="all parameters in one vector, own momentum"
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    shapes = [p.shape for p in params]
    ends = np.cumsum([p.size for p in params])[:-1]
    pack = lambda arrays: np.concatenate([a.ravel() for a in arrays])
    unpack = lambda vector: [part.reshape(shape) for part, shape in zip(np.split(vector, ends), shapes)]
    theta = pack(params)
    s = np.zeros_like(theta)
    table = []
    for _ in range(epochs):
        row = []
        for start in range(0, len(y), batch_size):
            chosen = slice(start, start + batch_size)
            loss, grads = loss_and_gradients(unpack(theta), x[:, chosen], y[chosen])
            s = 0.9 * s + pack(grads)
            theta = theta - learning_rate * s
            row.append(loss)
        table.append(row)
    sizes = np.diff(np.append(np.arange(0, len(y), batch_size), len(y)))
    return np.array(table) @ (sizes / len(y)), predict(unpack(theta), x_val)
