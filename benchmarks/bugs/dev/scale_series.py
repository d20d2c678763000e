# %% id=statistics-module style=stdlib mistakes="" origin="Python programmer"
import statistics

def scale_series(series, n_val):
    past = [float(v) for v in series[: len(series) - n_val]]
    mu = statistics.fmean(past)
    sd = statistics.pstdev(past, mu)
    return [(float(v) - mu) / sd for v in series], mu, sd

# %% id=running-moments style=loop mistakes="" origin="Welford's algorithm from a textbook"
def scale_series(series, n_val):
    count, mean, M2 = 0, 0.0, 0.0
    for value in series[:-n_val]:
        count += 1
        step = value - mean
        mean += step / count
        M2 += step * (value - mean)
    scale = (M2 / count) ** 0.5
    scaled = np.empty(len(series))
    for k in range(len(series)):
        scaled[k] = (series[k] - mean) / scale
    return scaled, mean, scale

# %% id=standard-scaler style=class mistakes="" origin="ported from sklearn's StandardScaler"
class StandardScaler:
    def fit(self, X):
        self.mean_ = X.mean(axis=0)
        self.var_ = ((X - self.mean_) ** 2).mean(axis=0)
        self.scale_ = np.sqrt(self.var_)
        return self

    def transform(self, X):
        return (X - self.mean_) / self.scale_

def scale_series(series, n_val):
    column = series.reshape(-1, 1)
    train, test = np.split(column, [len(column) - n_val])
    scaler = StandardScaler().fit(train)
    scaled = np.vstack([scaler.transform(train), scaler.transform(test)])
    return scaled.ravel(), scaler.mean_[0], scaler.scale_[0]

# %% id=folded-sums style=functional mistakes="" origin="functional programmer"
from functools import reduce
from math import hypot

def scale_series(series, n_val):
    n = len(series) - n_val
    mean = reduce(lambda s, v: s + v, series[:n], 0.0) / n
    centred = series - mean
    scale = reduce(hypot, centred[:n]) / np.sqrt(n)
    return centred / scale, mean, scale

# %% id=first-n-val-values style=vectorised mistakes="the training part is the first n_val values instead of all but the last n_val" origin="slice read the wrong way"
def scale_series(series, n_val):
    train = series[:n_val]
    m = np.mean(train)
    s = np.std(train)
    z = (series - m) / s
    return z, m, s

# %% id=sample-deviation style=stdlib mistakes="the scale divides by n - 1" origin="statistics.stdev for pstdev"
from statistics import mean as average, stdev

def scale_series(series, n_val):
    known = list(map(float, series[: len(series) - n_val]))
    m, s = average(known), stdev(known)
    return np.array([(v - m) / s for v in series]), m, s

# %% id=times-the-scale style=loop mistakes="the series is multiplied by the scale instead of divided" origin="beginner"
def scale_series(series, n_val):
    cut = len(series) - n_val
    total = 0
    for i in range(cut):
        total += series[i]
    mean = total / cut
    variance = 0
    for i in range(cut):
        variance += (series[i] - mean) ** 2 / cut
    scale = np.sqrt(variance)
    scaled = []
    for s in series:
        scaled.append((s - mean) * scale)
    return np.array(scaled), mean, scale

# %% id=whole-mean-and-variance style=vectorised mistakes="the mean is of the whole series; the variance is taken for the standard deviation" origin="beginner"
def scale_series(series, n_val):
    train = series[: series.size - n_val]
    center = series.mean()
    spread = train.var()
    return np.divide(np.subtract(series, center), spread), center, spread

# %% id=only-divided-unbiased style=class mistakes="the mean is not subtracted; the scale divides by n - 1" origin="ported from pandas"
class Scaler:
    def __init__(self, train):
        self.mean = sum(train) / len(train)
        self.std = (sum((v - self.mean) ** 2 for v in train) / (len(train) - 1)) ** 0.5

    def __call__(self, v):
        return v / self.std

def scale_series(series, n_val):
    scaler = Scaler(series[: len(series) - n_val])
    return np.array([scaler(v) for v in series]), scaler.mean, scaler.std

# %% id=median-range-and-plus style=vectorised mistakes="the median is taken for the mean; the scale is max - min instead of the standard deviation; the mean is added instead of subtracted" origin="robust and min-max scaling mixed up"
def scale_series(series, n_val):
    known = series[np.arange(len(series)) < len(series) - n_val]
    middle = np.median(known)
    width = np.ptp(known)
    return (series + middle) / width, middle, width

# %% id=wrong-count-whole-spread-late-centre style=helper mistakes="the mean divides by the length of the whole series; the scale is of the whole series; the mean is subtracted after the division" origin="beginner"
def moments(values, n):
    total = values[:n].sum()
    return total / len(values)

def scale_series(series, n_val):
    n = len(series) - n_val
    mean = moments(series, n)
    scale = series.std()
    scaled = series / scale - mean
    return scaled, mean, scale

# %% id=each-part-by-itself style=stepwise mistakes="the held-out part is scaled by its own mean and standard deviation" origin="fit_transform on the test set"
class StandardScaler:
    def fit_transform(self, v):
        self.mean_, self.scale_ = np.mean(v), np.std(v)
        return self.transform(v)

    def transform(self, v):
        return (v - self.mean_) / self.scale_

def scale_series(series, n_val):
    cut = len(series) - n_val
    scaler = StandardScaler()
    past = scaler.fit_transform(series[:cut])
    mean, scale = scaler.mean_, scaler.scale_
    future = scaler.fit_transform(series[cut:])
    return np.concatenate([past, future]), mean, scale

# %% id=pandas-std style=loop mistakes="the variance is divided by n - 1 instead of n" origin="sample standard deviation from statistics"
def scale_series(series, n_val):
    n = len(series) - n_val
    mean = sum(series[:n]) / n
    variance = 0.0
    for value in series[:n]:
        variance += (value - mean) ** 2
    scale = (variance / (n - 1)) ** 0.5
    return np.array([(value - mean) / scale for value in series]), mean, scale

# %% id=variance-divides style=vectorised mistakes="the variance divides instead of the standard deviation" origin="beginner"
def scale_series(series, n_val):
    train, _ = np.split(series, [len(series) - n_val])
    mu = np.mean(train)
    sigma = np.mean((train - mu) ** 2)
    return (series - mu) / sigma, mu, sigma

# %% id=cut-at-n-val style=helper mistakes="the statistics are taken over the first n_val values instead of all but the last n_val" origin="slice without the minus"
def moments(part):
    return part.mean(), part.std()

def scale_series(series, n_val):
    mean, scale = moments(series[:n_val])
    return (series - mean) / scale, mean, scale

# %% id=drop-one-too-many style=dictionary mistakes="the last training value is left out of the statistics" origin="off by one"
def scale_series(series, n_val):
    train = series[: -n_val - 1]
    stats = {"mean": np.average(train), "std": np.sqrt(np.average((train - np.average(train)) ** 2))}
    scaled = np.subtract(series, stats["mean"]) / stats["std"]
    return scaled, stats["mean"], stats["std"]

# %% id=divided-then-shifted style=functional mistakes="the mean is subtracted after the division instead of before it" origin="brackets left out"
def scale_series(series, n_val):
    known = series[: series.size - n_val]
    mean, scale = known.mean(), known.std()
    normalise = lambda s: s / scale - mean
    return normalise(series), mean, scale

# %% id=zero-to-one style=framework mistakes="min-max scaling to [0, 1] instead of mean and standard deviation" origin="sklearn's MinMaxScaler in most LSTM tutorials"
def scale_series(series, n_val):
    train = series[: len(series) - n_val]
    low, high = train.min(), train.max()
    scaled = (series - low) / (high - low)
    return scaled, low, high - low

# %% id=everything-seen-mean-deviation style=class mistakes="the statistics are taken over the whole series, the future included; the mean absolute deviation stands for the standard deviation" origin="beginner"
class Scaler:
    def fit(self, s):
        self.centre = s.mean()
        self.width = np.mean(np.abs(s - self.centre))
        return self

    def apply(self, s):
        return (s - self.centre) / self.width

def scale_series(series, n_val):
    scaler = Scaler().fit(series)
    return scaler.apply(series), scaler.centre, scaler.width

# %% id=not-centred-power style=einsum mistakes="the mean is not subtracted in the variance; the sum of squares is divided by the length of the whole series" origin="beginner"
def scale_series(series, n_val):
    L = len(series)
    train = series[: L - n_val]
    mean = train.mean()
    d = train
    scale = np.sqrt(np.einsum("i,i->", d, d) / L)
    return (series - mean) / scale, mean, scale

# %% id=multiplied-median style=comprehension mistakes="the median stands for the mean; the series is multiplied by the scale instead of divided" origin="beginner"
def scale_series(series, n_val):
    train = series[: len(series) - n_val]
    mean = np.median(train)
    scale = train.std()
    return np.array([(s - mean) * scale for s in series]), mean, scale

# %% id=end-only-shift-lost-bessel style=vectorised mistakes="the statistics are taken over the last n_val values; the mean is not subtracted from the series; the standard deviation divides by n - 1" origin="invented"
def scale_series(series, n_val):
    train = series[len(series) - n_val :]
    mean = train.mean()
    scale = train.std(ddof=1)
    scaled = series / scale
    return scaled, mean, scale

# %% id=skip-the-start-plus-mean-range style=loop mistakes="the first n_val values are left out of the statistics instead of the last; the mean is added instead of subtracted; the range stands for the standard deviation" origin="invented"
def scale_series(series, n_val):
    seen = series[n_val:]
    mean = np.sum(seen) / len(seen)
    scale = np.ptp(seen)
    out = np.empty(len(series))
    for t, value in enumerate(series):
        out[t] = (value + mean) / scale
    return out, mean, scale
