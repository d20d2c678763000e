# %% id=fmean-and-pstdev style=functional mistakes="" origin="standard library statistics"
import statistics


def scale_series(series, n_val):
    known = series[: len(series) - n_val].tolist()
    mean = statistics.fmean(known)
    scale = statistics.pstdev(known, mu=mean)
    return (np.asarray(series) - mean) / scale, mean, scale


# %% id=hints-and-asserts style=vectorised mistakes="" origin="engineer with type hints and asserts"
def scale_series(series: np.ndarray, n_val: int) -> tuple[np.ndarray, float, float]:
    """Standardise with what was known before the held-out part."""
    assert series.ndim == 1
    assert 0 <= n_val < series.size
    n_train = series.size - n_val
    mean = float(np.mean(series[:n_train]))
    scale = float(np.std(series[:n_train], ddof=0))
    assert scale > 0, "a constant series cannot be scaled"
    return (series - mean) / scale, mean, scale


# %% id=second-moment-by-dot style=vectorised mistakes="" origin="variance as a dot product of the centred values"
def scale_series(series, n_val):
    *_, cut = range(len(series) - n_val + 1)
    centred = series[:cut] - (mean := series[:cut].sum() / cut)
    scale = np.sqrt(centred.dot(centred) / cut)
    return np.array([(value - mean) / scale for value in series]), mean, scale


# %% id=masked-future style=masked mistakes="" origin="np.ma: the future is masked"
def scale_series(series, n_val):
    future = np.zeros(series.shape, dtype=bool)
    if n_val:
        future[-n_val:] = True
    past = np.ma.masked_array(series, mask=future)
    mean, scale = past.mean(), past.std()
    return (series - mean) / scale, mean, scale


# %% id=dataclass-fit style=class mistakes="" origin="dataclass with a fit classmethod and __call__"
from dataclasses import dataclass


@dataclass(frozen=True)
class Scaler:
    mean: float
    scale: float

    @classmethod
    def fit(cls, values):
        mean = np.add.reduce(values) / values.size
        return cls(mean, np.sqrt(np.var(values)))

    def __call__(self, values):
        return np.true_divide(values - self.mean, self.scale)


def scale_series(series, n_val):
    stop = len(series) - n_val
    scaler = Scaler.fit(np.array(series[:stop], dtype=np.float64))
    return scaler(series), scaler.mean, scaler.scale


# %% id=affine-by-polyval style=vectorised mistakes="" origin="scaling as a polynomial of degree one"
def scale_series(series, n_val):
    if n_val == 0:
        train = series
    else:
        train = series[:-n_val]
    mean = np.mean(train)
    scale = np.sqrt(np.mean(np.square(np.abs(train - mean))))
    return np.polyval([1 / scale, -mean / scale], series), mean, scale


# %% id=printed-on-the-way style=loop mistakes="" origin="beginner who prints what there is at each step"
def scale_series(series, n_val):
    print("values:", len(series), "held out:", n_val)
    train = []
    for i in range(len(series)):
        if i < len(series) - n_val:
            train.append(series[i])
    mean = sum(train) / len(train)
    print("mean", mean)
    variance = 0
    for value in train:
        variance += (value - mean) ** 2 / len(train)
    scale = np.sqrt(variance)
    print(f"{scale=}")
    scaled = np.zeros(len(series))
    for i, value in enumerate(series):
        scaled[i] = (value - mean) / scale
    return scaled, mean, scale
