"""List what goes wrong in a `torch.autograd.Function` written by hand: the same as in BPTT before."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn_function

TEXTBOOK = rnn_function.rnn_function

_function = partial(Misconception, exercise="rnn_function", see="07_gpu#sec-autograd-function")
_STEP = "h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)"
_START = "h_t = h0"
_DH = "delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)"
_CARRY = "dh_next = delta_h @ W_hh"
_H_PREV = "h_prev = h[t - 1] if t > 0 else h0"
_DX = "dx[t] = delta_h @ W_xh"
_RETURN = "return h, dx, dh_next, dW_xh, dW_hh, db_h"
_BACK = "for t in reversed(range(T)):"

MISCONCEPTIONS = (
    _function(
        label="no-b_h",
        says="the bias b_h is never added on the way forwards",
        right=_STEP,
        wrong="h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T)",
        hint="The pre-activation has three terms.",
    ),
    _function(
        label="ignores-h0-forwards",
        says="the forward pass starts from zeros",
        right=_START,
        wrong="h_t = np.zeros_like(h0)",
        hint="What does forward receive besides x?",
    ),
    _function(
        label="transposed-W_hh",
        says="W_hh is used the wrong way round on the way forwards",
        right=_STEP,
        wrong="h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh + b_h)",
        hint="A weight is (to, from) and a sample is a row, so each product needs the weight's transpose.",
    ),
    _function(
        label="no-recurrent-term",
        says="nothing comes back from step t+1",
        right=_DH,
        wrong="delta_h = dh[t] * (1 - h[t] ** 2)",
        hint="dh is what reaches each h^(t) through its own output. And through the next state?",
    ),
    _function(
        label="only-last-loss",
        says="the upstream gradient is used at the last step only",
        right=_DH,
        wrong="delta_h = (dh[t] * (t == T - 1) + dh_next) * (1 - h[t] ** 2)",
        hint="backward receives a gradient for every entry of what forward returned.",
    ),
    _function(
        label="mutates-dh",
        says="the upstream gradient, which the caller still needs, is overwritten on the way",
        right=_DH,
        wrong="dh[t] += dh_next\n        delta_h = dh[t] * (1 - h[t] ** 2)",
        hint="The tensor that backward receives belongs to autograd, which may hand it to somebody else as well.",
    ),
    _function(
        label="derivative-of-h",
        says="tanh is applied again: its derivative is taken as 1 - tanh(h)^2",
        right=_DH,
        wrong="delta_h = (dh[t] + dh_next) * (1 - np.tanh(h[t]) ** 2)",
        hint="tanh'(a) = 1 - tanh(a)^2, and h is tanh(a) already.",
    ),
    _function(
        label="no-activation-derivative",
        says="the derivative of tanh is missing",
        right=_DH,
        wrong="delta_h = dh[t] + dh_next",
        hint="h^(t) = tanh(a^(t)): to get from h to a the gradient is multiplied by tanh'.",
    ),
    _function(
        label="W_hh-not-transposed",
        says="the gradient goes back through W_hh the wrong way round",
        right=_CARRY,
        wrong="dh_next = delta_h @ W_hh.T",
        hint="Forwards a row is multiplied by W_hh.T. Backwards by the transpose of that.",
    ),
    _function(
        label="wraps-round-at-first-step",
        says="at the first step h[-1], the last state, stands in for h0",
        right=_H_PREV,
        wrong="h_prev = h[t - 1]",
        hint="A tensor's index of -1 wraps round as a list's does. What comes before h[0]?",
    ),
    _function(
        label="h_t-in-dW_hh",
        says="dW_hh is built with h^(t)",
        right=_H_PREV,
        wrong="h_prev = h[t]",
        hint="Which state did W_hh multiply on the way to a^(t)?",
    ),
    _function(
        label="overwrites-dW_xh",
        says="dW_xh keeps one time step only",
        right="dW_xh += delta_h.T @ x[t]",
        wrong="dW_xh = delta_h.T @ x[t]",
        hint="The same W_xh is used at every step, so its gradient is a sum over steps.",
    ),
    _function(
        label="overwrites-dW_hh",
        says="dW_hh keeps one time step only",
        right="dW_hh += delta_h.T @ h_prev",
        wrong="dW_hh = delta_h.T @ h_prev",
        hint="The same W_hh is used at every step, so its gradient is a sum over steps.",
    ),
    _function(
        label="averages-db",
        says="db_h is a mean over the batch",
        right="db_h += delta_h.sum(axis=0)",
        wrong="db_h += delta_h.mean(axis=0)",
        hint="Each sample moves the loss by its own share, and shares add up.",
    ),
    _function(
        label="dh0-zero",
        says="h0 gets a gradient of zero",
        right=_RETURN,
        wrong="return h, dx, np.zeros_like(h0), dW_xh, dW_hh, db_h",
        hint="backward returns a gradient for each argument of forward. h0 is one of them.",
    ),
    _function(
        label="dx-through-W_hh",
        says="dx is sent back through W_hh",
        right=_DX,
        wrong="dx[t] = delta_h @ W_hh",
        hint="Which weight did x^(t) come in through?",
    ),
    _function(
        label="skips-first-step",
        says="step t = 1 is skipped on the way back",
        right=_BACK,
        wrong="for t in reversed(range(1, T)):",
        hint="Count the turns of your loop.",
    ),
    _function(
        label="states-before-the-steps",
        says="h0 to h^(T-1) come back, and not h^(1) to h^(T)",
        right=_RETURN,
        wrong="return np.concatenate([h0[None], h[:-1]]), dx, dh_next, dW_xh, dW_hh, db_h",
        hint="Which state belongs to the first input?",
    ),
    _function(
        label="derivative-at-the-pre-activation",
        says="the derivative of tanh is 1 - a^2, with the pre-activation",
        right=_DH,
        wrong="delta_h = (dh[t] + dh_next) * (1 - (x[t] @ W_xh.T + h_prev @ W_hh.T + b_h) ** 2)",
        hint="1 - h^2 is the derivative written with the value of tanh. What did your forward pass keep?",
    ),
)
