"""List what goes wrong with the gradients of an LSTM as they are handed out: one for all, or in another order."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_lstm_backward = partial(Misconception, exercise="lstm_backward", see="05_lstm_backward#sec-lstm-bptt-weights")
_PARAMS = "LSTMParams(dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o)"


def returned(exercise):
    """Build the mistakes in the order of the gradients, the same for a step and for a sequence."""
    return (
        Misconception(
            label="order-of-torch",
            exercise=exercise,
            says="the gradients come in the order i, f, c~, o",
            right=_PARAMS,
            wrong="LSTMParams(dW_i, dW_f, dW_c, dW_o, db_i, db_f, db_c, db_o)",
            hint="torch has the input gate first. The order here is f, i, c~, o, as in LSTMParams.",
            see="05_lstm_backward#sec-lstm-bptt-weights",
        ),
    )


RETURNED = (
    *returned("lstm_backward"),
    _lstm_backward(
        label="one-array-for-all-dW",
        says="the four weight gradients are one array, which holds the sum of all",
        right=_PARAMS,
        wrong="LSTMParams(*[dW_f + dW_i + dW_c + dW_o] * 4, db_f, db_i, db_c, db_o)",
        hint="[zeros] * 4 is a list of one array, four times. How many arrays did you make?",
    ),
    _lstm_backward(
        label="wraps-round-at-first-step",
        says="at t = 1, h^(T) and c^(T) stand in the place of h^(0) and c^(0)",
        right="h_prev = h[t - 1] if t > 0 else h0",
        wrong="h_prev = h[t - 1]",
        also=(("c_prev = c[t - 1] if t > 0 else c0", "c_prev = c[t - 1]"),),
        hint="In Python h[-1] is the last entry. What comes before the first step?",
    ),
    _lstm_backward(
        label="forget-gate-of-the-step-before",
        says="what goes back along the cell is scaled by f^(t-1), where f^(t) belongs",
        right="dc_next = dc_t * f_t",
        wrong="v_prev = np.concatenate([h[t - 2] if t > 1 else h0 if t > 0 else h[-2], x[t - 1]], axis=1)\n"
        "        dc_next = dc_t * sigmoid(v_prev @ W_f.T + b_f)",
        hint="c^(t) = f^(t) c^(t-1) + ...: which step's gate lies between the two cells?",
    ),
)
