"""List what goes wrong in a step of Adam: the update; the means and the bias correction are in `adam_step_state`."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.misconceptions.training.adam_step_state import STATE
from rnncourse.reference import optim

TEXTBOOK = optim.adam_step

_adam = partial(Misconception, exercise="adam_step", see="04_training#sec-adam")
_UPDATE = "updated.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))"

MISCONCEPTIONS = (
    _adam(
        label="ascent",
        says="the step goes uphill",
        right=_UPDATE,
        wrong="updated.append(theta + learning_rate * m_hat / (np.sqrt(v_hat) + eps))",
        hint="m_hat is a gradient, averaged. It points to where the loss grows.",
    ),
    _adam(
        label="eps-inside-the-root",
        says="eps is added under the square root",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * m_hat / np.sqrt(v_hat + eps))",
        hint="With eps = 1e-8 under the root the safeguard is 1e-4: ten thousand times as large. Count the brackets.",
    ),
    _adam(
        label="no-eps",
        says="eps is missing",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * m_hat / np.sqrt(v_hat))",
        hint="What happens to a parameter whose gradient has always been 0?",
    ),
    _adam(
        label="no-root",
        says="the step is divided by v_hat itself, without the square root",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * m_hat / (v_hat + eps))",
        hint="v is made of squares. Multiply the loss by 10: should the step change?",
    ),
    _adam(
        label="no-scaling",
        says="v is computed and not used: the step is m_hat alone",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * m_hat)",
        hint="Adam gives each parameter a step size of its own. What sets it?",
    ),
    _adam(
        label="no-first-moment",
        says="the step takes the gradient of this step in the place of its running mean",
        right=_UPDATE,
        wrong="updated.append(theta - learning_rate * g / (np.sqrt(v_hat) + eps))",
        hint="That is RMSProp. Adam has a memory of the direction as well.",
    ),
    _adam(
        label="mutates-params",
        says="the caller's parameters are changed in place",
        right="theta = theta - learning_rate * weight_decay * theta",
        wrong="theta -= learning_rate * m_hat / (np.sqrt(v_hat) + eps)",
        also=((_UPDATE, "updated.append(theta)"),),
        hint="Early stopping wants the old parameters back. Return new arrays.",
    ),
    *STATE,
)
