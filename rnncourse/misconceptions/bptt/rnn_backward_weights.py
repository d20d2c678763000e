"""List what goes wrong in the weights' gradients of backpropagation through time, and at its ends, dx and dh0."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_rnn_backward = partial(Misconception, exercise="rnn_backward")
_WEIGHTS = "03_bptt#sec-bptt-weights"
_H0 = "03_bptt#sec-bptt-h0"
_DW_XH = "dW_xh += delta_h.T @ x[t]"
_DW_HH = "dW_hh += delta_h.T @ h_prev"
_DB_H = "db_h += delta_h.sum(axis=0)"
_DX = "dx[t] = delta_h @ W_xh"
_H_PREV = "h_prev = h[t - 1] if t > 0 else h0"
_RETURN = "return dx, dh_next, RNNParams(dW_xh, dW_hh, db_h)"

THE_WEIGHTS = (
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

THE_ENDS = (
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
