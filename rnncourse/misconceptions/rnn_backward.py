"""What goes wrong in backpropagation through time."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn

TEXTBOOK = rnn.rnn_backward

_rnn_backward = partial(Misconception, exercise="rnn_backward")
_RECURSION = "03_loss_and_bptt#sec-bptt-recursion"
_WEIGHTS = "03_loss_and_bptt#sec-bptt-weights"
_H0 = "03_loss_and_bptt#sec-bptt-h0"
_DH = "dh_t = dh[t] + dh_next"
_DELTA = "delta_h = dh_t * (1 - h[t] ** 2)"
_CARRY = "dh_next = delta_h @ W_hh"
_DW_XH = "dW_xh += delta_h.T @ x[t]"
_DW_HH = "dW_hh += delta_h.T @ h_prev"
_DB_H = "db_h += delta_h.sum(axis=0)"
_DX = "dx[t] = delta_h @ W_xh"
_H_PREV = "h_prev = h[t - 1] if t > 0 else h0"
_LOOP = "for t in reversed(range(len(x))):"
_RETURN = "return dx, dh_next, RNNParams(dW_xh, dW_hh, db_h)"

_THE_RECURSION = (
    _rnn_backward(
        label="no-recurrent-term",
        says="nothing comes back from step t+1",
        right=_DH,
        wrong="dh_t = dh[t]",
        hint="Two arrows leave h^(t): one to its output, one to h^(t+1). A gradient comes back along each. "
        "With one of them the network learns as if it had no memory.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="only-last-loss",
        says="the upstream gradient is used at the last step only",
        right=_DH,
        wrong="dh_t = dh_next if t < len(x) - 1 else dh[t] + dh_next",
        hint="dh has an entry for each of the T steps, and each enters at its own step.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="accumulates-dh_next",
        says="dh_next is added to, where it should be replaced",
        right=_CARRY,
        wrong="dh_next = dh_next + delta_h @ W_hh",
        hint="Weight gradients add up over time. What travels from step t to step t-1 does not: it is used once.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="W_hh-not-transposed",
        says="the gradient goes back through W_hh the wrong way round",
        right=_CARRY,
        wrong="dh_next = delta_h @ W_hh.T",
        hint="Forwards a row is multiplied by W_hh.T. Backwards by the transpose of that. "
        "W_hh is square, so the shapes fit either way.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="carries-dh",
        says="dL/dh^(t) is carried back in the place of delta_h^(t)",
        right=_CARRY,
        wrong="dh_next = dh_t @ W_hh",
        hint="On its way from h^(t) to h^(t-1) the gradient passes phi first, and W_hh after it.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="clips-inside-loop",
        says="the gradient is clipped to [-5, 5] inside the loop",
        right=_CARRY,
        wrong="dh_next = np.clip(delta_h @ W_hh, -5, 5)",
        hint="Clipping belongs to the optimiser, after the whole gradient is known. Inside BPTT it bends it.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="loop-runs-forward",
        says="the loop runs from the first step to the last",
        right=_LOOP,
        wrong="for t in range(len(x)):",
        hint="delta_h^(t) needs delta_h^(t+1). Which of the two has to be computed first?",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="skips-first-step",
        says="step t = 1 is skipped",
        right=_LOOP,
        wrong="for t in reversed(range(1, len(x))):",
        hint="Count the turns of your loop. There are T steps; the first one starts from h0, and it has gradients too.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="skips-last-step",
        says="step t = T is skipped",
        right=_LOOP,
        wrong="for t in reversed(range(len(x) - 1)):",
        hint="Count the turns of your loop. Nothing comes back from after T, and still step T has a loss of its own.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="mutates-dh",
        says="the values are right, and the caller's dh is overwritten on the way",
        right=_DH,
        wrong="dh[t] += dh_next\n        dh_t = dh[t]",
        hint="dh[t] is a view into the caller's array: += changes it there. Make a new array.",
        see=_RECURSION,
    ),
)

_THE_ACTIVATION = (
    _rnn_backward(
        label="no-activation-derivative",
        says="the derivative of tanh is missing",
        right=_DELTA,
        wrong="delta_h = dh_t",
        hint="h^(t) = tanh(a^(t)): to get from h to a the gradient is multiplied by tanh'.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="derivative-of-h",
        says="tanh is applied again: its derivative is taken as 1 - tanh(h)^2",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - np.tanh(h[t]) ** 2)",
        hint="tanh'(a) = 1 - tanh(a)^2, and h is tanh(a) already.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="sigmoid-derivative",
        says="the derivative is the sigmoid's, h (1 - h)",
        right=_DELTA,
        wrong="delta_h = dh_t * h[t] * (1 - h[t])",
        hint="h (1 - h) belongs to the sigmoid. Derive tanh' once by hand: it is worth it.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="linear-derivative",
        says="the derivative of tanh lacks its square: 1 - h",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h[t])",
        hint="A derivative of tanh is never negative and never above 1. Test yours at h = -0.5.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="derivative-at-h_prev",
        says="the derivative of tanh is taken at h^(t-1)",
        right=_DELTA,
        wrong="delta_h = dh_t * (1 - h_prev ** 2)",
        hint="Which state did this step's tanh produce?",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="activation-missing-on-local-term",
        says="tanh' multiplies the gradient from step t+1, not the one from the step's own output",
        right=_DELTA,
        wrong="delta_h = dh[t] + dh_next * (1 - h[t] ** 2)",
        hint="Both arrows meet in h^(t), and behind h^(t) there is one tanh. Add first, then multiply.",
        see=_RECURSION,
    ),
    _rnn_backward(
        label="activation-missing-on-recurrent-term",
        says="tanh' multiplies the gradient from the step's own output, not the one from step t+1",
        right=_DELTA,
        wrong="delta_h = dh[t] * (1 - h[t] ** 2) + dh_next",
        hint="Both arrows meet in h^(t), and behind h^(t) there is one tanh. Add first, then multiply.",
        see=_RECURSION,
    ),
)

_THE_WEIGHTS = (
    _rnn_backward(
        label="overwrites-dW_xh",
        says="dW_xh keeps one time step only",
        right=_DW_XH,
        wrong="dW_xh = delta_h.T @ x[t]",
        hint="The same W_xh is used at every step, so its gradient is a sum over steps.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="overwrites-dW_hh",
        says="dW_hh keeps one time step only",
        right=_DW_HH,
        wrong="dW_hh = delta_h.T @ h_prev",
        hint="The same W_hh is used at every step, so its gradient is a sum over steps.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="overwrites-db_h",
        says="db_h keeps one time step only",
        right=_DB_H,
        wrong="db_h = delta_h.sum(axis=0)",
        hint="The same b_h is used at every step, so its gradient is a sum over steps.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="h_t-in-dW_hh",
        says="dW_hh is built with h^(t)",
        right=_DW_HH,
        wrong="dW_hh += delta_h.T @ h[t]",
        hint="Which state did W_hh multiply on the way to a^(t)?",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="transposed-dW_hh",
        says="dW_hh is transposed",
        right=_DW_HH,
        wrong="dW_hh += h_prev.T @ delta_h",
        hint="A gradient has its weight's layout, (to, from). W_hh is square, so the shape cannot warn you.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="wraps-round-at-first-step",
        says="at the first step h[-1], the last state, stands in for h0",
        right=_H_PREV,
        wrong="h_prev = h[t - 1]",
        hint="In Python an index of -1 is no error: it wraps round to the end. What comes before h[0]?",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="ignores-h0",
        says="at the first step zeros stand in for h0",
        right=_H_PREV,
        wrong="h_prev = h[t - 1] if t > 0 else np.zeros_like(h0)",
        hint="The state before the first step is an argument of your function.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="dW_xh-uses-h",
        says="dW_xh is built with the state, not with the input",
        right=_DW_XH,
        wrong="dW_xh += delta_h.T @ h_prev",
        hint="Which array did W_xh multiply on the way to a^(t)?",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="dW_xh-uses-dh",
        says="dW_xh is built with dL/dh^(t), before the derivative of tanh",
        right=_DW_XH,
        wrong="dW_xh += dh_t.T @ x[t]",
        hint="W_xh sits behind tanh. Its gradient is made of delta_h.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="averages-db",
        says="db_h is a mean over the batch",
        right=_DB_H,
        wrong="db_h += delta_h.mean(axis=0)",
        hint="Each sample moves the loss by its own share, and shares add up. If the loss is a mean, "
        "its 1/B is in dh already.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="db-of-one-sample",
        says="db_h is the gradient of the first sample alone",
        right=_DB_H,
        wrong="db_h += delta_h[0]",
        hint="b_h (H,) was broadcast over the batch. What the forward pass broadcasts, the backward pass sums.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="db-uses-dh",
        says="db_h is built with dL/dh^(t), before the derivative of tanh",
        right=_DB_H,
        wrong="db_h += dh_t.sum(axis=0)",
        hint="b_h sits behind tanh. Its gradient is made of delta_h.",
        see=_WEIGHTS,
    ),
    _rnn_backward(
        label="mean-twice",
        says="the weight gradients are divided by the batch size once more",
        right=_RETURN,
        wrong="return dx, dh_next, RNNParams(dW_xh / len(h0), dW_hh / len(h0), db_h / len(h0))",
        hint="The 1/B of the mean comes in with the loss. It is in dh already.",
        see=_WEIGHTS,
    ),
)

_THE_ENDS = (
    _rnn_backward(
        label="dh0-zero",
        says="dh0 is zero",
        right=_RETURN,
        wrong="return dx, np.zeros_like(h0), RNNParams(dW_xh, dW_hh, db_h)",
        hint="h0 feeds the first step, so the loss depends on it. What is left in your hands when the loop ends?",
        see=_H0,
    ),
    _rnn_backward(
        label="dh0-without-W_hh",
        says="dh0 is delta_h of the first step: W_hh is missing",
        right=_RETURN,
        wrong="return dx, delta_h, RNNParams(dW_xh, dW_hh, db_h)",
        hint="h0 reaches a^(1) through W_hh. The gradient takes the same way back.",
        see=_H0,
    ),
    _rnn_backward(
        label="dh0-is-dh_1",
        says="dh0 is the gradient of h^(1)",
        right=_RETURN,
        wrong="return dx, dh_t, RNNParams(dW_xh, dW_hh, db_h)",
        hint="Between h^(0) and h^(1) lie tanh and W_hh. The gradient has one more step to go.",
        see=_H0,
    ),
    _rnn_backward(
        label="dx-through-W_hh",
        says="dx is sent back through W_hh",
        right=_DX,
        wrong="dx[t] = delta_h @ W_hh",
        hint="Which weight did x^(t) come in through?",
        see=_H0,
    ),
    _rnn_backward(
        label="dx-uses-dh",
        says="dx is built with dL/dh^(t), before the derivative of tanh",
        right=_DX,
        wrong="dx[t] = dh_t @ W_xh",
        hint="x^(t) sits behind tanh. Its gradient is made of delta_h.",
        see=_H0,
    ),
)

MISCONCEPTIONS = _THE_RECURSION + _THE_ACTIVATION + _THE_WEIGHTS + _THE_ENDS
