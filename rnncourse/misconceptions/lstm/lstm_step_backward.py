"""List what goes wrong in the backward pass of one LSTM step."""

from rnncourse.misconceptions.lstm.lstm_gradients import cell, gates
from rnncourse.misconceptions.lstm.lstm_inputs import inputs, weights
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import lstm

TEXTBOOK = lstm.lstm_step_backward

_NAME = "lstm_step_backward"


def _line(kind, gate, value):
    return f"dW_{gate}, db_{gate} = {value}" if kind == "W" else value


MISCONCEPTIONS = (
    *cell(_NAME, c_t="c_t", dc_next="dc_t"),
    *gates(_NAME, c_t="c_t", x_t="x_t"),
    *inputs(_NAME, dx="dx_t", dh="dh_prev", dc="dc_prev"),
    *weights(_NAME, "c_t", _line),
    Misconception(
        label="dc_prev-without-path-through-h",
        exercise=_NAME,
        says="c^(t-1) hears only of what came along the cell, and not of what came through h^(t)",
        right="dc_t = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)",
        wrong="dc_in, dc_t = dc_t, dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)",
        also=(("dc_prev = dc_t * f_t", "dc_prev = dc_in * f_t"),),
        hint="Both arrows meet in c^(t), and c^(t-1) lies behind it. Add first, then go on.",
        see="05_lstm_backward#sec-lstm-bptt-cell",
    ),
)
