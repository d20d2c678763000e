"""List what goes wrong in cross-entropy before the loss is added up: the logarithm of softmax, and the targets."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_cross_entropy = partial(Misconception, exercise="cross_entropy", see="03_loss_and_bptt#sec-delta-y")
_SHIFT = "shifted = z - z.max(axis=-1, keepdims=True)"
_LOG = "log_y_hat = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))"
_ONEHOT = "onehot = np.eye(K, dtype=z.dtype)[y]"
_RATIO = "np.exp(shifted) / np.exp(shifted).sum(axis=-1, keepdims=True)"

OVERFLOW = (
    _cross_entropy(
        label="no-max-shift",
        says="softmax overflows: e^z is taken of the logits themselves",
        right=_SHIFT,
        wrong="shifted = z",
        also=((_LOG, f"log_y_hat = np.log({_RATIO})"),),
        hint="A constant that is added to all K logits of a guess changes no probability. "
        "Which constant makes the largest exponent 0?",
    ),
    _cross_entropy(
        label="no-shift-in-log-sum-exp",
        says="the logarithm of a sum of exponentials is taken without a shift, and e^1000 overflows",
        right=_SHIFT,
        wrong="shifted = z",
        hint="log(sum e^z) = s + log(sum e^(z - s)) for every s. Which s leaves no exponent above 0?",
    ),
    _cross_entropy(
        label="global-max-shift",
        says="the largest logit of the whole batch is subtracted, so that a guess far below it has log 0",
        right=_SHIFT,
        wrong="shifted = z - z.max()",
        hint="One confident guess must not destroy another. Each guess has a largest logit of its own.",
    ),
    _cross_entropy(
        label="log-of-softmax",
        says="the softmax is stable, and then its logarithm is taken: a probability that is rounded to 0 has none",
        right=_LOG,
        wrong=f"log_y_hat = np.log({_RATIO})",
        hint="Take the logarithm on paper first: the exponential above the fraction then cancels it.",
    ),
    _cross_entropy(
        label="epsilon-in-log",
        says="a small number is added inside the logarithm, so that no loss is above 28",
        right=_LOG,
        wrong=f"log_y_hat = np.log({_RATIO} + 1e-12)",
        hint="That hides the overflow and bends the loss where the guess is most wrong. "
        "What does log(softmax) become on paper?",
    ),
    _cross_entropy(
        label="clipped-probabilities",
        says="the probabilities are clipped before the logarithm, so that no loss is above 16",
        right=_LOG,
        wrong=f"log_y_hat = np.log(np.clip({_RATIO}, 1e-7, 1 - 1e-7))",
        hint="Clipping hides the overflow and bends the loss where the guess is most wrong. "
        "What does log(softmax) become on paper?",
    ),
)

SOFTMAX = (
    _cross_entropy(
        label="softmax-twice",
        says="softmax is applied to probabilities, a second time",
        right=_SHIFT,
        wrong="y_hat = np.exp(z - z.max(axis=-1, keepdims=True))\n"
        "    shifted = y_hat / y_hat.sum(axis=-1, keepdims=True)",
        hint="z holds logits, and this function takes softmax of them once. Is there another softmax before it?",
    ),
    _cross_entropy(
        label="no-softmax",
        says="the logits are taken for probabilities",
        right=_LOG,
        wrong="log_y_hat = np.log(z)",
        also=(("(np.exp(log_y_hat) - onehot)", "(z - onehot)"),),
        hint="A logit may be negative, and has no logarithm then. What comes between z and y_hat?",
    ),
    _cross_entropy(
        label="no-log-sum-exp",
        says="log(y_hat) is the shifted logit: the logarithm of the sum is missing",
        right=_LOG,
        wrong="log_y_hat = shifted",
        hint="The logarithm turns a fraction into a difference. What stood below the fraction?",
    ),
    _cross_entropy(
        label="softmax-over-time",
        says="the probabilities add up to 1 over time, not over the classes",
        right=_SHIFT,
        wrong="shifted = z - z.max(axis=0, keepdims=True)",
        also=((_LOG, _LOG.replace("axis=-1", "axis=0")),),
        hint="z is (T, B, K), and the K classes of one guess compete. On which axis are they?",
    ),
    _cross_entropy(
        label="softmax-over-batch",
        says="the probabilities add up to 1 over the batch, not over the classes",
        right=_SHIFT,
        wrong="shifted = z - z.max(axis=1, keepdims=True)",
        also=((_LOG, _LOG.replace("axis=-1", "axis=1")),),
        hint="z is (T, B, K). axis=1 was the classes in a (B, K) array. Which axis is the last one here?",
    ),
    _cross_entropy(
        label="softmax-over-everything",
        says="all entries of the batch together are one distribution",
        right=_SHIFT,
        wrong="shifted = z - z.max()",
        also=((_LOG, "log_y_hat = shifted - np.log(np.exp(shifted).sum())"),),
        hint="Each guess is a distribution of its own, and there are T times B of them.",
    ),
)

TARGETS = (
    _cross_entropy(
        label="target-of-next-step",
        says="step t is compared with the target of step t+1",
        right=_ONEHOT,
        wrong="onehot = np.eye(K, dtype=z.dtype)[np.roll(y, -1, axis=0)]",
        hint="If inputs and targets are one text, the shift between them was made when y was made. Not here again.",
    ),
    _cross_entropy(
        label="target-of-previous-step",
        says="step t is compared with the target of step t-1",
        right=_ONEHOT,
        wrong="onehot = np.eye(K, dtype=z.dtype)[np.roll(y, 1, axis=0)]",
        hint="z[t] is the guess of step t. Which row of y belongs to it?",
    ),
    _cross_entropy(
        label="classes-from-1",
        says="the classes are counted from 1",
        right=_ONEHOT,
        wrong="onehot = np.eye(K, dtype=z.dtype)[y - 1]",
        hint="y holds indices as Python counts them, and Python reads index -1 without a word of complaint.",
    ),
    _cross_entropy(
        label="guess-as-target",
        says="the likeliest class is taken for the target",
        right=_ONEHOT,
        wrong="onehot = np.eye(K, dtype=z.dtype)[z.argmax(axis=-1)]",
        hint="A loss that asks the network what the answer is, is easily made small. Where does y come in?",
    ),
)
