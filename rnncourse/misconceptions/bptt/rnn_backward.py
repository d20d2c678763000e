"""List what goes wrong in backpropagation through time."""

from functools import partial

from rnncourse.misconceptions.bptt.rnn_backward_weights import THE_ENDS, THE_WEIGHTS
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn

TEXTBOOK = rnn.rnn_backward

_rnn_backward = partial(Misconception, exercise="rnn_backward")
_RECURSION = "03_bptt#sec-bptt-recursion"
_DH = "dh_t = dh[t] + dh_next"
_DELTA = "delta_h = dh_t * (1 - h[t] ** 2)"
_CARRY = "dh_next = delta_h @ W_hh"
_LOOP = "for t in reversed(range(len(x))):"

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
        says="dh, which the caller still needs, is overwritten on the way",
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

MISCONCEPTIONS = _THE_RECURSION + _THE_ACTIVATION + THE_WEIGHTS + THE_ENDS
