"""List what goes wrong in one step of an LSTM."""

from functools import partial

from rnncourse.misconceptions.lstm.lstm_step_gates import GATES
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import lstm

TEXTBOOK = lstm.lstm_step

_lstm_step = partial(Misconception, exercise="lstm_step")
_FORGET = "05_lstm#sec-forget-gate"
_INPUT = "05_lstm#sec-input-gate"
_CELL = "05_lstm#sec-cell"
_OUTPUT = "05_lstm#sec-output-gate"
_C = "c_t = f_t * c_prev + i_t * c_tilde_t"
_H = "h_t = o_t * np.tanh(c_t)"

_THE_CELL = (
    _lstm_step(
        label="swapped-f-and-i",
        says="the forget gate and the input gate have changed places",
        right=_C,
        wrong="c_t = i_t * c_prev + f_t * c_tilde_t",
        hint="Which of the two gates speaks about what is there already?",
        see=_CELL,
    ),
    _lstm_step(
        label="one-minus-f",
        says="the cell keeps 1 - f of the past",
        right=_C,
        wrong="c_t = (1 - f_t) * c_prev + i_t * c_tilde_t",
        hint="In spite of its name: f = 1 keeps everything, f = 0 drops it.",
        see=_FORGET,
    ),
    _lstm_step(
        label="no-forget-gate",
        says="the past is kept whole: the forget gate is not used",
        right=_C,
        wrong="c_t = c_prev + i_t * c_tilde_t",
        hint="That is the LSTM of 1997. What could drop an old content here?",
        see=_CELL,
    ),
    _lstm_step(
        label="no-input-gate",
        says="the candidate is written whole: the input gate is not used",
        right=_C,
        wrong="c_t = f_t * c_prev + c_tilde_t",
        hint="Two things are added, and each has a gate of its own.",
        see=_INPUT,
    ),
    _lstm_step(
        label="no-gates",
        says="past and candidate are added without any gate",
        right=_C,
        wrong="c_t = c_prev + c_tilde_t",
        hint="Two things are added, and each has a gate of its own.",
        see=_CELL,
    ),
    _lstm_step(
        label="adds-i-to-candidate",
        says="the input gate is added to the candidate, where it should scale it",
        right=_C,
        wrong="c_t = f_t * c_prev + i_t + c_tilde_t",
        hint="A closed gate lets nothing through. Put i = 0 into your line: what is left?",
        see=_INPUT,
    ),
    _lstm_step(
        label="o-for-i",
        says="the output gate stands in the place of the input gate",
        right=_C,
        wrong="c_t = f_t * c_prev + o_t * c_tilde_t",
        hint="o decides what is shown, and it comes later. Who decides what is written?",
        see=_CELL,
    ),
    _lstm_step(
        label="coupled-gates",
        says="1 - f stands in the place of the input gate",
        right=_C,
        wrong="c_t = f_t * c_prev + (1 - f_t) * c_tilde_t",
        hint="That is a known variant with one gate fewer. This exercise has an input gate with its own weights.",
        see=_INPUT,
    ),
    _lstm_step(
        label="no-c_prev",
        says="the cell forgets all: c^(t-1) plays no part",
        right=_C,
        wrong="c_t = i_t * c_tilde_t",
        hint="Where does the memory come in? A new cell is what was kept and what is written.",
        see=_CELL,
    ),
    _lstm_step(
        label="h_prev-for-c_prev",
        says="the forget gate scales h^(t-1) in the place of c^(t-1)",
        right=_C,
        wrong="c_t = f_t * h_prev + i_t * c_tilde_t",
        hint="There are two states. One is shown, the other is kept: which one does f act on?",
        see=_CELL,
    ),
    _lstm_step(
        label="tanh-around-cell",
        says="the new cell is squashed by tanh before it is kept",
        right=_C,
        wrong="c_t = np.tanh(f_t * c_prev + i_t * c_tilde_t)",
        hint="The way from cell to cell is linear on purpose: a tanh there shrinks every gradient that passes.",
        see=_CELL,
    ),
)

_THE_OUTPUT = (
    _lstm_step(
        label="no-output-gate",
        says="the cell is shown whole: the output gate is not used",
        right=_H,
        wrong="h_t = np.tanh(c_t)",
        hint="A cell may know something and keep it to itself. Who decides?",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="h-without-tanh",
        says="h is o times c, without tanh",
        right=_H,
        wrong="h_t = o_t * c_t",
        hint="The cell is not bounded. What keeps h between -1 and 1?",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="tanh-of-the-product",
        says="tanh is taken of o times c",
        right=_H,
        wrong="h_t = np.tanh(o_t * c_t)",
        hint="Count the brackets. Does the gate stand inside tanh or before it?",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="sigmoid-of-cell",
        says="the cell passes a sigmoid on its way out, where it should pass tanh",
        right=_H,
        wrong="h_t = o_t * sigmoid(c_t)",
        hint="Sigmoids are for gates. What is shown may be negative.",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="h-from-c_prev",
        says="h is made from c^(t-1), the cell before the update",
        right=_H,
        wrong="h_t = o_t * np.tanh(c_prev)",
        hint="First write, then show. Which cell is the new one?",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="swapped-outputs",
        says="c^(t) is returned first and h^(t) second",
        right="return h_t, c_t",
        wrong="return c_t, h_t",
        hint="Both have shape (B, H), so no shape can warn you. Read the last line of the task.",
        see=_OUTPUT,
    ),
)

MISCONCEPTIONS = GATES + _THE_CELL + _THE_OUTPUT
