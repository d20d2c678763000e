"""List what goes wrong in a step of gradient descent with weight decay."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import optim

TEXTBOOK = optim.sgd_step

_sgd = partial(Misconception, exercise="sgd_step", see="04_training#sec-sgd")
_decay = partial(Misconception, exercise="sgd_step", see="04_training#sec-weight-decay")
_G = "g = dtheta + weight_decay * theta"
_UPDATE = "updated.append(theta - learning_rate * g)"

MISCONCEPTIONS = (
    _sgd(
        label="ascent",
        says="the step goes uphill",
        right=_UPDATE,
        wrong="updated.append(theta + learning_rate * g)",
        hint="The gradient points to where the loss grows.",
    ),
    _sgd(
        label="no-learning-rate",
        says="the step has the whole length of the gradient: the learning rate is missing",
        right=_UPDATE,
        wrong="updated.append(theta - g)",
        hint="The gradient says where to, and one number of yours says how far.",
    ),
    _sgd(
        label="normalised-gradient",
        says="the gradient is divided by its length first",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * g / np.linalg.norm(g))",
        hint="Plain gradient descent takes smaller steps where the slope is smaller.",
    ),
    _sgd(
        label="returns-the-step",
        says="the change comes back, not the changed parameters",
        right=_UPDATE,
        wrong="updated.append(-learning_rate * g)",
        hint="The caller puts what you return in the place of its parameters.",
    ),
    _sgd(
        label="mutates-params",
        says="the caller's parameters are changed in place",
        right=_UPDATE,
        wrong="theta -= learning_rate * g\n        updated.append(theta)",
        hint="Early stopping wants the old parameters back. Return new arrays.",
    ),
    _decay(
        label="no-weight-decay",
        says="weight_decay plays no part",
        right=_G,
        wrong="g = dtheta",
        hint="Two forces move a weight: the loss, and a pull towards zero.",
    ),
    _decay(
        label="decay-grows-weights",
        says="weight decay pushes the weights away from zero",
        right=_G,
        wrong="g = dtheta - weight_decay * theta",
        hint="Set the gradient to zero. Does your weight shrink or grow?",
    ),
    _decay(
        label="decay-without-learning-rate",
        says="the decay is not multiplied by the learning rate",
        right=_G,
        wrong="g = dtheta + weight_decay * theta / learning_rate",
        hint="The penalty is part of the loss, so its slope is part of the gradient, and goes its way.",
    ),
    _decay(
        label="decay-of-the-gradient",
        says="the gradient is multiplied by 1 + weight_decay; the weights do not enter",
        right=_G,
        wrong="g = dtheta + weight_decay * dtheta",
        hint="What decays? Differentiate the penalty with respect to theta.",
    ),
    _decay(
        label="L1-decay",
        says="the pull towards zero has the same size for all weights",
        right=_G,
        wrong="g = dtheta + weight_decay * np.sign(theta)",
        hint="That is the slope of |theta|. The penalty here is half the square of theta.",
    ),
    _decay(
        label="decay-twice",
        says="the decay is twice as strong as asked for",
        right=_G,
        wrong="g = dtheta + 2 * weight_decay * theta",
        hint="The penalty carries a factor one half, so that its derivative carries none.",
    ),
    _decay(
        label="spares-biases",
        says="the biases do not decay",
        right=_G,
        wrong="g = dtheta + weight_decay * theta if theta.ndim > 1 else dtheta",
        hint="Sparing the biases is a good habit. This exercise treats all parameters alike.",
    ),
    _decay(
        label="decays-after-the-step",
        says="the weight decays after the step, from where the step has led",
        right=_UPDATE,
        wrong="theta = theta - learning_rate * dtheta\n"
        "        updated.append(theta - learning_rate * weight_decay * theta)",
        hint="Both parts of the gradient are taken at the same place: where the step begins.",
    ),
    _sgd(
        label="rate-fixed-at-0-01",
        says="the learning rate is 0.01, whatever was given",
        right=_UPDATE,
        wrong="updated.append(theta - 0.01 * g)",
        hint="What does the argument learning_rate do in your function?",
    ),
    _sgd(
        label="rate-fixed-at-0-1",
        says="the learning rate is 0.1, whatever was given",
        right=_UPDATE,
        wrong="updated.append(theta - 0.1 * g)",
        hint="What does the argument learning_rate do in your function?",
    ),
    _sgd(
        label="rate-fixed-at-0-001",
        says="the learning rate is 0.001, whatever was given",
        right=_UPDATE,
        wrong="updated.append(theta - 0.001 * g)",
        hint="What does the argument learning_rate do in your function?",
    ),
    _decay(
        label="adds-the-penalty",
        says="the decay adds the sum of the squared weights, and not the weights",
        right=_G,
        wrong="g = dtheta + weight_decay * (theta**2).sum()",
        hint="What is the derivative of the penalty with respect to one weight?",
    ),
)
