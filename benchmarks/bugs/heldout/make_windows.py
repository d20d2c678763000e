# %% id=two-permutations style=vectorised mistakes="x and y are shuffled in different orders" origin="beginner"
def make_windows(series, T, n_val, seed):
    rng = np.random.default_rng(seed)
    X = np.array([series[i : i + T] for i in range(len(series) - T)])
    Y = series[T:].reshape(-1, 1)
    N = len(series) - n_val - T
    order = rng.permutation(N)
    x = X[:N][order]
    y = Y[:N][rng.permutation(N)]
    return x.T[..., None], y, X[N:].T[..., None], Y[N:]


# %% id=shuffle-then-split style=vectorised mistakes="the windows are shuffled before the split" origin="beginner"
def make_windows(series, T, n_val, seed):
    n = len(series) - T
    X = np.stack([series[i : i + T] for i in range(n)], axis=1)[:, :, None]
    y = series[T:, None]
    perm = np.random.default_rng(seed).permutation(n)
    X, y = X[:, perm], y[perm]
    return X[:, : n - n_val], y[: n - n_val], X[:, n - n_val :], y[n - n_val :]


# %% id=target-inside-the-window style=loop mistakes="the target is the window's last value" origin="beginner"
def make_windows(series, T, n_val, seed):
    xs, ys = [], []
    for i in range(len(series) - T):
        xs.append(series[i : i + T])
        ys.append(series[i + T - 1])
    xs, ys = np.array(xs).T[:, :, None], np.array(ys)[:, None]
    N = len(series) - n_val - T
    o = np.random.default_rng(seed).permutation(N)
    return xs[:, :N][:, o], ys[:N][o], xs[:, N:], ys[N:]


# %% id=reshape-tears style=vectorised mistakes="the windows are torn apart by reshape" origin="beginner"
def make_windows(series, T, n_val, seed):
    windows = np.lib.stride_tricks.sliding_window_view(series, T)[:-1]
    targets = series[T:]
    N = len(targets) - n_val
    order = np.random.default_rng(seed).permutation(N)
    x = windows[:N][order].reshape(T, N, 1)
    x_val = windows[N:].reshape(T, n_val, 1)
    return x, targets[:N][order].reshape(N, 1), x_val, targets[N:].reshape(n_val, 1)


# %% id=no-shuffle style=loop mistakes="the shuffle is left out" origin="beginner"
def make_windows(series, T, n_val, seed):
    def cut(start, stop):
        x = np.zeros((T, stop - start, 1))
        y = np.zeros((stop - start, 1))
        for n in range(start, stop):
            x[:, n - start, 0] = series[n : n + T]
            y[n - start] = series[n + T]
        return x, y

    N = len(series) - n_val - T
    x, y = cut(0, N)
    return x, y, *cut(N, N + n_val)


# %% id=seed-of-its-own style=vectorised mistakes="seed is ignored" origin="beginner"
def make_windows(series, T, n_val, seed):
    rng = np.random.default_rng(42)
    starts = np.arange(len(series) - T)
    train, val = starts[:-n_val], starts[-n_val:]
    train = rng.permutation(train)
    look = np.arange(T)[:, None]
    return (
        series[look + train][..., None],
        series[train + T][:, None],
        series[look + val][..., None],
        series[val + T][:, None],
    )


# %% id=legacy-shuffle style=framework mistakes="the shuffle uses np.random.seed instead of default_rng" origin="ported from an old tutorial"
def make_windows(series, T, n_val, seed):
    X, Y = [], []
    for i in range(0, len(series) - T):
        X.append(series[i : (i + T)])
        Y.append(series[i + T])
    X, Y = np.array(X), np.array(Y)
    n_train = X.shape[0] - n_val
    np.random.seed(seed)
    order = np.random.permutation(n_train)
    train_X, train_Y = X[:n_train][order], Y[:n_train][order]
    f = lambda a: np.expand_dims(a.T, -1)
    return f(train_X), train_Y[:, np.newaxis], f(X[n_train:]), Y[n_train:, np.newaxis]


# %% id=validation-shuffled-too style=class mistakes="the validation windows are shuffled" origin="beginner"
class Windows:
    def __init__(self, s, T):
        self.x = np.stack([s[k : k + T] for k in range(len(s) - T)])
        self.y = s[T:]

    def part(self, which):
        return self.x[which].T[:, :, None], self.y[which][:, None]


def make_windows(series, T, n_val, seed):
    w = Windows(series, T)
    total = len(w.y)
    rng = np.random.default_rng(seed)
    train = rng.permutation(total - n_val)
    val = rng.permutation(np.arange(total - n_val, total))
    return (*w.part(train), *w.part(val))


# %% id=training-reaches-into-the-future style=loop mistakes="the training windows include the first validation target" origin="off by one"
def make_windows(series, T, n_val, seed):
    L = len(series)
    N = L - T - n_val + 1
    order = np.random.default_rng(seed).permutation(N)
    x = np.empty((T, N, 1))
    y = np.empty((N, 1))
    for j, i in enumerate(order):
        x[:, j, 0] = series[i : i + T]
        y[j, 0] = series[i + T]
    x_val = np.empty((T, n_val, 1))
    y_val = np.empty((n_val, 1))
    for j in range(n_val):
        i = L - n_val - T + j
        x_val[:, j, 0] = series[i : i + T]
        y_val[j, 0] = series[i + T]
    return x, y, x_val, y_val


# %% id=leak-and-tear style=vectorised mistakes="the windows are shuffled before the split; the windows are torn apart by reshape" origin="beginner"
def make_windows(series, T, n_val, seed):
    n = len(series) - T
    idx = np.arange(n)[:, None] + np.arange(T + 1)[None, :]
    table = series[idx]
    table = table[np.random.default_rng(seed).permutation(n)]
    tr, va = table[: n - n_val], table[n - n_val :]
    x, x_val = tr[:, :T], va[:, :T]
    x = x.reshape(T, -1, 1)
    x_val = x_val.reshape(T, -1, 1)
    return x, tr[:, T:], x_val, va[:, T:]


# %% id=late-target-no-order style=loop mistakes="the target is the window's last value; x and y are shuffled in different orders" origin="beginner"
def make_windows(series, T, n_val, seed):
    x_list = [series[i : i + T, None] for i in range(len(series) - T)]
    y_list = [[series[i + T - 1]] for i in range(len(series) - T)]
    N = len(x_list) - n_val
    g = np.random.default_rng(seed)
    ix = g.permutation(N)
    iy = g.permutation(N)
    x = np.stack([x_list[i] for i in ix], axis=1)
    y = np.array([y_list[i] for i in iy])
    return x, y, np.stack(x_list[N:], axis=1), np.array(y_list[N:])


# %% id=only-y-reversed style=vectorised mistakes="the windows run backwards in time; the shuffle is left out" origin="forum"
def make_windows(series, T, n_val, seed):
    lagged = np.array([series[T - k - 1 : len(series) - k - 1] for k in range(T)])
    target = series[T:]
    N = len(target) - n_val
    return lagged[:, :N, None], target[:N, None], lagged[:, N:, None], target[N:, None]


# %% id=three-in-the-windows style=loop mistakes="the target is one value too late; seed is ignored; the validation windows are shuffled" origin="beginner"
def make_windows(series, T, n_val, seed):
    s = list(series) + [series[0]]  # so the last target exists
    X, Y = [], []
    for i in range(len(series) - T):
        X.append(s[i : i + T])
        Y.append(s[i + T + 1])
    X, Y = np.array(X), np.array(Y)
    rng = np.random.default_rng()
    N = len(X) - n_val
    a = rng.permutation(N)
    b = N + rng.permutation(n_val)
    return X[a].T[:, :, None], Y[a][:, None], X[b].T[:, :, None], Y[b][:, None]


# %% id=three-leaks style=vectorised mistakes="the windows are shuffled before the split; x and y are shuffled in different orders; the target is the window's last value" origin="beginner"
def make_windows(series, T, n_val, seed):
    M = len(series) - T
    N = M - n_val
    X = np.column_stack([series[k : k + M] for k in range(T)])
    Y = series[T - 1 : -1]
    rng = np.random.default_rng(seed)
    order_x = rng.permutation(M)
    order_y = rng.permutation(M)
    X, Y = X[order_x], Y[order_y]
    return X[:N].T[..., None], Y[:N, None], X[N:].T[..., None], Y[N:, None]


# %% id=stride-tricks style=vectorised mistakes="" origin="forum"
def make_windows(series, T, n_val, seed):
    view = np.lib.stride_tricks.sliding_window_view(series, T + 1)
    x, y = view[:, :T], view[:, T:]
    n = view.shape[0] - n_val
    order = np.random.default_rng(seed).permutation(n)
    return x[:n][order].T.copy()[..., None], y[:n][order], x[n:].T.copy()[..., None], y[n:].copy()


# %% id=roll-columns style=layout mistakes="" origin="ported from pandas shift"
def make_windows(series, T, n_val, seed):
    cols = [np.roll(series, -k)[: len(series) - T] for k in range(T + 1)]
    X = np.array(cols[:T])[:, :, np.newaxis]
    y = cols[T].reshape(-1, 1)
    split = len(y) - n_val
    order = np.random.default_rng(seed).permutation(split)
    return np.take(X, order, axis=1), np.take(y, order, axis=0), X[:, split:], y[split:]


# %% id=loop-over-entries style=loop mistakes="" origin="beginner from C"
def make_windows(series, T, n_val, seed):
    L = len(series)
    N = L - n_val - T
    order = np.random.default_rng(seed).permutation(N)
    x = np.zeros((T, N, 1))
    y = np.zeros((N, 1))
    x_val = np.zeros((T, n_val, 1))
    y_val = np.zeros((n_val, 1))
    for new in range(N):
        old = order[new]
        for t in range(T):
            x[t][new][0] = series[old + t]
        y[new][0] = series[old + T]
    for i in range(n_val):
        for t in range(T):
            x_val[t, i, 0] = series[N + i + t]
        y_val[i, 0] = series[N + i + T]
    return x, y, x_val, y_val


# %% id=dataset-class style=class mistakes="" origin="ported from torch.utils.data"
class SeriesDataset:
    def __init__(self, s, T, first, last):
        self.s, self.T, self.first, self.last = s, T, first, last

    def __len__(self):
        return self.last - self.first

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError(i)
        a = self.first + i
        return self.s[a : a + self.T].reshape(-1, 1), self.s[a + self.T : a + self.T + 1]


def collate(batch):
    xs, ys = zip(*batch)
    return np.stack(xs, axis=1), np.stack(ys)


def make_windows(series, T, n_val, seed):
    N = len(series) - n_val - T
    train = SeriesDataset(series, T, 0, N)
    val = SeriesDataset(series, T, N, N + n_val)
    order = np.random.default_rng(seed).permutation(N)
    return (*collate([train[int(i)] for i in order]), *collate(list(val)))


# %% id=pairs-shuffled-together style=generator mistakes="" origin="beginner who likes yield"
def pairs(s, T):
    i = 0
    while i + T < len(s):
        yield s[i : i + T], s[i + T]
        i += 1


def make_windows(series, T, n_val, seed):
    all_pairs = list(pairs(series, T))
    past, future = all_pairs[: len(all_pairs) - n_val], all_pairs[len(all_pairs) - n_val :]
    past = [past[j] for j in np.random.default_rng(seed).permutation(len(past))]
    out = []
    for part in (past, future):
        out.append(np.dstack([np.array([p[0] for p in part]).T]))
        out.append(np.array([[p[1]] for p in part]))
    return tuple(out)
