"""List what goes wrong in cross-entropy and its gradient."""

from functools import partial

from rnncourse.misconceptions.loss.cross_entropy_probabilities import OVERFLOW, SOFTMAX, TARGETS
from rnncourse.misconceptions.loss.cross_entropy_scale import MASK, SCALE
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import output

TEXTBOOK = output.softmax_cross_entropy

_cross_entropy = partial(Misconception, exercise="cross_entropy", see="03_loss_and_bptt#sec-delta-y")
_PICK = "onehot * log_y_hat"
_LOSS = "loss = -("
_DELTA = "(np.exp(log_y_hat) - onehot)"

_THE_LOSS = (
    _cross_entropy(
        label="sign-of-loss",
        says="the loss has the wrong sign: it is the logarithm of the probability, not its negative",
        right=_LOSS,
        wrong="loss = (",
        hint="A probability is at most 1. What is the sign of its logarithm, and what should that of a loss be?",
    ),
    _cross_entropy(
        label="log2",
        says="the loss is measured with the logarithm to base 2",
        right=_PICK,
        wrong="onehot * log_y_hat / np.log(2)",
        hint="Bits are fine for a report. The gradient belongs to the natural logarithm.",
    ),
    _cross_entropy(
        label="log10",
        says="the loss is measured with the logarithm to base 10",
        right=_PICK,
        wrong="onehot * log_y_hat / np.log(10)",
        hint="np.log and math.log are natural logarithms. Where does a 10 come in?",
    ),
    _cross_entropy(
        label="all-classes-in-loss",
        says="the loss adds up the logarithms of all K classes",
        right=_PICK,
        wrong="log_y_hat",
        hint="Only the class that was true is looked up in y_hat. What does the one-hot vector do in the sum?",
    ),
    _cross_entropy(
        label="probability-in-loss",
        says="the loss adds up probabilities, without the logarithm",
        right=_PICK,
        wrong="onehot * np.exp(log_y_hat)",
        hint="Probabilities of independent guesses multiply. What turns the product into a sum?",
    ),
    _cross_entropy(
        label="entropy-of-prediction",
        says="the loss is the entropy of y_hat: the target plays no part",
        right=_PICK,
        wrong="np.exp(log_y_hat) * log_y_hat",
        hint="*Cross*-entropy compares two distributions. Which one stands before the logarithm?",
    ),
    _cross_entropy(
        label="binary-terms-in-loss",
        says="the loss also adds up log(1 - y_hat) of the classes that are not true",
        right=_PICK,
        wrong="(onehot * log_y_hat + (1 - onehot) * np.log(1 - np.exp(log_y_hat)))",
        hint="That is the loss of K yes-or-no questions. Here one of K classes is true.",
    ),
    _cross_entropy(
        label="squared-error-in-loss",
        says="the loss is a squared distance of probabilities",
        right=_PICK,
        wrong="-((np.exp(log_y_hat) - onehot) ** 2)",
        hint="Cross-entropy is minus the logarithm of one probability.",
    ),
)

_THE_GRADIENT = (
    _cross_entropy(
        label="y-minus-y_hat",
        says="target minus prediction: the sign of delta_y is turned round",
        right=_DELTA,
        wrong="(onehot - np.exp(log_y_hat))",
        hint="Raising the logit of the true class lowers the loss. What is the sign of the gradient there?",
    ),
    _cross_entropy(
        label="extra-derivative",
        says="delta_y has the factor y_hat (1 - y_hat) once more",
        right=_DELTA,
        wrong=f"{_DELTA} * np.exp(log_y_hat) * (1 - np.exp(log_y_hat))",
        hint="The derivative of softmax is in it already: it has been cancelled by that of the logarithm.",
    ),
    _cross_entropy(
        label="gradient-of-probabilities",
        says="delta_y is the gradient with respect to y_hat, -1/y_hat at the true class, and not with respect to z",
        right=_DELTA,
        wrong="(-onehot / np.exp(log_y_hat))",
        hint="Between y_hat and z lies softmax, and the gradient has to pass it.",
    ),
    _cross_entropy(
        label="true-class-only",
        says="delta_y is zero for every class but the true one",
        right=_DELTA,
        wrong="onehot * (np.exp(log_y_hat) - 1)",
        hint="If the true class is to get likelier, the others have to lose. Who pushes their logits down?",
    ),
    _cross_entropy(
        label="no-target",
        says="delta_y is y_hat: the target plays no part",
        right=_DELTA,
        wrong="np.exp(log_y_hat)",
        hint="A perfect prediction needs no correction. Is your gradient zero there?",
    ),
    _cross_entropy(
        label="delta-from-log-probabilities",
        says="delta_y is made with log(y_hat), not with y_hat",
        right=_DELTA,
        wrong="(log_y_hat - onehot)",
        hint="Prediction minus target. The prediction is a probability, and what you have at hand is its logarithm.",
    ),
    _cross_entropy(
        label="delta-from-logits",
        says="delta_y is made with z, not with y_hat",
        right=_DELTA,
        wrong="(z - onehot)",
        hint="Prediction minus target. What turns the logits into the prediction?",
    ),
)

MISCONCEPTIONS = OVERFLOW + SOFTMAX + TARGETS + _THE_LOSS + _THE_GRADIENT + SCALE + MASK
