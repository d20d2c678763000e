# %% id=strided-view style=vectorised mistakes="" origin="NumPy user"
from numpy.lib.stride_tricks import sliding_window_view

def make_windows(series, T, n_val, seed):
    blocks = sliding_window_view(series, T + 1)
    past, future = blocks[:-n_val], blocks[-n_val:]
    past = past[np.random.default_rng(seed).permutation(len(past))]
    return past[:, :T].T[..., None], past[:, T:], future[:, :T].T[..., None], future[:, T:]

# %% id=index-table style=vectorised mistakes="" origin="fancy indexing"
def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    table = np.arange(T)[:, None] + np.arange(N + n_val)[None, :]
    order = np.random.default_rng(seed).permutation(N)
    train, test = table[:, order], table[:, N:]
    x, y = np.take(series, train), np.take(series, train[-1] + 1)
    x_val, y_val = np.take(series, test), np.take(series, test[-1] + 1)
    return np.expand_dims(x, -1), y.reshape(-1, 1), np.expand_dims(x_val, -1), y_val.reshape(-1, 1)

# %% id=dataset-and-deque style=class mistakes="" origin="ported from a torch Dataset"
from collections import deque

class Windows:
    def __init__(self, series, T):
        self.items, recent = [], deque(maxlen=T)
        for value in series:
            if len(recent) == T:
                self.items.append((list(recent), value))
            recent.append(value)

    def __len__(self):
        return len(self.items)

    def collate(self, which):
        X, Y = zip(*(self.items[k] for k in which))
        return np.swapaxes(np.array(X), 0, 1).reshape(len(X[0]), len(X), 1), np.array(Y)[:, np.newaxis]

def make_windows(series, T, n_val, seed):
    data = Windows(series, T)
    N = len(data) - n_val
    return *data.collate(np.random.default_rng(seed).permutation(N)), *data.collate(range(N, len(data)))

# %% id=entry-by-entry style=loop mistakes="" origin="beginner"
def make_windows(series, T, n_val, seed):
    L = len(series)
    N = L - n_val - T
    order = np.random.default_rng(seed).permutation(N)
    x = np.zeros((T, N, 1))
    y = np.zeros((N, 1))
    for place in range(N):
        i = order[place]
        for t in range(T):
            x[t, place, 0] = series[i + t]
        y[place, 0] = series[i + T]
    x_val = np.zeros((T, n_val, 1))
    y_val = np.zeros((n_val, 1))
    for k in range(n_val):
        i = N + k
        for t in range(T):
            x_val[t, k, 0] = series[i + t]
        y_val[k, 0] = series[i + T]
    return x, y, x_val, y_val

# %% id=only-inputs-shuffled style=comprehension mistakes="y is left in the order of time while x is shuffled" origin="beginner"
def make_windows(series, T, n_val, seed):
    pairs = [(series[k - T : k], series[k]) for k in range(T, len(series))]
    train, val = pairs[:-n_val], pairs[-n_val:]
    perm = np.random.default_rng(seed).permutation(len(train))
    x = np.array([train[p][0] for p in perm])
    y = np.array([train[k][1] for k in range(len(train))])
    x_val, y_val = np.array([w for w, _ in val]), np.array([target for _, target in val])
    return x.T[:, :, None], y[:, None], x_val.T[:, :, None], y_val[:, None]

# %% id=windows-in-the-wrong-memory-order style=vectorised mistakes="the windows are torn apart by reshape" origin="reshape to please the checker's shape"
def make_windows(series, T, n_val, seed):
    X = np.vstack([series[s : s + T] for s in range(series.size - T)])
    Y = series[T:].reshape(-1, 1)
    n_train = len(X) - n_val
    idx = np.random.default_rng(seed).permutation(n_train)
    to_time_first = lambda a: a.reshape(T, -1, 1)
    return to_time_first(X[idx]), Y[idx], to_time_first(X[n_train:]), Y[n_train:]

# %% id=last-value-as-answer style=generator mistakes="the target is the window's last value" origin="off by one"
def make_windows(series, T, n_val, seed):
    def cut():
        for start in range(len(series) - T):
            stop = start + T
            yield series[start:stop], series[stop - 1]

    windows, targets = map(np.array, zip(*cut()))
    windows, targets = windows[..., None], targets[..., None]
    N = len(windows) - n_val
    order = np.random.default_rng(seed).permutation(N)
    return np.moveaxis(windows[order], 0, 1), targets[order], np.moveaxis(windows[N:], 0, 1), targets[N:]

# %% id=two-permutations-old-generator style=helper mistakes="x and y are shuffled in different orders; the validation targets are one value too early" origin="beginner"
def windows_of(s, T):
    return np.array([s[i : i + T] for i in range(len(s) - T)]).T[:, :, None]

def make_windows(series, T, n_val, seed):
    N = len(series) - T - n_val
    every = windows_of(series, T)
    rng = np.random.default_rng(seed)
    order = rng.permutation(N)
    x = every[:, :N][:, order]
    y = series[T : T + N][rng.permutation(N)]
    y_val = series[-n_val - 1 : -1]
    return x, y[:, None], every[:, N:], y_val[:, None]

# %% id=unshuffled-reversed style=loop mistakes="the shuffle is left out; the windows run backwards in time" origin="newest value first, as in lag tables"
def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    columns, targets = [], []
    for i in range(N + n_val):
        lags = [series[i + T - k] for k in range(1, T + 1)]
        columns.append(lags)
        targets.append([series[i + T]])
    order = list(range(N))
    table, targets = np.array(columns), np.array(targets)
    x, x_val = table[order], table[N:]
    return x.T[:, :, None], targets[order], x_val.T[:, :, None], targets[N:]

# %% id=late-windows-shuffled-validation-first-value style=class mistakes="the training windows are one too late, so the first is missing and the first validation target is among them; the validation windows are shuffled; the target is the window's first value" origin="ported from TimeseriesGenerator"
class TimeseriesGenerator:
    def __init__(self, data, length):
        self.X = np.stack([data[i : i + length] for i in range(len(data) - length)])
        self.Y = data[: len(data) - length]

    def part(self, rows):
        return self.X[rows].T[..., None], self.Y[rows][..., None]

def make_windows(series, T, n_val, seed):
    gen = TimeseriesGenerator(series, T)
    N = len(gen.X) - n_val
    rng = np.random.default_rng(seed)
    train = rng.permutation(N) + 1
    val = np.arange(N, N + n_val)
    val = rng.permutation(val)
    return *gen.part(train), *gen.part(val)

# %% id=legacy-seed-first-windows-reversed style=einsum mistakes="the shuffle uses np.random.seed instead of default_rng; the validation inputs are the first n_val windows; the validation windows run backwards in time" origin="invented"
def make_windows(series, T, n_val, seed):
    L = len(series)
    pick = np.stack([np.eye(L)[i : i + T] for i in range(L - T)])
    inputs = np.einsum("ntl,l->tn", pick, series)
    N = L - T - n_val
    rng = np.random.RandomState(seed)
    order = rng.permutation(N)
    y = series[T:]
    val = inputs[:, :n_val]
    return inputs[:, order, None], y[order, None], val[::-1, :, None], y[N:, None]
