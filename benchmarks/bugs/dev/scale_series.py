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
