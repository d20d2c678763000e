"""List what goes wrong when the forget gates along the cell path are multiplied up."""

from functools import partial

from rnncourse.misconceptions.lstm.forget_bias_sweep_product import PRODUCT
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import forget_bias

TEXTBOOK = forget_bias.forget_bias_sweep

_sweep = partial(Misconception, exercise="forget_bias_sweep", see="05_cell_path#sec-cell-path")
_BIAS = "05_cell_path#sec-forget-bias"
_GATE = "f_t = sigmoid(a_f[T - k] + b_f)"
_PRODUCT = "product = product * f_t"
_MEAN = "left[n, k] = product.mean()"
_START = "product = np.ones(a_f.shape[1:])"
_LOOP = "for n, b_f in enumerate(biases):"

MISCONCEPTIONS = (
    _sweep(
        label="no-product",
        says="each lag has its own step's gate alone: nothing is multiplied up",
        right=_PRODUCT,
        wrong="product = f_t",
        hint="To reach lag 3 a gradient passes three gates. How many did yours pass?",
    ),
    _sweep(
        label="sum-of-gates",
        says="the gates are added up, where they should be multiplied",
        right=_PRODUCT,
        wrong="product = product + f_t",
        hint="A gradient that passes 0.9 and then 0.9 again: what is left of it?",
    ),
    _sweep(
        label="walks-forward",
        says="the walk starts at t = 1, where it should start at t = T",
        right=_GATE,
        wrong="f_t = sigmoid(a_f[k - 1] + b_f)",
        hint="The gradient starts at the last step. Whose gate does it pass first?",
    ),
    _sweep(
        label="starts-one-step-early",
        says="the gate of step T is left out: the walk begins with the one before it",
        right=_GATE,
        wrong="f_t = sigmoid(a_f[T - k - 1] + b_f)",
        hint="From c^(T) to c^(T-1) the gradient passes f^(T). Which index is that in Python?",
    ),
    _sweep(
        label="no-bias",
        says="b_f is not used: every row is the same",
        right=_GATE,
        wrong="f_t = sigmoid(a_f[T - k])",
        hint="What distinguishes the rows of your result?",
        see=_BIAS,
    ),
    _sweep(
        label="bias-outside-the-gate",
        says="b_f is added after the sigmoid",
        right=_GATE,
        wrong="f_t = sigmoid(a_f[T - k]) + b_f",
        hint="b_f belongs to the pre-activation. Can your gate get above 1?",
        see=_BIAS,
    ),
    _sweep(
        label="bias-subtracted",
        says="b_f is subtracted",
        right=_GATE,
        wrong="f_t = sigmoid(a_f[T - k] - b_f)",
        hint="Should a larger b_f open the gate or close it?",
        see=_BIAS,
    ),
    _sweep(
        label="one-minus-f",
        says="1 - f stands in the place of f",
        right=_GATE,
        wrong="f_t = 1 - sigmoid(a_f[T - k] + b_f)",
        hint="f = 1 keeps everything. What stands before c^(t-1) in the cell's update?",
    ),
    _sweep(
        label="tanh-gate",
        says="the gate is a tanh",
        right=_GATE,
        wrong="f_t = np.tanh(a_f[T - k] + b_f)",
        hint="Gates lie between 0 and 1. Which function returns that?",
    ),
    _sweep(
        label="product-of-means",
        says="the mean is taken before the product: first over batch and units, then over time",
        right=_PRODUCT,
        wrong="product = product * f_t.mean()",
        hint="Each unit has a path of its own. A unit that keeps all is not made up for by one that drops all.",
    ),
    _sweep(
        label="mean-of-one-sample",
        says="the mean is over the units of the first sample alone",
        right=_MEAN,
        wrong="left[n, k] = product[0].mean()",
        hint="The mean is over the batch, too.",
    ),
    _sweep(
        label="product-not-restarted",
        says="the product goes on from one bias to the next",
        right=f"{_LOOP}\n        {_START}",
        wrong=f"{_START}\n    {_LOOP}",
        hint="At lag 0 nothing is lost yet, for each bias anew. Where does your product start?",
    ),
    _sweep(
        label="lag-off-by-one",
        says="the results stand one lag too early: lag 0 has passed a gate already",
        right=_MEAN,
        wrong="left[n, k - 1] = product.mean()",
        hint="T gates lie on the path, so there are T + 1 lags. What is left at lag 0?",
    ),
    *PRODUCT,
)
