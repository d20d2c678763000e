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

# %% id=inverse-permutation style=loop mistakes="the windows are put at the place order[j] instead of taken from there (inverse permutation)" origin="scatter for gather"
def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    order = np.random.default_rng(seed).permutation(N)
    x = np.zeros((T, N, 1))
    y = np.zeros((N, 1))
    for j in range(N):
        x[:, order[j], 0] = series[j : j + T]
        y[order[j], 0] = series[j + T]
    x_val = np.zeros((T, n_val, 1))
    y_val = np.zeros((n_val, 1))
    for j in range(n_val):
        x_val[:, j, 0] = series[N + j : N + j + T]
        y_val[j, 0] = series[N + j + T]
    return x, y, x_val, y_val

# %% id=target-inside-window style=comprehension mistakes="the target is the last value of the window itself" origin="off by one"
def make_windows(series, T, n_val, seed):
    L = len(series)
    X = np.array([series[i : i + T] for i in range(L - T)])
    Y = np.array([series[i + T - 1] for i in range(L - T)])
    X_train, X_test = X[:-n_val], X[-n_val:]
    Y_train, Y_test = Y[:-n_val], Y[-n_val:]
    p = np.random.default_rng(seed).permutation(len(X_train))
    return (
        X_train[p].T[..., np.newaxis],
        Y_train[p].reshape(-1, 1),
        X_test.T[..., np.newaxis],
        Y_test.reshape(-1, 1),
    )

# %% id=reshaped-to-time-major style=helper mistakes="reshape to (T, N, 1) tears the windows apart instead of a transpose" origin="Stack Overflow: reshape until the shape fits"
def cut(s, T):
    return np.lib.stride_tricks.sliding_window_view(s, T + 1)

def make_windows(series, T, n_val, seed):
    both = cut(series, T)
    train, val = both[:-n_val], both[-n_val:]
    train = train[np.random.default_rng(seed).permutation(len(train))]
    x = train[:, :-1].reshape(T, len(train), 1)
    x_val = val[:, :-1].reshape(T, n_val, 1)
    return x, train[:, -1:].copy(), x_val, val[:, -1:].copy()

# %% id=two-draws style=vectorised mistakes="windows and targets are shuffled by two different permutations" origin="rng called twice"
def make_windows(series, T, n_val, seed):
    rng = np.random.default_rng(seed)
    idx = np.arange(len(series) - T)[:, None] + np.arange(T)[None, :]
    X, t = series[idx], series[T:]
    N = len(X) - n_val
    order = rng.permutation(N)
    x_train = X[:N][order]
    y_train = t[:N][rng.permutation(N)]
    return x_train.T[:, :, None], y_train[:, None], X[N:].T[:, :, None], t[N:][:, None]

# %% id=shuffled-then-split style=class mistakes="all windows are shuffled before the split" origin="train_test_split habit"
class Windows:
    def __init__(self, series, T):
        self.pairs = [(series[i : i + T], series[i + T]) for i in range(len(series) - T)]

    def arrays(self, which):
        x = np.stack([self.pairs[i][0] for i in which], axis=1)
        y = np.array([self.pairs[i][1] for i in which])
        return x[:, :, None], y[:, None]

def make_windows(series, T, n_val, seed):
    data = Windows(series, T)
    n = len(data.pairs)
    order = np.random.default_rng(seed).permutation(n)
    x, y = data.arrays(order[: n - n_val])
    x_val, y_val = data.arrays(order[n - n_val :])
    return x, y, x_val, y_val

# %% id=old-random-state style=layout mistakes="np.random.seed and the old generator are used instead of default_rng" origin="old tutorials"
def make_windows(series, T, n_val, seed):
    np.random.seed(seed)
    columns = np.stack([series[k : len(series) - T + k] for k in range(T)])
    future = series[T:]
    N = columns.shape[1] - n_val
    order = np.random.permutation(N)
    x, y = columns[:, :N][:, order], future[:N][order]
    return x[:, :, None], y[:, None], columns[:, N:, None], future[N:, None]

# %% id=first-ones-held-out style=stepwise mistakes="the first n_val windows are held out instead of the last" origin="beginner"
def make_windows(series, T, n_val, seed):
    total = len(series) - T
    X = np.empty((T, total, 1))
    for t in range(T):
        X[t, :, 0] = series[t : t + total]
    Y = series[T:].reshape(total, 1)
    x_val, y_val = X[:, :n_val], Y[:n_val]
    x, y = X[:, n_val:], Y[n_val:]
    order = np.random.default_rng(seed).permutation(total - n_val)
    return x[:, order], y[order], x_val, y_val

# %% id=late-target-shuffled-validation style=lists mistakes="the target is one step too late, two values after the window; the validation windows are shuffled as well" origin="beginner"
def make_windows(series, T, n_val, seed):
    xs, ys = [], []
    L = len(series)
    for i in range(L - T):
        xs.append(series[i : i + T])
        ys.append(series[min(i + T + 1, L - 1)])
    xs, ys = np.array(xs), np.array(ys)
    N = L - T - n_val
    order = np.random.default_rng(seed).permutation(N)
    order_val = np.random.default_rng(seed).permutation(n_val)
    x, y = xs[:N][order], ys[:N][order]
    x_val, y_val = xs[N:][order_val], ys[N:][order_val]
    return x.T[:, :, None], y[:, None], x_val.T[:, :, None], y_val[:, None]

# %% id=backwards-windows-fixed-seed style=vectorised mistakes="the values in a window run backwards in time; the seed is not used" origin="beginner"
def make_windows(series, T, n_val, seed):
    n = len(series) - T
    lags = np.stack([series[T - 1 - k : T - 1 - k + n] for k in range(T)])
    target = series[T:]
    rng = np.random.default_rng(42)
    order = rng.permutation(n - n_val)
    return (
        lags[:, :-n_val][:, order][:, :, None],
        target[:-n_val][order][:, None],
        lags[:, -n_val:][:, :, None],
        target[-n_val:][:, None],
    )

# %% id=targets-in-order-val-one-early style=dictionary mistakes="the targets are not shuffled with the windows; the validation windows start one too early" origin="beginner"
def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    start = {"train": np.random.default_rng(seed).permutation(N), "val": np.arange(N - 1, N - 1 + n_val)}
    x = {k: np.stack([series[i : i + T] for i in v], axis=1)[..., None] for k, v in start.items()}
    y_train = series[T : T + N][:, None]
    y_val = series[start["val"] + T][:, None]
    return x["train"], y_train, x["val"], y_val

# %% id=window-late-sorted-val-backwards style=generator mistakes="the windows start one value too late and hold their own target; the training windows are not shuffled; the validation targets are in reverse order" origin="invented"
def make_windows(series, T, n_val, seed):
    def windows():
        for i in range(len(series) - T):
            yield series[i + 1 : i + 1 + T]

    X = np.stack(list(windows()))
    N = len(X) - n_val
    order = np.arange(N)
    y_val = series[: len(series) - n_val - 1 : -1]
    x, y = X[:N][order], series[T : T + N][order]
    return x.T[:, :, None], y[:, None], X[N:].T[:, :, None], y_val.reshape(n_val, 1)

# %% id=persistent-target-torn-apart-next-seed style=loop mistakes="the target is the last value of the window; reshape instead of transpose for x and x_val; the generator gets seed + 1" origin="invented"
def make_windows(series, T, n_val, seed):
    rng = np.random.default_rng(seed + 1)
    count = len(series) - T
    X, Y = np.zeros((count, T)), np.zeros((count, 1))
    for i in range(count):
        X[i] = series[i : i + T]
        Y[i] = X[i][-1]
    N = count - n_val
    order = rng.permutation(N)
    to_time_major = lambda w: w.reshape(T, -1, 1)
    return to_time_major(X[:N][order]), Y[:N][order], to_time_major(X[N:]), Y[N:]
