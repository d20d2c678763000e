"""List what goes wrong when a gradient is followed back in time and measured."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import lag

TEXTBOOK = lag.gradient_norm_by_lag

_norm = partial(Misconception, exercise="gradient_norm_by_lag")
_JACOBIAN = "03_vanishing#sec-jacobian"
_RECURSION = "03_bptt#sec-bptt-recursion"
_START = "norms[0] = np.sqrt((dh_t**2).sum(axis=1))"
_DELTA = "delta_h = dh_t * (1 - h[T - k] ** 2)"
_DH = "dh_t = delta_h @ W_hh"
_MEASURE = "norms[k] = np.sqrt((dh_t**2).sum(axis=1))"
_RETURN = "return norms"

MISCONCEPTIONS = (
    _norm(
        label="no-activation-derivative",
        says="the derivative of tanh is missing: W_hh alone is at work",
        right=_DELTA,
        wrong="delta_h = dh_t",
        hint="Each step back passes two factors, a slope and a matrix. Which one makes saturated states go silent?",
        see=_JACOBIAN,
    ),
    _norm(
        label="no-W_hh",
        says="W_hh is missing: the slopes alone are at work",
        right=_DH,
        wrong="dh_t = delta_h",
        hint="Each step back passes two factors: a slope and a matrix.",
        see=_JACOBIAN,
    ),
    _norm(
        label="W_hh-not-transposed",
        says="the gradient goes back through W_hh the wrong way round",
        right=_DH,
        wrong="dh_t = delta_h @ W_hh.T",
        hint="Forwards a row is multiplied by W_hh.T. Backwards by the transpose of that.",
        see=_RECURSION,
    ),
    _norm(
        label="slope-one-step-early",
        says="the slope is taken at the state before: h^(T-k) for the step from h^(T-k+1)",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - (h[T - k - 1] if k < T else 0 * h[0]) ** 2)",
        hint="From h^(T) to h^(T-1) the gradient passes the tanh that made h^(T).",
        see=_JACOBIAN,
    ),
    _norm(
        label="slope-at-last-step",
        says="every step uses the slope at h^(T)",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h[-1] ** 2)",
        hint="Each step has a state of its own, and so a slope of its own.",
        see=_JACOBIAN,
    ),
    _norm(
        label="walks-forward",
        says="the slopes are used in the order of time, from h^(1) on",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h[k - 1] ** 2)",
        hint="The gradient starts at the end. Whose tanh does it meet first?",
        see=_RECURSION,
    ),
    _norm(
        label="derivative-of-h",
        says="tanh is applied again: its derivative is taken as 1 - tanh(h)^2",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - np.tanh(h[T - k]) ** 2)",
        hint="tanh'(a) = 1 - tanh(a)^2, and h is tanh(a) already.",
        see=_RECURSION,
    ),
    _norm(
        label="linear-derivative",
        says="the derivative of tanh lacks its square: 1 - h",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h[T - k])",
        hint="A derivative of tanh is never negative and never above 1. Test yours at h = -0.5.",
        see=_RECURSION,
    ),
    _norm(
        label="one-lag-late",
        says="row k holds the length at lag k + 1: the gradient itself, lag 0, is left out",
        right=_START,
        wrong="norms[T] = 0",
        also=((_MEASURE, "norms[k - 1] = np.sqrt((dh_t**2).sum(axis=1))"),),
        hint="At lag 0 nothing has happened yet. What is the length of what you were given?",
        see=_JACOBIAN,
    ),
    _norm(
        label="measures-delta",
        says="what is measured is delta_h, halfway through the step",
        right=_MEASURE,
        wrong="norms[k] = np.sqrt((delta_h**2).sum(axis=1))",
        hint="dL/dh or dL/da: which one does the exercise ask for?",
        see=_JACOBIAN,
    ),
    _norm(
        label="squared-norm",
        says="the lengths are squared",
        right=_START,
        wrong="norms[0] = (dh_t**2).sum(axis=1)",
        also=((_MEASURE, "norms[k] = (dh_t**2).sum(axis=1)"),),
        hint="Pythagoras ends with a root.",
        see=_JACOBIAN,
    ),
    _norm(
        label="L1-norm",
        says="the entries' absolute values are added",
        right=_START,
        wrong="norms[0] = np.abs(dh_t).sum(axis=1)",
        also=((_MEASURE, "norms[k] = np.abs(dh_t).sum(axis=1)"),),
        hint="The length of a vector is the root of its sum of squares.",
        see=_JACOBIAN,
    ),
    _norm(
        label="root-mean-square",
        says="the squares are averaged over the hidden units, not added",
        right=_START,
        wrong="norms[0] = np.sqrt((dh_t**2).mean(axis=1))",
        also=((_MEASURE, "norms[k] = np.sqrt((dh_t**2).mean(axis=1))"),),
        hint="A length does not divide by the number of units.",
        see=_JACOBIAN,
    ),
    _norm(
        label="norm-of-the-batch",
        says="the squares are added over the batch too: one length for all samples",
        right=_START,
        wrong="norms[0] = np.sqrt((dh_t**2).sum())",
        also=((_MEASURE, "norms[k] = np.sqrt((dh_t**2).sum())"),),
        hint="Each sample is a sequence of its own, with a gradient of its own. Over which axis do you add?",
        see=_JACOBIAN,
    ),
    _norm(
        label="order-of-time",
        says="row 0 belongs to h^(0) and the last row to h^(T)",
        right=_RETURN,
        wrong="return norms[::-1]",
        hint="Row k is k steps back. Which row is the gradient that you were given?",
        see=_JACOBIAN,
    ),
    _norm(
        label="starts-again-from-dh_T",
        says="every lag starts again from dh_T: nothing is carried",
        right=_DELTA,
        wrong="delta_h = dh_T * (1 - h[T - k] ** 2)",
        hint="The gradient at lag 2 has come through two steps.",
        see=_JACOBIAN,
    ),
)
