"""List what goes wrong in a gradient check, the function that is to find wrong gradients."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import gradient_check

TEXTBOOK = gradient_check.gradient_check

_check = partial(Misconception, exercise="gradient_check", see="03_gradient_check#sec-gradient-check")
_SETTINGS = "eps, tolerance = 1e-6, 1e-5"
_SHAPE = "if dtheta.shape != theta.shape:"
_NUMERICAL = "numerical = np.empty_like(theta)"
_LOOP = "for index in np.ndindex(theta.shape):"
_STEP = "step[index] = eps"
_QUOTIENT = "numerical[index] = (f(theta + step) - f(theta - step)) / (2 * eps)"
_DISTANCE = "distance = np.linalg.norm(dtheta - numerical)"
_SCALE = "scale = max(np.linalg.norm(dtheta), np.linalg.norm(numerical))"
_RETURN = "return bool(distance <= tolerance * scale)"

MISCONCEPTIONS = (
    _check(
        label="one-sided",
        says="the difference quotient is one-sided",
        right=_QUOTIENT,
        wrong="numerical[index] = (f(theta + step) - f(theta)) / eps",
        hint="Its error shrinks with eps, not with eps squared: a strongly curved loss fails the check although its "
        "gradient is right.",
    ),
    _check(
        label="divides-by-eps",
        says="the two-sided difference is divided by eps",
        right=_QUOTIENT,
        wrong="numerical[index] = (f(theta + step) - f(theta - step)) / eps",
        hint="From theta - eps to theta + eps: how far is that?",
    ),
    _check(
        label="absolute-error",
        says="the distance is compared as it is, without the gradients' size",
        right=_RETURN,
        wrong="return bool(distance <= tolerance)",
        hint="A distance of 1e-5 is fine for a gradient of 100 and worthless for one of 1e-6.",
    ),
    _check(
        label="entry-by-entry",
        says="the relative error is taken entry by entry",
        right=_RETURN,
        wrong="return bool((np.abs(dtheta - numerical) <= tolerance * np.abs(numerical)).all())",
        hint="An entry that happens to be almost zero has a large relative error and no importance.",
    ),
    _check(
        label="signed-difference",
        says="the differences are added with their signs, so that they cancel",
        right=_DISTANCE,
        wrong="distance = abs((dtheta - numerical).sum())",
        hint="One entry too large and another too small by as much: what does your error say?",
    ),
    _check(
        label="compares-lengths",
        says="only the lengths of the two gradients are compared",
        right=_DISTANCE,
        wrong="distance = abs(np.linalg.norm(dtheta) - np.linalg.norm(numerical))",
        hint="Uphill and downhill are equally steep.",
    ),
    _check(
        label="compares-directions",
        says="only the directions of the two gradients are compared",
        right=_DISTANCE,
        wrong="distance = scale = np.linalg.norm(dtheta) * np.linalg.norm(numerical)",
        also=((_SCALE, "distance = distance - (dtheta * numerical).sum()"),),
        hint="A gradient that is twice too long points the right way.",
    ),
    _check(
        label="first-entry-only",
        says="only the first entry is checked",
        right=_NUMERICAL,
        wrong="numerical = dtheta.copy()",
        also=((_LOOP, "for index in list(np.ndindex(theta.shape))[:1]:"),),
        hint="A bug in one row of a matrix leaves the others alone.",
    ),
    _check(
        label="moves-all-entries",
        says="all entries are moved at once",
        right=_STEP,
        wrong="step[...] = eps",
        hint="A partial derivative moves one entry and holds the others still.",
    ),
    _check(
        label="theta-not-put-back",
        says="an entry that was moved is never put back",
        right=_QUOTIENT,
        wrong="numerical[index] = (f(theta + step) - f(theta - step)) / (2 * eps)\n        theta = theta + 1000 * step",
        hint="After the loop, is theta what it was? Each entry is tried at the same point.",
    ),
    _check(
        label="eps-too-large",
        says="the steps are too large",
        right=_SETTINGS,
        wrong="eps, tolerance = 1e-2, 1e-5",
        hint="Truncation grows with eps squared. On the V of the book, where do you stand?",
    ),
    _check(
        label="eps-too-small",
        says="the steps are too small",
        right=_SETTINGS,
        wrong="eps, tolerance = 1e-12, 1e-5",
        hint="Rounding is magnified by 1/eps. On the V of the book, where do you stand?",
    ),
    _check(
        label="single-precision",
        says="f is called with points in float32, which hold seven digits",
        right=_NUMERICAL,
        wrong="theta = theta.astype(np.float32)\n    numerical = np.empty_like(theta)",
        hint="A step of 1e-6 is gone after the sixth digit. What is the dtype of your copy of theta?",
    ),
    _check(
        label="too-lenient",
        says="the tolerance is so large that wrong gradients are accepted",
        right=_SETTINGS,
        wrong="eps, tolerance = 1e-6, 1e-1",
        hint="A right gradient agrees to seven digits. Which bugs would pass at your threshold?",
    ),
    _check(
        label="too-strict",
        says="errors above 1e-11 are rejected",
        right=_SETTINGS,
        wrong="eps, tolerance = 1e-6, 1e-11",
        hint="The difference quotient itself is not that exact.",
    ),
    _check(
        label="shape-not-compared",
        says="a gradient of another shape is broadcast, and passes",
        right=_SHAPE,
        wrong="if False:",
        hint="NumPy subtracts a number from a matrix without complaint.",
    ),
    _check(
        label="nan-passes",
        says="a gradient that holds nan is accepted",
        right=_RETURN,
        wrong="return not distance > tolerance * scale",
        hint="Every comparison with nan is False. Which side of yours is the safe one?",
    ),
    _check(
        label="zero-over-zero",
        says="a gradient of zero is rejected, because 0/0 is nan",
        right=_RETURN,
        wrong="return bool(distance / scale <= tolerance)",
        hint="A loss that does not depend on theta has a right gradient too.",
    ),
    _check(
        label="always-yes",
        says="every gradient is accepted",
        right=_RETURN,
        wrong="return True",
        also=((_SHAPE, "if False:"),),
        hint="Try your function on a gradient that you have spoilt yourself.",
    ),
    _check(
        label="always-no",
        says="every gradient is rejected",
        right=_RETURN,
        wrong="return False",
        hint="Try your function on f(theta) = theta * theta, whose gradient you know.",
    ),
    _check(
        label="says-the-opposite",
        says="right gradients are rejected, and wrong ones accepted",
        right=_RETURN,
        wrong="return not distance <= tolerance * scale",
        also=(("return False", "return True"),),
        hint="True is for a gradient that is right.",
    ),
)
