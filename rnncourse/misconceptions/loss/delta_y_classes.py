"""List what goes wrong in the two heads that return probabilities."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_heads = partial(Misconception, exercise="delta_y_heads", see="03_loss_and_bptt#sec-delta-y")
_SOFTMAX = "y_hat, kappa = softmax(z), 1"
_SIGMOID = "y_hat, kappa = sigmoid(z), 1"

SOFTMAX_HEAD = (
    _heads(
        label="softmax-missing",
        says="in the softmax head the logits are taken for probabilities",
        right=_SOFTMAX,
        wrong="y_hat, kappa = z, 1",
        hint="In 'prediction minus target', what is the prediction of this head?",
    ),
    _heads(
        label="sigmoid-for-softmax",
        says="the softmax head uses the sigmoid",
        right=_SOFTMAX,
        wrong="y_hat, kappa = sigmoid(z), 1",
        hint="One of K classes: the probabilities of one guess have to add up to 1.",
    ),
    _heads(
        label="softmax-over-time",
        says="the softmax head normalises over time",
        right=_SOFTMAX,
        wrong="y_hat, kappa = softmax(z.swapaxes(0, 2)).swapaxes(0, 2), 1",
        hint="z is (T, B, K). On which axis do the classes compete?",
    ),
    _heads(
        label="softmax-over-batch",
        says="the softmax head normalises over the batch",
        right=_SOFTMAX,
        wrong="y_hat, kappa = softmax(z.swapaxes(1, 2)).swapaxes(1, 2), 1",
        hint="z is (T, B, K). On which axis do the classes compete?",
    ),
    _heads(
        label="softmax-twice",
        says="in the softmax head softmax is applied twice",
        right=_SOFTMAX,
        wrong="y_hat, kappa = softmax(softmax(z)), 1",
        hint="Follow z: how often does it meet an exponential?",
    ),
    _heads(
        label="extra-softmax-derivative",
        says="the softmax head has the factor y_hat (1 - y_hat) once more",
        right=_SOFTMAX,
        wrong="y_hat = softmax(z)\n        kappa = y_hat * (1 - y_hat)",
        hint="In the derivation of the softmax head this factor cancels against the 1/y_hat of the logarithm.",
    ),
    _heads(
        label="softmax-mean-over-K",
        says="the softmax head is divided by K",
        right=_SOFTMAX,
        wrong="y_hat, kappa = softmax(z), 1 / K",
        hint="Cross-entropy picks out one of the K logarithms. It takes no mean over them.",
    ),
)

SIGMOID_HEAD = (
    _heads(
        label="sigmoid-missing",
        says="in the sigmoid head the logits are taken for probabilities",
        right=_SIGMOID,
        wrong="y_hat, kappa = z, 1",
        hint="In 'prediction minus target', what is the prediction of this head?",
    ),
    _heads(
        label="softmax-for-sigmoid",
        says="the sigmoid head uses softmax",
        right=_SIGMOID,
        wrong="y_hat, kappa = softmax(z), 1",
        hint="K yes-or-no questions: all answers may be yes at once. Does your prediction allow it?",
    ),
    _heads(
        label="tanh-for-sigmoid",
        says="the sigmoid head uses tanh",
        right=_SIGMOID,
        wrong="y_hat, kappa = np.tanh(z), 1",
        hint="A probability lies between 0 and 1. Where does tanh lie?",
    ),
    _heads(
        label="unstable-sigmoid",
        says="the sigmoid is e^z / (1 + e^z), which is inf / inf for a logit of 1000",
        right=_SIGMOID,
        wrong="y_hat, kappa = np.exp(z) / (1 + np.exp(z)), 1",
        hint="Two ways of writing the sigmoid differ by a factor e^(-z) above and below. Which one survives z = 1000?",
    ),
    _heads(
        label="sigmoid-twice",
        says="in the sigmoid head the sigmoid is applied twice",
        right=_SIGMOID,
        wrong="y_hat, kappa = sigmoid(sigmoid(z)), 1",
        hint="Follow z: how often does it meet an exponential?",
    ),
    _heads(
        label="extra-sigmoid-derivative",
        says="the sigmoid head has the factor y_hat (1 - y_hat) once more",
        right=_SIGMOID,
        wrong="y_hat = sigmoid(z)\n        kappa = y_hat * (1 - y_hat)",
        hint="With binary cross-entropy this factor cancels. With a squared error it would stay, and a confident "
        "mistake would hardly be corrected.",
    ),
    _heads(
        label="sigmoid-mean-over-K",
        says="the sigmoid head is divided by K",
        right=_SIGMOID,
        wrong="y_hat, kappa = sigmoid(z), 1 / K",
        hint="Some libraries take the mean over all entries. The loss of this head is a sum over its K questions.",
    ),
    _heads(
        label="threshold-for-sigmoid",
        says="the sigmoid head turns logits into 0 or 1",
        right=_SIGMOID,
        wrong="y_hat, kappa = (z > 0) * 1.0, 1",
        hint="A threshold makes decisions after training. While training, the head needs probabilities.",
    ),
)
