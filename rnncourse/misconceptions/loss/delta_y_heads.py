"""List what goes wrong between a head's loss and its logits."""

from functools import partial

from rnncourse.misconceptions.loss.delta_y_classes import SIGMOID_HEAD, SOFTMAX_HEAD
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import heads

TEXTBOOK = heads.delta_y_heads

_heads = partial(Misconception, exercise="delta_y_heads", see="03_loss_and_bptt#sec-delta-y")
_LOSS = "03_loss_and_bptt#sec-loss"
_IDENTITY = "y_hat, kappa = z, 2 / K"
_RETURN = "return kappa * (y_hat - y) / B"

_ALL_HEADS = (
    _heads(
        label="y-minus-y_hat",
        says="target minus prediction: the sign is turned round",
        right="(y_hat - y)",
        wrong="(y - y_hat)",
        hint="Take a guess that is too high. Moving its logit up makes the loss larger: which sign has the gradient?",
    ),
    _heads(
        label="no-target",
        says="the target plays no part",
        right="(y_hat - y)",
        wrong="y_hat",
        hint="A perfect prediction needs no correction. Is your gradient zero there?",
    ),
    _heads(
        label="squared-difference",
        says="the difference is squared: that is a loss, not its gradient",
        right="(y_hat - y)",
        wrong="(y_hat - y) ** 2",
        hint="A gradient has a direction. What becomes of the sign of a difference when it is squared?",
    ),
    _heads(
        label="sign-for-difference",
        says="only the sign of the difference is returned",
        right="(y_hat - y)",
        wrong="np.sign(y_hat - y)",
        hint="That is the gradient of an absolute error. Here a guess that is twice as wrong pulls twice as hard.",
    ),
    _heads(
        label="no-mean-over-batch",
        says="the 1/B of the mean over the batch is missing",
        right=_RETURN,
        wrong="return kappa * (y_hat - y)",
        hint="The loss is a mean over the batch. Its gradient inherits the factor.",
        see=_LOSS,
    ),
    _heads(
        label="mean-over-time",
        says="it is divided by T as well as by B",
        right=_RETURN,
        wrong="return kappa * (y_hat - y) / (len(z) * B)",
        hint="Sum over time, mean over the batch: only one of the two divides.",
        see=_LOSS,
    ),
    _heads(
        label="T-for-B",
        says="it is divided by T in the place of B",
        right=_RETURN,
        wrong="return kappa * (y_hat - y) / len(z)",
        hint="Arrays are time-major here: z has shape (T, B, K). What is len(z)?",
        see=_LOSS,
    ),
    _heads(
        label="mean-over-outputs",
        says="every head is divided by K once more",
        right=_RETURN,
        wrong="return kappa * (y_hat - y) / (B * K)",
        hint="Only one of the three losses is a mean over the K outputs, and its constant holds that already.",
    ),
    _heads(
        label="extra-derivative",
        says="every head has the factor y_hat (1 - y_hat)",
        right=_RETURN,
        wrong="return kappa * (y_hat - y) * y_hat * (1 - y_hat) / B",
        hint="The derivative of the activation has been cancelled by that of the loss. Derive one of them on paper.",
    ),
)

_IDENTITY_HEAD = (
    _heads(
        label="identity-no-2-over-K",
        says="the identity head has the constant 1 of the other two",
        right=_IDENTITY,
        wrong="y_hat, kappa = z, 1",
        hint="Prediction minus target in all three, and yet not the same constant. Differentiate a mean of squares.",
    ),
    _heads(
        label="identity-no-2",
        says="the 2 that comes down from the square is missing",
        right=_IDENTITY,
        wrong="y_hat, kappa = z, 1 / K",
        hint="Some losses carry a factor 1/2 so that the derivative looks tidy. This one does not.",
    ),
    _heads(
        label="identity-no-1-over-K",
        says="the 1/K of the mean over the outputs is missing",
        right=_IDENTITY,
        wrong="y_hat, kappa = z, 2",
        hint="This loss is a mean over the K outputs. Where is its divisor?",
    ),
    _heads(
        label="identity-through-sigmoid",
        says="the identity head squashes its prediction with a sigmoid",
        right=_IDENTITY,
        wrong="y_hat, kappa = sigmoid(z), 2 / K",
        hint="A temperature may be 25 degrees. What is the prediction of a head without an activation?",
    ),
    _heads(
        label="identity-absolute-error",
        says="the identity head has the gradient of the absolute error",
        right=_IDENTITY,
        wrong="y_hat, kappa = y + (z > y) - (z < y), 1 / K",
        hint="In a squared error a guess that is twice as wrong pulls twice as hard. In yours?",
    ),
)

MISCONCEPTIONS = _ALL_HEADS + SOFTMAX_HEAD + SIGMOID_HEAD + _IDENTITY_HEAD
