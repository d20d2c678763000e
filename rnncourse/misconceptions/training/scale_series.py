"""List what goes wrong when a series is scaled."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import series

TEXTBOOK = series.scale_series

_scale = partial(Misconception, exercise="scale_series", see="04_training#sec-leaks")
_TRAIN = "train = series[: len(series) - n_val]"
_MEAN = "mean = train.mean()"
_SCALE = "scale = train.std()"
_RETURN = "return (series - mean) / scale, mean, scale"

MISCONCEPTIONS = (
    _scale(
        label="fitted-on-all",
        says="mean and scale are those of the whole series, the future included",
        right=_TRAIN,
        wrong="train = series",
        hint="Which of these numbers could you have known on the day on which training ends?",
    ),
    _scale(
        label="fitted-on-the-future",
        says="mean and scale are those of the held-out values",
        right=_TRAIN,
        wrong="train = series[len(series) - n_val :]",
        hint="Which side of the split is the past?",
    ),
    _scale(
        label="mean-of-all",
        says="the mean is that of the whole series",
        right=_MEAN,
        wrong="mean = series.mean()",
        hint="Both numbers have to come from the training part, the level as well as the spread.",
    ),
    _scale(
        label="spread-of-all",
        says="the scale is that of the whole series",
        right=_SCALE,
        wrong="scale = series.std()",
        hint="Both numbers have to come from the training part, the level as well as the spread.",
    ),
    _scale(
        label="each-part-by-itself",
        says="the held-out part is scaled with a mean and a scale of its own",
        right=_RETURN,
        wrong="future = series[len(series) - n_val :]\n"
        "    return np.concatenate([(train - mean) / scale, (future - future.mean()) / future.std()]), mean, scale",
        hint="A network trained in one unit cannot read another. And whose mean would you take on the first day?",
    ),
    _scale(
        label="first-n_val-values",
        says="mean and scale are those of the first n_val values",
        right=_TRAIN,
        wrong="train = series[:n_val]",
        hint="n_val counts what is held out at the end. How many values are left before that?",
    ),
    _scale(
        label="one-value-too-many",
        says="the first held-out value is counted in",
        right=_TRAIN,
        wrong="train = series[: len(series) - n_val + 1]",
        hint="How many values should the training part have? Count yours.",
    ),
    _scale(
        label="one-value-too-few",
        says="the last training value is left out",
        right=_TRAIN,
        wrong="train = series[: len(series) - n_val - 1]",
        hint="The end of a slice is not part of it. Count the values in yours.",
    ),
    _scale(
        label="divides-by-n-minus-1",
        says="the standard deviation divides by n - 1",
        right=_SCALE,
        wrong="scale = train.std(ddof=1)",
        hint="Pandas does this by default, NumPy does not. The equation of this exercise has 1/n.",
    ),
    _scale(
        label="variance-for-deviation",
        says="the scale is the variance",
        right=_SCALE,
        wrong="scale = train.var()",
        hint="In which unit is the scale? It should be that of the series, not its square.",
    ),
    _scale(
        label="min-max",
        says="the series is mapped to the range from 0 to 1",
        right=_MEAN,
        wrong="mean = train.min()",
        also=((_SCALE, "scale = train.max() - train.min()"),),
        hint="That is another scaling, and one record value sets it. Here mean and standard deviation are asked for.",
    ),
    _scale(
        label="not-centred",
        says="the mean is not subtracted",
        right=_RETURN,
        wrong="return series / scale, mean, scale",
        hint="What is the mean of your scaled training part?",
    ),
    _scale(
        label="not-scaled",
        says="the series is centred and keeps its size",
        right=_RETURN,
        wrong="return series - mean, mean, scale",
        hint="What is the standard deviation of your scaled training part?",
    ),
    _scale(
        label="divides-first",
        says="the series is divided before the mean is subtracted",
        right=_RETURN,
        wrong="return series / scale - mean, mean, scale",
        hint="The mean is in the unit of the series. Count the brackets.",
    ),
    _scale(
        label="multiplies",
        says="the centred series is multiplied by its scale",
        right=_RETURN,
        wrong="return (series - mean) * scale, mean, scale",
        hint="That is half of the way back. Which operation makes the spread 1?",
    ),
    _scale(
        label="training-part-only",
        says="only the training part comes back",
        right=_RETURN,
        wrong="return (train - mean) / scale, mean, scale",
        hint="The held-out values are measured on the past, and then scaled like all others.",
    ),
    _scale(
        label="mutates-series",
        says="the caller's series is overwritten",
        right=_RETURN,
        wrong="series -= mean\n    series /= scale\n    return series, mean, scale",
        hint="The caller still needs the series in its own unit, to forecast in it. Return a new array.",
    ),
)
