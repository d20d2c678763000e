"""List what is done in the place of multiplying the gates of all steps."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_sweep = partial(Misconception, exercise="forget_bias_sweep", see="05_cell_path#sec-forget-bias")
_LOOP = "for n, b_f in enumerate(biases):"
_F = "f_t = sigmoid(a_f[T - k] + b_f)"
_PRODUCT = "product = product * f_t"
_LEFT = "left[n, k] = product.mean()"

PRODUCT = (
    _sweep(
        label="biases-pile-up",
        says="each bias is added to a_f itself, where those before it still are",
        right=_LOOP,
        wrong="for n, b_f in enumerate(biases):\n        a_f += b_f",
        also=((_F, "f_t = sigmoid(a_f[T - k])"),),
        hint="The same pre-activations meet one bias after the other. Which are left for the second?",
    ),
    _sweep(
        label="mean-of-gates",
        says="the gates are averaged over the lags, and not multiplied",
        right=_PRODUCT,
        wrong="product = product + f_t",
        also=((_LEFT, "left[n, k] = (product.mean() - 1) / k"),),
        hint="Half of what is left, and then half of it again: how much is that?",
    ),
    _sweep(
        label="sum-inside-the-gate",
        says="the pre-activations are added up inside one sigmoid",
        right=_PRODUCT,
        wrong="product = sigmoid((a_f[T - k :] + b_f).sum(axis=0))",
        hint="A sigmoid of a sum is no product of sigmoids.",
    ),
    _sweep(
        label="bias-at-one-step-only",
        says="the bias is added at the last step only",
        right=_F,
        wrong="f_t = sigmoid(a_f[T - k] + b_f * (k == 1))",
        hint="The forget gate has its bias at every step.",
    ),
    _sweep(
        label="largest-unit",
        says="the largest product is taken, and not the mean",
        right=_LEFT,
        wrong="left[n, k] = product.max()",
        hint="What is asked for is the mean over samples and units.",
    ),
)
