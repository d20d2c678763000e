"""List what goes wrong when a series is cut into windows and split."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.misconceptions.training.make_windows_order import ORDER
from rnncourse.reference import series

TEXTBOOK = series.make_windows

_windows = partial(Misconception, exercise="make_windows", see="04_training#sec-leaks")
_INPUTS = "inputs = np.stack([series[i : i + T] for i in range(len(series) - T)])"
_TARGETS = "targets = np.stack([series[i + T] for i in range(len(series) - T)])"
_N = "N = split - T"
_X = "x, x_val = inputs[:N], inputs[N:]"
_Y = "y, y_val = targets[:N], targets[N:]"
_ORDER = "order = np.random.default_rng(seed).permutation(N)"
_SHUFFLE = "x, y = x[order], y[order]"
_RETURN = "return x.T[:, :, None], y[:, None], x_val.T[:, :, None], y_val[:, None]"

MISCONCEPTIONS = (
    _windows(
        label="target-inside-the-window",
        says="the target is the window's own last value",
        right=_TARGETS,
        wrong="targets = np.stack([series[i + T - 1] for i in range(len(series) - T)])",
        hint="A network could copy its last input and be right every time. What should it not have seen?",
    ),
    _windows(
        label="target-among-the-inputs",
        says="each window is one value too long, and ends with its own target",
        right=_INPUTS,
        wrong="inputs = np.stack([series[i : i + T + 1] for i in range(len(series) - T)])",
        hint="How long is a window, and which is the first value that it must not hold?",
    ),
    _windows(
        label="shuffles-before-the-split",
        says="the windows are shuffled before they are split, so validation windows overlap training windows",
        right=_N,
        wrong="N = split - T\n"
        "    order = np.random.default_rng(seed).permutation(len(targets))\n"
        "    inputs, targets = inputs[order], targets[order]",
        also=((_ORDER, "order = np.arange(N)"),),
        hint="Two windows one step apart share all values but one. What does validation then measure?",
    ),
    _windows(
        label="targets-from-the-future",
        says="every window that starts in the training part is a training window, wherever its target lies",
        right=_N,
        wrong="N = split",
        hint="A window belongs to the training part when all that it touches does: its inputs and its target.",
    ),
    _windows(
        label="one-target-from-the-future",
        says="the first held-out value is a training target",
        right=_N,
        wrong="N = split - T + 1",
        hint="Write down the place of the last training target. Is it before the split?",
    ),
    _windows(
        label="validation-does-not-reach-back",
        says="the first T held-out values are never forecast",
        right=_X,
        wrong="x, x_val = inputs[:N], inputs[split:]",
        also=((_Y, "y, y_val = targets[:N], targets[split:]"),),
        hint="The inputs of the first forecast may lie in the past: they are known by then. Its target may not.",
    ),
    _windows(
        label="validation-first",
        says="the oldest windows are held out, and the network is trained on what came later",
        right=_X,
        wrong="x_val, x = inputs[:n_val], inputs[n_val:]",
        also=((_Y, "y_val, y = targets[:n_val], targets[n_val:]"),),
        hint="Which end of the series is the future?",
    ),
    _windows(
        label="not-shuffled",
        says="the training windows stay in the order of time",
        right=_ORDER,
        wrong="order = np.arange(N)",
        hint="Neighbouring windows are nearly the same, and so are their gradients. The seed is there for a reason.",
    ),
    _windows(
        label="shuffles-inputs-only",
        says="the inputs are shuffled and their targets are not",
        right=_SHUFFLE,
        wrong="x, y = x[order], y",
        hint="Follow one window. Does its own target still stand at the same place?",
    ),
    _windows(
        label="shuffles-apart",
        says="inputs and targets are shuffled in two different orders",
        right=_SHUFFLE,
        wrong="rng = np.random.default_rng(seed)\n    x, y = x[rng.permutation(N)], y[rng.permutation(N)]",
        hint="Draw one order, and use it for both.",
    ),
    _windows(
        label="shuffles-validation",
        says="the validation windows are shuffled as well",
        right=_SHUFFLE,
        wrong="x, y = x[order], y[order]\n"
        "    order_val = np.random.default_rng(seed).permutation(n_val)\n"
        "    x_val, y_val = x_val[order_val], y_val[order_val]",
        hint="Nothing is learnt from these. Somebody will plot them against time.",
    ),
    _windows(
        label="reversed-in-time",
        says="each window runs backwards",
        right=_INPUTS,
        wrong="inputs = np.stack([series[i : i + T][::-1] for i in range(len(series) - T)])",
        hint="x[0] is the oldest value of a window, and x[-1] the one just before its target.",
    ),
    _windows(
        label="batch-major",
        says="the windows come first and time second",
        right=_RETURN,
        wrong="return x[:, :, None], y[:, None], x_val[:, :, None], y_val[:, None]",
        hint="This course is time-major: (T, N, D). Which axis is first in yours?",
    ),
    _windows(
        label="reshape-for-transpose",
        says="the values are poured into the right shape in the wrong order",
        right=_RETURN,
        wrong="return x.reshape(T, -1, 1), y[:, None], x_val.reshape(T, -1, 1), y_val[:, None]",
        hint="reshape keeps the order of the values and breaks the windows. Which operation exchanges two axes?",
    ),
    _windows(
        label="no-feature-axis",
        says="the axis of the features is missing in the inputs",
        right=_RETURN,
        wrong="return x.T, y[:, None], x_val.T, y_val[:, None]",
        hint="One number per step is a feature too: D = 1.",
    ),
    _windows(
        label="flat-targets",
        says="the targets have one axis: against forecasts of shape (N, 1) NumPy would make a matrix of differences",
        right=_RETURN,
        wrong="return x.T[:, :, None], y, x_val.T[:, :, None], y_val",
        hint="A forecast has the shape (N, 1). What is (N, 1) minus (N,)?",
    ),
    _windows(
        label="forgets-the-last-window",
        says="the last value of the series is never forecast",
        right=_INPUTS,
        wrong="inputs = np.stack([series[i : i + T] for i in range(len(series) - T - 1)])",
        also=((_TARGETS, "targets = np.stack([series[i + T] for i in range(len(series) - T - 1)])"),),
        hint="For L = 5 and T = 2 there are three windows. Count yours.",
    ),
    *ORDER,
)
