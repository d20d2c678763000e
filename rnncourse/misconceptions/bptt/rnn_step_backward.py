"""List what goes wrong in the backward pass of one step."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn

TEXTBOOK = rnn.rnn_step_backward

_step_backward = partial(Misconception, exercise="rnn_step_backward")
_STEP = "03_bptt#sec-bptt-recursion"
_WEIGHTS = "03_bptt#sec-bptt-weights"
_ENDS = "03_bptt#sec-bptt-h0"
_DELTA = "delta_h = dh_t * (1 - h_t**2)"
_DW_XH = "dW_xh = delta_h.T @ x_t"
_DW_HH = "dW_hh = delta_h.T @ h_prev"
_DB_H = "db_h = delta_h.sum(axis=0)"
_DX = "dx_t = delta_h @ W_xh"
_DH = "dh_prev = delta_h @ W_hh"

MISCONCEPTIONS = (
    _step_backward(
        label="no-activation-derivative",
        says="the derivative of tanh is missing",
        right=_DELTA,
        wrong="delta_h = dh_t",
        hint="h^(t) = tanh(a^(t)): to get from h to a the gradient is multiplied by tanh'.",
        see=_STEP,
    ),
    _step_backward(
        label="derivative-of-h",
        says="tanh is applied again: its derivative is taken as 1 - tanh(h)^2",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - np.tanh(h_t) ** 2)",
        hint="tanh'(a) = 1 - tanh(a)^2, and h is tanh(a) already.",
        see=_STEP,
    ),
    _step_backward(
        label="sigmoid-derivative",
        says="the derivative is the sigmoid's, h (1 - h)",
        right=_DELTA,
        wrong="delta_h = dh_t * h_t * (1 - h_t)",
        hint="h (1 - h) belongs to the sigmoid. Derive tanh' once by hand: it is worth it.",
        see=_STEP,
    ),
    _step_backward(
        label="linear-derivative",
        says="the derivative of tanh lacks its square: 1 - h",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h_t)",
        hint="A derivative of tanh is never negative and never above 1. Test yours at h = -0.5.",
        see=_STEP,
    ),
    _step_backward(
        label="derivative-at-h_prev",
        says="the derivative of tanh is taken at h^(t-1)",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h_prev**2)",
        hint="Which state did this step's tanh produce?",
        see=_STEP,
    ),
    _step_backward(
        label="W_hh-not-transposed",
        says="the gradient goes back through W_hh the wrong way round",
        right=_DH,
        wrong="dh_prev = delta_h @ W_hh.T",
        hint="Forwards a row is multiplied by W_hh.T. Backwards by the transpose of that. "
        "W_hh is square, so the shapes fit either way.",
        see=_STEP,
    ),
    _step_backward(
        label="carries-dh",
        says="dL/dh^(t) is sent back in the place of delta_h",
        right=_DH,
        wrong="dh_prev = dh_t @ W_hh",
        hint="On its way from h^(t) to h^(t-1) the gradient passes phi first, and W_hh after it.",
        see=_STEP,
    ),
    _step_backward(
        label="dh_prev-without-W_hh",
        says="dh_prev is delta_h itself: W_hh is missing",
        right=_DH,
        wrong="dh_prev = delta_h",
        hint="h^(t-1) reaches a^(t) through W_hh. The gradient takes the same way back.",
        see=_STEP,
    ),
    _step_backward(
        label="h_t-in-dW_hh",
        says="dW_hh is built with h^(t)",
        right=_DW_HH,
        wrong="dW_hh = delta_h.T @ h_t",
        hint="Which state did W_hh multiply on the way to a^(t)?",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="transposed-dW_hh",
        says="dW_hh is transposed",
        right=_DW_HH,
        wrong="dW_hh = h_prev.T @ delta_h",
        hint="A gradient has its weight's layout, (to, from). W_hh is square, so the shape cannot warn you.",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="dW_xh-uses-dh",
        says="dW_xh is built with dL/dh^(t), before the derivative of tanh",
        right=_DW_XH,
        wrong="dW_xh = dh_t.T @ x_t",
        hint="W_xh sits behind tanh. Its gradient is made of delta_h.",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="averages-db",
        says="db_h is a mean over the batch",
        right=_DB_H,
        wrong="db_h = delta_h.mean(axis=0)",
        hint="Each sample moves the loss by its own share, and shares add up. The loss's 1/B is in dh_t already.",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="mean-twice",
        says="the weight gradients are divided by the batch size once more",
        right=_DW_XH,
        wrong="dW_xh = delta_h.T @ x_t / len(x_t)",
        also=((_DW_HH, "dW_hh = delta_h.T @ h_prev / len(x_t)"), (_DB_H, "db_h = delta_h.sum(axis=0) / len(x_t)")),
        hint="The 1/B of the mean comes in with the loss. It is in dh_t already.",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="db-of-one-sample",
        says="db_h is the gradient of the first sample alone",
        right=_DB_H,
        wrong="db_h = delta_h[0]",
        hint="b_h (H,) was broadcast over the batch. What the forward pass broadcasts, the backward pass sums.",
        see=_WEIGHTS,
    ),
    _step_backward(
        label="dx-through-W_hh",
        says="dx_t is sent back through W_hh",
        right=_DX,
        wrong="dx_t = delta_h @ W_hh",
        hint="Which weight did x^(t) come in through?",
        see=_ENDS,
    ),
    _step_backward(
        label="dx-uses-dh",
        says="dx_t is built with dL/dh^(t), before the derivative of tanh",
        right=_DX,
        wrong="dx_t = dh_t @ W_xh",
        hint="x^(t) sits behind tanh. Its gradient is made of delta_h.",
        see=_ENDS,
    ),
)
