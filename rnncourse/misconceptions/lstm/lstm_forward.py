"""List what goes wrong when an LSTM runs over a sequence."""

from functools import partial

from rnncourse.misconceptions.lstm.lstm_forward_storing import STORING
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import lstm

TEXTBOOK = lstm.lstm_forward

_lstm_forward = partial(Misconception, exercise="lstm_forward")
_SEQUENCE = "05_lstm#sec-lstm-algorithm"
_START = "h_t, c_t = state0"
_STEP = "h_t, c_t = lstm_step(x[t], (h_t, c_t), params)"
_LOOP = "for t in range(T):"
_STORE_H = "h[t] = h_t"
_STORE_C = "c[t] = c_t"
_BUFFER = ("h = np.empty((T, B, len(params.b_f)), dtype=x.dtype)", "h = np.zeros((T, B, len(params.b_f)))")
_ZEROS = (_BUFFER, ("c = np.empty_like(h)", "c = np.zeros_like(h)"))

MISCONCEPTIONS = (
    _lstm_forward(
        label="h-not-carried",
        says="every step receives h^(0); only the cell is carried on",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], (state0[0], c_t), params)",
        hint="Two things travel from step to step. Follow each name through two turns of the loop.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="c-not-carried",
        says="every step receives c^(0); only h is carried on",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], (h_t, state0[1]), params)",
        hint="Two things travel from step to step. Without the cell nothing is kept for long.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="cell-reset-at-each-step",
        says="every step starts with an empty cell",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], (h_t, np.zeros_like(c_t)), params)",
        hint="Where is the cell set to zero, before the loop or inside it?",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="state-not-carried",
        says="every step starts from h^(0) and c^(0)",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], state0, params)",
        hint="What does step t+1 receive as its previous state? Follow both names through two turns of the loop.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="swapped-states-in",
        says="h and c are handed to the step in each other's place",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], (c_t, h_t), params)",
        hint="h and c have the same shape, so nothing complains. Compare your call with the step's list of arguments.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="swapped-states-out",
        says="the step's two results are unpacked in each other's place",
        right=_STEP,
        wrong="c_t, h_t = lstm_step(x[t], (h_t, c_t), params)",
        hint="In which order does the step return h and c?",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="swapped-initial-states",
        says="h^(0) and c^(0) have changed places",
        right=_START,
        wrong="c_t, h_t = state0",
        hint="Later steps hide it: compare your first step with one made by hand.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="swapped-outputs",
        says="all c are returned as h, and all h as c",
        right=_STORE_H,
        wrong="h[t] = c_t",
        also=((_STORE_C, "c[t] = h_t"),),
        hint="h first, then c. Both have shape (T, B, H), so no shape can warn you.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="c-for-h",
        says="the cell is stored in both results",
        right=_STORE_H,
        wrong="h[t] = c_t",
        hint="What is shown differs from what is kept. Which of the two goes into h?",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="h-for-c",
        says="the hidden state is stored in both results",
        right=_STORE_C,
        wrong="c[t] = h_t",
        hint="The backward pass will ask for the cells: what is kept, not what is shown.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="ignores-h0",
        says="h starts from zeros, whatever h0 is",
        right=_START,
        wrong="h_t, c_t = np.zeros_like(state0[0]), state0[1]",
        hint="h0 is an argument: the caller decides where the sequence starts.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="ignores-c0",
        says="c starts from zeros, whatever c0 is",
        right=_START,
        wrong="h_t, c_t = state0[0], np.zeros_like(state0[1])",
        hint="c0 is an argument: the caller decides what the cell holds at the start.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="ignores-h0-and-c0",
        says="the sequence starts from zeros, whatever h0 and c0 are",
        right=_START,
        wrong="h_t, c_t = np.zeros_like(state0[0]), np.zeros_like(state0[1])",
        hint="h0 and c0 are arguments: the caller decides where the memory starts.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="reads-backwards",
        says="the sequence is read from its end",
        right=_LOOP,
        wrong="for t in reversed(range(T)):",
        hint="Forwards means from t = 1 to T. Backwards is for gradients.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="x-lagged",
        says="step t reads x^(t-1)",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t - 1], (h_t, c_t), params)",
        hint="Python's x[0] is x^(1): what does your first turn read?",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="first-input-only",
        says="every step reads x^(1)",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[0], (h_t, c_t), params)",
        hint="The input changes from step to step: its index should, too.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="stores-previous-state",
        says="the states are stored before the step: the results start with h^(0) and c^(0)",
        right=f"{_STEP}  # (B, H), (B, H)\n        {_STORE_H}\n        {_STORE_C}",
        wrong=f"{_STORE_H}\n        {_STORE_C}\n        {_STEP}",
        hint="h[0] should be the state after the first step.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="aliased-buffer",
        says="all entries are one array: each ends up as the last state",
        right=_STORE_H,
        wrong="h[:] = h_t",
        also=((_STORE_C, "c[:] = c_t"),),
        hint="[h_t] * T is one array T times, and an array that is written in place changes wherever it was stored.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="skips-first-step",
        says="step t = 1 is skipped",
        right=_LOOP,
        wrong="for t in range(1, T):",
        also=_ZEROS,
        hint="Count the turns of your loop. There are T steps, and the first one starts from h0 and c0.",
        see=_SEQUENCE,
    ),
    _lstm_forward(
        label="skips-last-step",
        says="step t = T is skipped",
        right=_LOOP,
        wrong="for t in range(T - 1):",
        also=_ZEROS,
        hint="Count the turns of your loop. There are T steps.",
        see=_SEQUENCE,
    ),
    *STORING,
)
