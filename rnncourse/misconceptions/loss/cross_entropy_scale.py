"""List what goes wrong in adding up cross-entropy: which steps count, and what the sum is divided by."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_cross_entropy = partial(Misconception, exercise="cross_entropy", see="03_loss_and_bptt#sec-loss")
_COUNTS = "counts = np.ones((T, B), z.dtype) if mask is None else np.asarray(mask, z.dtype)"
_SUM = "log_y_hat).sum() / B"
_MEAN = "- onehot) / B"
_ONE_SCALE = "The loss and its gradient share one factor. What divides the loss divides delta_y too."

SCALE = (
    _cross_entropy(
        label="no-mean-over-batch",
        says="loss and gradient are summed over the batch: the 1/B is missing",
        right=_SUM,
        wrong="log_y_hat).sum()",
        also=((_MEAN, "- onehot)"),),
        hint="A batch twice as large should not take a step twice as long. What is the mean over?",
    ),
    _cross_entropy(
        label="loss-not-averaged",
        says="the loss is a sum over the batch, and its gradient belongs to the mean",
        right=_SUM,
        wrong="log_y_hat).sum()",
        hint=_ONE_SCALE,
    ),
    _cross_entropy(
        label="delta-not-averaged",
        says="delta_y belongs to a sum over the batch, and the loss is a mean",
        right=_MEAN,
        wrong="- onehot)",
        hint=_ONE_SCALE,
    ),
    _cross_entropy(
        label="mean-over-time",
        says="loss and gradient are divided by T as well as by B",
        right=_SUM,
        wrong="log_y_hat).sum() / (T * B)",
        also=((_MEAN, "- onehot) / (T * B)"),),
        hint="This course sums over time, as the notes do. Which of the two, T or B, divides?",
    ),
    _cross_entropy(
        label="loss-mean-over-time",
        says="the loss is divided by T as well as by B, and its gradient is not",
        right=_SUM,
        wrong="log_y_hat).sum() / (T * B)",
        hint=_ONE_SCALE,
    ),
    _cross_entropy(
        label="delta-mean-over-time",
        says="delta_y is divided by T as well as by B, and the loss is not",
        right=_MEAN,
        wrong="- onehot) / (T * B)",
        hint=_ONE_SCALE,
    ),
    _cross_entropy(
        label="T-for-B",
        says="loss and gradient are divided by T in the place of B",
        right=_SUM,
        wrong="log_y_hat).sum() / len(z)",
        also=((_MEAN, "- onehot) / len(z)"),),
        hint="Arrays are time-major here: z has shape (T, B, K). What is len(z)?",
    ),
    _cross_entropy(
        label="mean-over-everything",
        says="loss and gradient are means over all T B K entries",
        right=_SUM,
        wrong="log_y_hat).mean()",
        also=((_MEAN, "- onehot) / (T * B * K)"),),
        hint="Sum over time, mean over the batch; and cross-entropy has one term for a guess, not K.",
    ),
    _cross_entropy(
        label="mean-over-counted-steps",
        says="loss and gradient are divided by the number of steps that count",
        right=_SUM,
        wrong="log_y_hat).sum() / counts.sum()",
        also=((_MEAN, "- onehot) / counts.sum()"),),
        hint="With that divisor a masked step changes the weight of all others. Here the mean is over the B samples.",
    ),
    _cross_entropy(
        label="loss-over-counted-steps",
        says="the loss is divided by the number of steps that count, and its gradient by B",
        right=_SUM,
        wrong="log_y_hat).sum() / counts.sum()",
        hint=_ONE_SCALE,
    ),
    _cross_entropy(
        label="delta-over-counted-steps",
        says="delta_y is divided by the number of steps that count, and the loss by B",
        right=_MEAN,
        wrong="- onehot) / counts.sum()",
        hint=_ONE_SCALE,
    ),
)

MASK = (
    _cross_entropy(
        label="mask-ignored",
        says="the mask plays no part",
        right=_COUNTS,
        wrong="counts = np.ones((T, B), z.dtype)",
        hint="Where the mask is 0 there is padding, and nobody should learn from it.",
    ),
    _cross_entropy(
        label="mask-missing-in-loss",
        says="the mask is in the gradient, and not in the loss",
        right="-(counts[..., None] * onehot",
        wrong="-(onehot",
        hint="The mask multiplies the loss as it multiplies the gradient.",
    ),
    _cross_entropy(
        label="mask-missing-in-gradient",
        says="the mask is in the loss, and not in the gradient: you would train on padding",
        right="delta_y = counts[..., None] * (",
        wrong="delta_y = (",
        hint="The mask multiplies the gradient as it multiplies the loss.",
    ),
    _cross_entropy(
        label="mask-inverted",
        says="the steps that do not count are counted, and the others are not",
        right=_COUNTS,
        wrong="counts = 1 - np.asarray(mask, z.dtype)",
        hint="1 where the step counts, 0 where it does not. Some libraries have it the other way round.",
    ),
    _cross_entropy(
        label="mask-on-logits",
        says="the mask multiplies the logits: a masked guess becomes a uniform one, and still costs log K",
        right="shifted = z - z.max(axis=-1, keepdims=True)",
        wrong="z = z * mask[..., None]\n    shifted = z - z.max(axis=-1, keepdims=True)",
        also=((_COUNTS, "counts = np.ones((T, B), z.dtype)"),),
        hint="Equal logits are a guess too: every class has probability 1/K. What should be zero for a masked step?",
    ),
    _cross_entropy(
        label="last-step-only",
        says="only the last step counts",
        right=_COUNTS,
        wrong="counts = np.asarray(mask, z.dtype) * (np.arange(T) == T - 1)[:, None]",
        hint="Many-to-one is a choice of the mask, and the caller makes it. This function sums over all steps.",
    ),
)
