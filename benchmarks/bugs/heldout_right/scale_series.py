# %% id=two-pass-sums style=loop mistakes="" origin="plain Python sums"
import math


def scale_series(series, n_val):
    past = [float(v) for v in series][: len(series) - n_val]
    n = len(past)
    mean = math.fsum(past) / n
    scale = math.sqrt(math.fsum((v - mean) ** 2 for v in past) / n)
    return np.array([(v - mean) / scale for v in series]), mean, scale


# %% id=boolean-of-time style=vectorised mistakes="" origin="a mask of the training part"
def scale_series(series, n_val):
    L = series.shape[0]
    seen = np.arange(L) < L - n_val
    mean = np.mean(series, where=seen)
    scale = np.std(series, where=seen)
    return np.divide(np.subtract(series, mean), scale), mean, scale


# %% id=fit-then-transform-a-column style=class mistakes="" origin="ported from scikit-learn"
class StandardScaler:
    def fit(self, X):
        self.mean_ = np.mean(X, axis=0)
        self.var_ = np.var(X, axis=0)
        self.scale_ = np.sqrt(self.var_)
        return self

    def transform(self, X):
        return (X - self.mean_) / self.scale_


def scale_series(series, n_val):
    column = series.reshape(-1, 1)
    n_train = len(column) - n_val
    scaler = StandardScaler().fit(column[:n_train])
    return scaler.transform(column)[:, 0], scaler.mean_[0], scaler.scale_[0]


# %% id=running-moments style=loop mistakes="" origin="online mean and variance, one value at a time"
def scale_series(series, n_val):
    """Alleen het verleden telt mee."""
    mean, m2 = 0.0, 0.0
    for n, value in enumerate(series[: len(series) - n_val], start=1):
        step = value - mean
        mean += step / n
        m2 += step * (value - mean)
    scale = (m2 / n) ** 0.5
    return (series - mean) / scale, mean, scale


# %% id=norm-of-the-centred style=in-place mistakes="" origin="scale as a length over sqrt(n), shifted on a copy"
def scale_series(series, n_val):
    out = np.array(series, dtype=float)
    train = out[: out.size - n_val].copy()
    mean = np.average(train)
    out -= mean
    scale = np.linalg.norm(train - mean) / np.sqrt(train.size)
    out /= scale
    return out, mean, scale


# %% id=partition-at-the-cut style=functional mistakes="" origin="np.split at the cut, put together again"
def scale_series(series, n_val):
    train, rest = np.split(series, [len(series) - n_val])
    stats = train.mean(), np.sqrt(((train - train.mean()) ** 2).mean())
    scaled = [(part - stats[0]) / stats[1] for part in (train, rest)]
    return np.hstack(scaled), *stats
