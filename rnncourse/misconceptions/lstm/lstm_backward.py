"""List what goes wrong in backpropagation through time for an LSTM: one step's mistakes, and those of the sequence."""

from functools import partial

from rnncourse.misconceptions.lstm.lstm_gradients import cell, gates
from rnncourse.misconceptions.lstm.lstm_inputs import inputs, weights
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import lstm

TEXTBOOK = lstm.lstm_backward

_NAME = "lstm_backward"
_lstm_backward = partial(Misconception, exercise=_NAME)
_RECURSION = "05_lstm_backward#sec-lstm-bptt"
_CELL = "05_lstm_backward#sec-lstm-bptt-cell"
_WEIGHTS = "05_lstm_backward#sec-lstm-bptt-weights"
_DH = "dh_t = dh[t] + dh_next"
_DC = "dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c[t]) ** 2)"
_LOOP = "for t in reversed(range(len(x))):"
_H_PREV = "h_prev = h[t - 1] if t > 0 else h0"
_C_PREV = "c_prev = c[t - 1] if t > 0 else c0"
_CARRY_H = "dh_next = dv_t[:, :H]"
_CARRY_C = "dc_next = dc_t * f_t"
_RETURN = "return dx, (dh_next, dc_next), LSTMParams("


def _line(kind, gate, value):
    return f"d{kind}_{gate} += {value}"


def _overwrites(kind, gate):
    value = f"delta_{gate}.T @ v_t" if kind == "W" else f"delta_{gate}.sum(axis=0)"
    return _line(kind, gate, value), f"d{kind}_{gate} = {value}"


def _overwritten(label, what, swaps):
    (right, wrong), *also = swaps
    hint = "The same parameters are used at every step, so their gradient is a sum over steps."
    says = f"{what} one time step only"
    return _lstm_backward(label=label, says=says, right=right, wrong=wrong, also=tuple(also), hint=hint, see=_WEIGHTS)


_THE_WEIGHTS = (
    *(_overwritten(f"overwrites-dW_{gate}", f"dW_{gate} keeps", [_overwrites("W", gate)]) for gate in "fico"),
    _overwritten("overwrites-dW", "all dW keep", [_overwrites("W", gate) for gate in "fico"]),
    _overwritten("overwrites-db", "all db keep", [_overwrites("b", gate) for gate in "fico"]),
    _overwritten(
        "overwrites-all",
        "all weight and bias gradients keep",
        [_overwrites(kind, gate) for kind in "Wb" for gate in "fico"],
    ),
)

_THE_RECURSION = (
    _lstm_backward(
        label="no-recurrent-term",
        says="nothing comes back into h^(t) from step t+1",
        right=_DH,
        wrong="dh_t = dh[t]",
        hint="Two arrows leave h^(t): one to its own output, one to the gates of step t+1.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="no-local-term",
        says="only the last step's own gradient is used: before it, h^(t) hears from step t+1 alone",
        right=_DH,
        wrong="dh_t = dh_next if t < len(x) - 1 else dh[t] + dh_next",
        hint="dh has an entry for each of the T steps, and each enters at its own step.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="accumulates-dh_next",
        says="dh_next is added to, where it should be replaced",
        right=_CARRY_H,
        wrong="dh_next = dh_next + dv_t[:, :H]",
        hint="Weight gradients add up over time. What travels from step t to step t-1 does not: it is used once.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="accumulates-dc_next",
        says="dc_next is added to, where it should be replaced",
        right=_CARRY_C,
        wrong="dc_next = dc_next + dc_t * f_t",
        hint="Weight gradients add up over time. What travels from step t to step t-1 does not: it is used once.",
        see=_CELL,
    ),
    _lstm_backward(
        label="forget-gate-of-the-wrong-step",
        says="what comes back along the cell is scaled by f^(t), where f^(t+1) belongs",
        right=_DC,
        wrong="dc_t = dc_next * f_t + dh_t * o_t * (1 - np.tanh(c[t]) ** 2)",
        also=((_CARRY_C, "dc_next = dc_t"),),
        hint="c^(t+1) = f^(t+1) c^(t) + ...: which step's gate lies between the two cells?",
        see=_CELL,
    ),
    _lstm_backward(
        label="clips-inside-loop",
        says="what travels back through h is clipped to [-5, 5] inside the loop",
        right=_CARRY_H,
        wrong="dh_next = np.clip(dv_t[:, :H], -5, 5)",
        hint="Clipping belongs to the optimiser, after the whole gradient is known. Inside BPTT it bends it.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="loop-runs-forward",
        says="the loop runs from the first step to the last",
        right=_LOOP,
        wrong="for t in range(len(x)):",
        hint="Step t needs what step t+1 sends back. Which of the two has to be computed first?",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="skips-first-step",
        says="step t = 1 is skipped",
        right=_LOOP,
        wrong="for t in reversed(range(1, len(x))):",
        hint="Count the turns of your loop. The first step starts from h0 and c0, and it has gradients too.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="skips-last-step",
        says="step t = T is skipped",
        right=_LOOP,
        wrong="for t in reversed(range(len(x) - 1)):",
        hint="Count the turns of your loop. Nothing comes back from after T, and still step T has a gradient.",
        see=_RECURSION,
    ),
    _lstm_backward(
        label="mutates-dh",
        says="dh, which the caller still needs, is overwritten on the way",
        right=_DH,
        wrong="dh[t] += dh_next\n        dh_t = dh[t]",
        hint="dh[t] is a view into the caller's array: += changes it there. Make a new array.",
        see=_RECURSION,
    ),
)

_THE_ENDS = (
    _lstm_backward(
        label="h-wraps-round-at-first-step",
        says="at t = 1, h^(T) stands in the place of h^(0)",
        right=_H_PREV,
        wrong="h_prev = h[t - 1]",
        hint="In Python h[-1] is the last entry. What comes before the first step?",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="c-wraps-round-at-first-step",
        says="at t = 1, c^(T) stands in the place of c^(0)",
        right=_C_PREV,
        wrong="c_prev = c[t - 1]",
        hint="In Python c[-1] is the last entry. What comes before the first step?",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="ignores-h0",
        says="zeros stand in the place of h^(0)",
        right=_H_PREV,
        wrong="h_prev = h[t - 1] if t > 0 else np.zeros_like(h0)",
        hint="The state before the first step is an argument, and it need not be zero.",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="ignores-c0",
        says="zeros stand in the place of c^(0)",
        right=_C_PREV,
        wrong="c_prev = c[t - 1] if t > 0 else np.zeros_like(c0)",
        hint="The cell before the first step is an argument, and it need not be zero.",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="dh0-zero",
        says="dh0 is zero",
        right=_RETURN,
        wrong="return dx, (np.zeros_like(h0), dc_next), LSTMParams(",
        hint="The first step's gates read h^(0). What came back to it when the loop ended?",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="dc0-zero",
        says="dc0 is zero",
        right=_RETURN,
        wrong="return dx, (dh_next, np.zeros_like(c0)), LSTMParams(",
        hint="The first step's forget gate scales c^(0). What came back to it when the loop ended?",
        see=_WEIGHTS,
    ),
    _lstm_backward(
        label="swapped-dh0-and-dc0",
        says="dh0 and dc0 have changed places",
        right=_RETURN,
        wrong="return dx, (dc_next, dh_next), LSTMParams(",
        hint="Both have shape (B, H), so no shape can warn you. Read the order in the task.",
        see=_WEIGHTS,
    ),
)

MISCONCEPTIONS = (
    *_THE_RECURSION,
    *cell(_NAME, c_t="c[t]", dc_next="dc_next"),
    *gates(_NAME, c_t="c[t]", x_t="x[t]"),
    *inputs(_NAME, dx="dx[t]", dh="dh_next", dc="dc_next"),
    *weights(_NAME, "c[t]", _line),
    *_THE_WEIGHTS,
    *_THE_ENDS,
)
