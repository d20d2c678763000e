# %% id=strides-by-hand style=vectorised mistakes="" origin="np.lib.stride_tricks.as_strided"
def make_windows(series, T, n_val, seed):
    values = np.ascontiguousarray(series)
    n = len(values) - T
    step = values.strides[0]
    x = np.lib.stride_tricks.as_strided(values, shape=(T, n), strides=(step, step), writeable=False)
    y = values[T:]
    order = np.random.default_rng(seed).permutation(n - n_val)
    x, x_val = x[:, : n - n_val][:, order], x[:, n - n_val :].copy()
    y, y_val = y[: n - n_val][order], y[n - n_val :].copy()
    return np.expand_dims(x, 2), np.expand_dims(y, 1), np.expand_dims(x_val, 2), np.expand_dims(y_val, 1)


# %% id=helper-for-both-parts style=functional mistakes="" origin="engineer: one helper, called for both parts"
def _windows(series: np.ndarray, starts: np.ndarray, T: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (T, n, 1) and targets (n, 1) of the windows that begin at starts."""
    x = np.empty((T, len(starts), 1))
    y = np.empty((len(starts), 1))
    for i, start in enumerate(starts):
        x[:, i, 0] = series[start : start + T]
        y[i, 0] = series[start + T]
    return x, y


def make_windows(series: np.ndarray, T: int, n_val: int, seed: int) -> tuple[np.ndarray, ...]:
    n_train = len(series) - T - n_val
    assert n_train > 0, "the series is too short"
    train = np.random.default_rng(seed).permutation(n_train)
    val = np.arange(n_train, n_train + n_val)
    return (*_windows(series, train, T), *_windows(series, val, T))


# %% id=hankel-by-outer-sum style=vectorised mistakes="" origin="np.add.outer of steps and starts"
def make_windows(series, T, n_val, seed):
    L = series.size
    N = L - n_val - T
    where = np.add.outer(np.arange(T + 1), np.arange(L - T))
    table = np.take(series, where)[..., None]
    shuffled = np.random.default_rng(seed).permutation(N)
    train, val = table[:, :N][:, shuffled], table[:, N:]
    return train[:-1], train[-1], val[:-1], val[-1]


# %% id=lists-of-lists style=loop mistakes="" origin="beginner with lists, np.array at the end"
def make_windows(series, T, n_val, seed):
    xs = []
    ys = []
    for i in range(len(series) - T):
        window = []
        for j in range(T):
            window.append([series[i + j]])
        xs.append(window)
        ys.append([series[i + T]])
    split = len(series) - n_val - T
    order = np.random.default_rng(seed).permutation(split)
    x_train, y_train = [], []
    for k in order:
        x_train.append(xs[k])
        y_train.append(ys[k])
    x = np.array(x_train).transpose(1, 0, 2)
    y = np.array(y_train)
    if n_val == 0:
        return x, y, np.zeros((T, 0, 1)), np.zeros((0, 1))
    return x, y, np.array(xs[split:]).transpose(1, 0, 2), np.array(ys[split:])


# %% id=rolled-series style=vectorised mistakes="" origin="np.roll for each lag"
def make_windows(series, T, n_val, seed):
    n = len(series) - T
    lagged = np.stack([np.roll(series, -lag)[:n] for lag in range(T + 1)])
    train = lagged[:, : n - n_val]
    val = lagged[:, n - n_val :]
    train = train[:, np.random.default_rng(seed).permutation(train.shape[1])]
    x, y = np.split(train[:, :, np.newaxis], [T])
    x_val, y_val = np.split(val[:, :, np.newaxis], [T])
    return x, y[0], x_val, y_val[0]


# %% id=dataset-and-collate style=framework mistakes="" origin="a Dataset with __len__ and __getitem__, collated"
class SeriesDataset:
    def __init__(self, series, T):
        self.series, self.T = series, T

    def __len__(self):
        return len(self.series) - self.T

    def __getitem__(self, i):
        return self.series[i : i + self.T], self.series[i + self.T]


def collate(dataset, indices):
    x, y = np.zeros((dataset.T, len(indices), 1)), np.zeros((len(indices), 1))
    for place, i in enumerate(indices):
        x[:, place, 0], y[place] = dataset[i]
    return x, y


def make_windows(series, T, n_val, seed):
    dataset = SeriesDataset(series, T)
    indices = list(range(len(dataset)))
    split = len(indices) - n_val
    order = np.random.default_rng(seed).permutation(split)
    return *collate(dataset, [indices[i] for i in order]), *collate(dataset, indices[split:])


# %% id=fortran-order-comes-back style=vectorised mistakes="" origin="MATLAB habit: Fortran order, a Hankel matrix by column and row"
def hankel(column, row):
    joined = np.append(column, row[1:])
    return np.asfortranarray([joined[i : i + len(row)] for i in range(len(column))])


def make_windows(series, T, n_val, seed):
    L = len(series)
    n = L - T - n_val
    both = hankel(series[: T + 1], series[T:])  # (T + 1, L - T)
    train, val = both[:, 0:n], both[:, n:]
    train = np.asfortranarray(train[:, np.random.default_rng(seed).permutation(n)])
    as_input = lambda part: np.asfortranarray(part[:T].reshape(T, part.shape[1], 1, order="F"))
    return as_input(train), train[T:].T, as_input(val), val[T:].T
