"""List what else the exponentials are divided by, and what else is taken from the logits."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_softmax = partial(Misconception, exercise="softmax", see="03_loss_and_bptt#sec-delta-y")
_E = "e = np.exp(z - z.max(axis=-1, keepdims=True))"
_RETURN = "return e / e.sum(axis=-1, keepdims=True)"
_BOTH = f"{_E}  # (..., K)\n    {_RETURN}"

SUMS = (
    _softmax(
        label="log-softmax-of-the-shifted",
        says="these are the logarithms of the probabilities, the shifted logits less the logarithm of their sum",
        right=_RETURN,
        wrong="return z - z.max(axis=-1, keepdims=True) - np.log(e.sum(axis=-1, keepdims=True))",
        hint="The logarithm belongs to the loss. A probability is not negative.",
    ),
    _softmax(
        label="shift-in-the-denominator-only",
        says="the largest logit is subtracted below the fraction, and not above it",
        right=_RETURN,
        wrong="return np.exp(z) / e.sum(axis=-1, keepdims=True)",
        hint="A factor cancels if it stands above and below. In how many places do you subtract?",
    ),
    _softmax(
        label="divided-by-the-largest",
        says="the logits are divided by the largest of them, where it has to be subtracted",
        right=_E,
        wrong="e = np.exp(z / np.abs(z).max(axis=-1, keepdims=True))",
        hint="Probabilities depend on differences of logits. Which operation leaves the differences alone?",
    ),
    _softmax(
        label="divided-by-root-of-K",
        says="the logits are divided by the square root of K",
        right=_E,
        wrong="e = np.exp((z - z.max(axis=-1, keepdims=True)) / np.sqrt(z.shape[-1]))",
        hint="Attention divides its scores. Does the formula of softmax?",
    ),
    _softmax(
        label="sum-never-set-back",
        says="the sum goes on from guess to guess: it is not set back to zero",
        right=_RETURN,
        wrong="return e / np.cumsum(e.sum(axis=-1)).reshape(*z.shape[:-1], 1)",
        hint="Each guess has a sum of its own. Where does yours begin?",
    ),
    _softmax(
        label="divided-in-place",
        says="each class is divided by a sum in which the classes before it have been divided already",
        right=_RETURN,
        wrong="for k in range(z.shape[-1]):\n        e[..., k] = e[..., k] / e.sum(axis=-1)\n    return e",
        hint="All classes are divided by one sum. When is it computed?",
    ),
    _softmax(
        label="one-in-the-sum",
        says="the sum has a 1 too many",
        right=_RETURN,
        wrong="return e / (1 + e.sum(axis=-1, keepdims=True))",
        hint="1 + e^z is the sigmoid's denominator. What do your probabilities add up to?",
    ),
    _softmax(
        label="divides-by-the-length",
        says="the exponentials are divided by the length of their vector",
        right=_RETURN,
        wrong="return e / np.sqrt((e**2).sum(axis=-1, keepdims=True))",
        hint="Is it the squares that add up to 1, or the probabilities?",
    ),
)
