# %% id=sliding-window-view style=vectorised mistakes="" origin="np.lib.stride_tricks"
def make_windows(series, T, n_val, seed):
    rows = np.lib.stride_tricks.sliding_window_view(series, T + 1)  # (L - T, T + 1)
    N = len(rows) - n_val
    order = np.random.default_rng(seed).permutation(N)
    train, val = rows[order], rows[N:]

    def cut(part):
        return np.array(part[:, :-1].T[..., np.newaxis]), np.array(part[:, -1:])

    return *cut(train), *cut(val)


# %% id=index-matrix style=vectorised mistakes="" origin="fancy indexing, time first from the start"
def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    steps = np.arange(T)[:, None]
    order = np.random.default_rng(seed).permutation(N)
    late = N + np.arange(n_val)
    x = series[steps + order]
    x_val = series[steps + late]
    return x[:, :, None], series[order + T][:, None], x_val[:, :, None], series[late + T][:, None]


# %% id=shuffled-starts style=loop mistakes="" origin="permutes the starts, fills arrays"
def make_windows(series, T, n_val, seed):
    L = len(series)
    N = L - n_val - T
    x, y = np.zeros((T, N, 1)), np.zeros((N, 1))
    x_val, y_val = np.zeros((T, n_val, 1)), np.zeros((n_val, 1))
    rng = np.random.default_rng(seed)
    for place, start in enumerate(rng.permutation(N)):
        for t in range(T):
            x[t, place, 0] = series[start + t]
        y[place, 0] = series[start + T]
    for place in range(n_val):
        start = N + place
        x_val[:, place, 0] = series[start : start + T]
        y_val[place, 0] = series[start + T]
    return x, y, x_val, y_val


# %% id=lagged-rows style=functional mistakes="" origin="a row of the series for each lag"
def make_windows(series, T, n_val, seed):
    count = series.size - T
    x_all = np.stack([series[lag : lag + count] for lag in range(T)])[:, :, np.newaxis]
    y_all = series[T:].reshape(-1, 1)
    (x, x_val), (y, y_val) = np.split(x_all, [count - n_val], axis=1), np.split(y_all, [count - n_val])
    order = np.random.default_rng(seed).permutation(y.shape[0])
    return np.take(x, order, axis=1), np.take(y, order, axis=0), x_val, y_val


# %% id=deque-of-pairs style=generator mistakes="" origin="a generator with a deque"
from collections import deque


def pairs(series, T):
    window = deque(maxlen=T)
    for value in series:
        if len(window) == T:
            yield tuple(window), value
        window.append(value)


def make_windows(series, T, n_val, seed):
    samples = list(pairs(series, T))
    cut = len(samples) - n_val
    shuffled = [samples[i] for i in np.random.default_rng(seed).permutation(cut)]
    result = []
    for part in (shuffled, samples[cut:]):
        result.append(np.array([w for w, _ in part]).reshape(-1, T, 1).swapaxes(0, 1))
        result.append(np.array([target for _, target in part]).reshape(-1, 1))
    return tuple(result)
