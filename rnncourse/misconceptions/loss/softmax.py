"""List what goes wrong between logits and probabilities."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import output

TEXTBOOK = output.softmax

_softmax = partial(Misconception, exercise="softmax", see="03_loss_and_bptt#sec-delta-y")
_E = "e = np.exp(z - z.max(axis=-1, keepdims=True))"
_RETURN = "return e / e.sum(axis=-1, keepdims=True)"
_BOTH = f"{_E}  # (..., K)\n    {_RETURN}"

MISCONCEPTIONS = (
    _softmax(
        label="no-max-shift",
        says="the exponentials are taken of the logits themselves, and e^1000 overflows",
        right=_E,
        wrong="e = np.exp(z)",
        hint="A constant that is added to all K logits of a guess changes no probability. "
        "Which constant makes the largest exponent 0?",
    ),
    _softmax(
        label="global-max-shift",
        says="the largest logit of the whole batch is subtracted: a guess far below it is left with zeros",
        right=_E,
        wrong="e = np.exp(z - z.max())",
        hint="One confident guess must not destroy another. Each guess has a largest logit of its own.",
    ),
    _softmax(
        label="max-over-time",
        says="the maximum is taken over time, so that each class is shifted by a number of its own",
        right=_E,
        wrong="e = np.exp(z - z.max(axis=0, keepdims=True))",
        hint="A shift leaves the probabilities alone only if all K classes of a guess get the same one.",
    ),
    _softmax(
        label="reversed-shift",
        says="the logits are subtracted from their maximum: the least likely class becomes the most likely",
        right=_E,
        wrong="e = np.exp(z.max(axis=-1, keepdims=True) - z)",
        hint="After the shift the largest logit should be 0, and all others below it. What signs do yours have?",
    ),
    _softmax(
        label="softmax-over-time",
        says="the probabilities add up to 1 over time, not over the classes",
        right=_RETURN,
        wrong="return e / e.sum(axis=0, keepdims=True)",
        also=((_E, "e = np.exp(z - z.max(axis=0, keepdims=True))"),),
        hint="z is (T, B, K), and the K classes of one guess compete. On which axis are they?",
    ),
    _softmax(
        label="softmax-over-batch",
        says="the probabilities add up to 1 over the batch, not over the classes",
        right=_RETURN,
        wrong="return e / e.sum(axis=1, keepdims=True)",
        also=((_E, "e = np.exp(z - z.max(axis=1, keepdims=True))"),),
        hint="z is (T, B, K). axis=1 was the classes in a (B, K) array. Which axis is the last one here?",
    ),
    _softmax(
        label="sum-over-time",
        says="the shift is right, and the sum below the fraction runs over time",
        right=_RETURN,
        wrong="return e / e.sum(axis=0, keepdims=True)",
        hint="Two reductions, one axis: the maximum and the sum run over the same K classes.",
    ),
    _softmax(
        label="sum-over-everything",
        says="all entries of the batch together add up to 1",
        right=_RETURN,
        wrong="return e / e.sum()",
        hint="Each guess is a distribution of its own, and there are T times B of them.",
    ),
    _softmax(
        label="not-normalised",
        says="the exponentials are returned without being divided by their sum",
        right=_RETURN,
        wrong="return e",
        hint="Probabilities of one guess add up to 1. Do yours?",
    ),
    _softmax(
        label="divides-by-mean",
        says="the exponentials are divided by their mean, so that they add up to K",
        right=_RETURN,
        wrong="return e / e.mean(axis=-1, keepdims=True)",
        hint="What do the K probabilities of one guess add up to?",
    ),
    _softmax(
        label="log-softmax",
        says="these are the logarithms of the probabilities",
        right=_RETURN,
        wrong="return np.log(e / e.sum(axis=-1, keepdims=True))",
        hint="The logarithm belongs to the loss. A probability is not negative.",
    ),
    _softmax(
        label="softmax-twice",
        says="softmax is applied to probabilities, a second time",
        right=_E,
        wrong="y_hat = np.exp(z - z.max(axis=-1, keepdims=True))\n"
        "    e = np.exp(y_hat / y_hat.sum(axis=-1, keepdims=True))",
        hint="Probabilities lie between 0 and 1. Taken for logits, they make every guess nearly uniform.",
    ),
    _softmax(
        label="sigmoid-for-softmax",
        says="each logit gets a probability of its own, by the sigmoid",
        right=_BOTH,
        wrong="return 1 / (1 + np.exp(-z))",
        hint="Here the classes exclude one another: if one gets likelier, the others have to lose.",
    ),
    _softmax(
        label="hardmax",
        says="the largest logit gets all the probability",
        right=_BOTH,
        wrong="return np.eye(z.shape[-1])[z.argmax(axis=-1)]",
        hint="argmax has no gradient. Softmax is its smooth relative: every class keeps a share.",
    ),
    _softmax(
        label="powers-of-two",
        says="the base is 2, not e",
        right=_E,
        wrong="e = np.exp2(z - z.max(axis=-1, keepdims=True))",
        hint="The derivative of e^z is e^z. With any other base a factor log(base) enters the gradient.",
    ),
    _softmax(
        label="no-exponential",
        says="the logits themselves are divided by their sum",
        right=_E,
        wrong="e = z",
        hint="A logit may be negative, and a probability may not. Which function makes every number positive?",
    ),
)
