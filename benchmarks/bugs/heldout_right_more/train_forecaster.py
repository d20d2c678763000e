# %% id=typed-with-slices style=functional mistakes="" origin="engineer: a list of slices, type hints, asserts"
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


def _batches(n: int, size: int) -> list[slice]:
    """Consecutive slices of at most so many windows."""
    assert size >= 1
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def train_forecaster(
    params: list, x: np.ndarray, y: np.ndarray, x_val: np.ndarray, batch_size: int, epochs: int, learning_rate: float
) -> tuple[np.ndarray, np.ndarray]:
    n = y.shape[0]
    assert x.shape[1] == n, (x.shape, y.shape)
    batches = _batches(n, batch_size)
    velocity, losses = None, np.zeros(epochs)
    for epoch in range(epochs):
        for batch in batches:
            loss, grads = loss_and_gradients(params, x[:, batch], y[batch])
            losses[epoch] += loss * (batch.stop - batch.start)
            params, velocity = momentum_step(params, grads, velocity, learning_rate)
    return losses / n, predict(params, x_val)


# %% id=closure-keeps-the-velocity style=closure mistakes="" origin="a closure with nonlocal parameters and velocity"
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


def make_trainer(params, learning_rate):
    velocity = None

    def update(x_b, y_b):
        nonlocal params, velocity
        loss, grads = loss_and_gradients(params, x_b, y_b)
        params, velocity = momentum_step(params, grads, velocity, learning_rate)
        return loss * y_b.shape[0]

    return update, lambda x: predict(params, x)


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    update, forecast = make_trainer(params, learning_rate)
    N = len(y)
    starts = range(0, N, batch_size)
    losses = [sum(update(x[:, s : s + batch_size], y[s : s + batch_size]) for s in starts) / N for _ in range(epochs)]
    return np.array(losses), forecast(x_val)


# %% id=recursion-over-epochs style=recursion mistakes="" origin="an epoch, then the epochs that remain"
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


def _epoch(params, velocity, x, y, size, eta):
    if not len(y):
        return params, velocity, 0.0
    loss, grads = loss_and_gradients(params, x[:, :size], y[:size])
    params, velocity = momentum_step(params, grads, velocity, eta)
    n = min(size, len(y))
    params, velocity, rest = _epoch(params, velocity, x[:, size:], y[size:], size, eta)
    return params, velocity, loss * n + rest


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    def remaining(k, params, velocity):
        if k == 0:
            return [], params
        params, velocity, total = _epoch(params, velocity, x, y, batch_size, learning_rate)
        later, params = remaining(k - 1, params, velocity)
        return [total / len(y), *later], params

    losses, params = remaining(epochs, params, None)
    return np.array(losses), predict(params, x_val)


# %% id=optimiser-and-loader style=framework mistakes="" origin="framework habit: a loader and an optimiser that steps"
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


class Loader:
    def __init__(self, x, y, batch_size):
        self.x, self.y, self.batch_size = x, y, batch_size

    def __len__(self):
        return -(-len(self.y) // self.batch_size)

    def __iter__(self):
        for i in range(len(self)):
            rows = np.arange(i * self.batch_size, min((i + 1) * self.batch_size, len(self.y)))
            yield self.x[:, rows], self.y[rows]


class Momentum:
    def __init__(self, params, lr, beta=0.9):
        self.params = [np.array(p, dtype=float) for p in params]
        self.velocity = [np.zeros_like(p) for p in self.params]
        self.lr, self.beta = lr, beta

    def step(self, grads):
        for p, s, g in zip(self.params, self.velocity, grads):
            np.multiply(s, self.beta, out=s)
            np.add(s, g, out=s)
            np.subtract(p, self.lr * s, out=p)


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    loader, optimizer = Loader(x, y, batch_size), Momentum(params, lr=learning_rate)
    history = []
    for epoch in range(epochs):
        running_loss, seen = 0.0, 0
        for inputs, targets in loader:
            loss, grads = loss_and_gradients(optimizer.params, inputs, targets)
            optimizer.step(grads)
            running_loss += loss * len(targets)
            seen += len(targets)
        history.append(running_loss / seen)
    return np.array(history), predict(optimizer.params, x_val)


# %% id=dataclass-of-the-run style=class mistakes="" origin="a dataclass that holds parameters, velocity and losses"
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


from dataclasses import dataclass, field


@dataclass
class Run:
    params: list
    velocity: list | None = None
    losses: list = field(default_factory=list)

    def epoch(self, x, y, batch_size, learning_rate):
        squares = []
        start = 0
        while (y_b := y[start : start + batch_size]).size:
            loss, grads = loss_and_gradients(self.params, x[:, start : start + batch_size], y_b)
            self.params, self.velocity = momentum_step(self.params, grads, self.velocity, learning_rate)
            squares.extend([loss] * len(y_b))
            start += batch_size
        self.losses.append(np.mean(squares))


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    run = Run(params)
    for _ in range(epochs):
        run.epoch(x, y, batch_size, learning_rate)
    return np.asarray(run.losses), predict(run.params, x_val)


# %% id=table-of-losses style=vectorised mistakes="" origin="losses in a table, epochs by batches, averaged by einsum"
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
    N = y.shape[0]
    edges = [*range(0, N, batch_size), N]
    table = np.zeros((epochs, len(edges) - 1))
    v = [np.zeros(p.shape) for p in params]
    for e, k in np.ndindex(table.shape):
        batch = np.s_[edges[k] : edges[k + 1]]
        table[e, k], g = loss_and_gradients(params, x[:, batch], y[batch])
        v = [0.9 * v_i + g_i for v_i, g_i in zip(v, g)]
        params = [p - learning_rate * v_i for p, v_i in zip(params, v)]
    return np.einsum("eb,b->e", table, np.diff(edges)) / N, predict(params, x_val)
