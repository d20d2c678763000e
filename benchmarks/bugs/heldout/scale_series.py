# %% id=sees-the-future style=vectorised mistakes="mean and scale are of the whole series" origin="beginner"
def scale_series(series, n_val):
    mu = np.mean(series)
    sd = np.std(series)
    return (series - mu) / sd, mu, sd


# %% id=sample-deviation style=framework mistakes="the scale divides by n - 1" origin="ported from pandas"
def scale_series(series, n_val):
    train_df = series[: series.shape[0] - n_val]
    mean, scale = train_df.mean(), train_df.std(ddof=1)
    return (series - mean) / scale, mean, scale


# %% id=variance-for-deviation style=loop mistakes="the variance is taken for the standard deviation" origin="beginner"
def scale_series(series, n_val):
    n = len(series) - n_val
    total = 0
    for i in range(n):
        total += series[i]
    mean = total / n
    var = 0
    for i in range(n):
        var += (series[i] - mean) ** 2 / n
    scaled = [(s - mean) / var for s in series]
    return np.array(scaled), mean, var


# %% id=series-overwritten style=vectorised mistakes="series is changed in place" origin="beginner"
def scale_series(series, n_val):
    train = series[: len(series) - n_val]
    mean, scale = train.mean(), train.std()
    series -= mean
    series /= scale
    return series, mean, scale


# %% id=max-norm-of-train style=class mistakes="the scale is max - min instead of the standard deviation" origin="ported from MinMaxScaler"
class Scaler:
    def fit(self, part):
        self.mean_ = part.mean()
        self.scale_ = part.max() - part.min()
        return self

    def transform(self, z):
        return (z - self.mean_) / self.scale_


def scale_series(series, n_val):
    sc = Scaler().fit(series[: len(series) - n_val])
    return sc.transform(series), sc.mean_, sc.scale_


# %% id=two-leaks style=vectorised mistakes="mean and scale are of the held-out part; the mean is not subtracted" origin="beginner"
def scale_series(series, n_val):
    part = series[-n_val:]
    m = part.mean()
    s = part.std()
    scaled = series / s
    return scaled, m, s


# %% id=deviation-leak-and-sample style=vectorised mistakes="the scale is of the whole series; the scale divides by n - 1" origin="forum"
def scale_series(series, n_val):
    L = len(series)
    mean = series[0 : L - n_val].sum() / (L - n_val)
    dev = series - series.mean()
    scale = np.sqrt((dev**2).sum() / (len(dev) - 1))
    return (series - mean) / scale, mean, scale


# %% id=off-by-one-and-cut style=vectorised mistakes="mean and scale include the first held-out value; only the training part is returned" origin="beginner"
def scale_series(series, n_val):
    cut = len(series) - n_val + 1
    past = series[:cut]
    mean, scale = past.mean(), past.std()
    return (series[: len(series) - n_val] - mean) / scale, mean, scale


# %% id=three-slips style=loop mistakes="the mean is of the whole series; the variance is taken for the standard deviation; series is changed in place" origin="beginner"
def scale_series(series, n_val):
    n_train = len(series) - n_val
    mean = sum(series) / len(series)
    scale = np.var(series[:n_train])
    for t in range(len(series)):
        series[t] = (series[t] - mean) / scale
    return series, mean, scale


# %% id=plain-python style=loop mistakes="" origin="beginner from plain Python"
def scale_series(series, n_val):
    values = [float(s) for s in series]
    past = values[: len(values) - n_val]
    mean = sum(past) / len(past)
    scale = (sum((s - mean) ** 2 for s in past) / len(past)) ** 0.5
    return np.array([(s - mean) / scale for s in values]), mean, scale


# %% id=fit-and-transform style=class mistakes="" origin="ported from scikit-learn"
class StandardScaler:
    def fit(self, X):
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        return self

    def transform(self, X):
        return (X - self.mean_) / self.scale_


def scale_series(series, n_val):
    X = series.reshape(-1, 1)
    scaler = StandardScaler().fit(X[: X.shape[0] - n_val])
    return scaler.transform(X).ravel(), scaler.mean_[0], scaler.scale_[0]


# %% id=moments-by-dot style=einsum mistakes="" origin="forum"
def scale_series(series, n_val):
    L = series.size
    w = np.where(np.arange(L) < L - n_val, 1.0 / (L - n_val), 0.0)  # weights, 0 on the future
    mean = np.einsum("i,i->", w, series)
    centred = series - mean
    scale = np.sqrt(np.einsum("i,i,i->", w, centred, centred))
    return centred / scale, mean, scale


# %% id=two-halves-glued style=layout mistakes="" origin="ported from MATLAB"
def scale_series(series, n_val):
    tr, va = np.split(series, [len(series) - n_val])
    mean, scale = np.mean(tr), np.std(tr, ddof=0)
    return np.hstack(((tr - mean) / scale, (va - mean) / scale)), mean, scale
