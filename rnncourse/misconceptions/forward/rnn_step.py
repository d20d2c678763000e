"""List what goes wrong in one step of an RNN."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn

TEXTBOOK = rnn.rnn_step

_rnn_step = partial(Misconception, exercise="rnn_step")
_STEP = "01_structure#sec-recurrence"
_ACTIVATION = "01_structure#sec-activations"
_A_T = "a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h"
_TANH = "np.tanh(a_t)"

MISCONCEPTIONS = (
    _rnn_step(
        label="no-b_h",
        says="the bias b_h is never added",
        right=_A_T,
        wrong="a_t = x_t @ W_xh.T + h_prev @ W_hh.T",
        hint="The pre-activation has three terms: one from the input, one from the previous state, and one constant.",
        see=_STEP,
    ),
    _rnn_step(
        label="b_h-twice",
        says="the bias b_h is added twice",
        right=_A_T,
        wrong="a_t = (x_t @ W_xh.T + b_h) + (h_prev @ W_hh.T + b_h)",
        hint="Some libraries split the bias into two halves, one for each product. The notes have one b_h.",
        see=_STEP,
    ),
    _rnn_step(
        label="b_h-after-tanh",
        says="the bias b_h is added after the activation",
        right=_A_T,
        wrong="a_t = x_t @ W_xh.T + h_prev @ W_hh.T",
        also=((_TANH, "np.tanh(a_t) + b_h"),),
        hint="b_h shifts where tanh is evaluated. Count the brackets: what is inside tanh(...)?",
        see=_STEP,
    ),
    _rnn_step(
        label="no-recurrence",
        says="the previous state plays no part",
        right=_A_T,
        wrong="a_t = x_t @ W_xh.T + b_h",
        hint="Without h_prev each step sees its own input and nothing else: that is a feed-forward layer.",
        see=_STEP,
    ),
    _rnn_step(
        label="no-input",
        says="the input x_t plays no part",
        right=_A_T,
        wrong="a_t = h_prev @ W_hh.T + b_h",
        hint="A step mixes what it remembers with what it reads. One of the two is missing.",
        see=_STEP,
    ),
    _rnn_step(
        label="transposed-W_hh",
        says="W_hh is used the wrong way round",
        right=_A_T,
        wrong="a_t = x_t @ W_xh.T + h_prev @ W_hh + b_h",
        hint="A weight is (to, from) and a sample is a row, so each product needs the weight's transpose. "
        "W_hh is square: the shapes cannot warn you.",
        see=_STEP,
    ),
    _rnn_step(
        label="no-W_hh",
        says="h_prev is added as it is, without W_hh",
        right=_A_T,
        wrong="a_t = x_t @ W_xh.T + h_prev + b_h",
        hint="How strongly does unit j of the past speak to unit i of the present? A matrix says so.",
        see=_STEP,
    ),
    _rnn_step(
        label="swapped-weights",
        says="W_xh and W_hh have changed places",
        right=_A_T,
        wrong="a_t = x_t @ W_hh.T + h_prev @ W_xh.T + b_h",
        hint="Read a name from left to right: W_xh leads from x to h.",
        see=_STEP,
    ),
    _rnn_step(
        label="sigmoid-for-tanh",
        says="the activation is a sigmoid",
        right=_TANH,
        wrong="1 / (1 + np.exp(-a_t))",
        hint="This exercise asks for tanh: states between -1 and 1, and zero where a is zero.",
        see=_ACTIVATION,
    ),
    _rnn_step(
        label="relu-for-tanh",
        says="the activation is a ReLU",
        right=_TANH,
        wrong="np.maximum(0, a_t)",
        hint="ReLU is the notes' other choice. This exercise asks for tanh.",
        see=_ACTIVATION,
    ),
    _rnn_step(
        label="no-activation",
        says="the pre-activation is returned",
        right=_TANH,
        wrong="a_t",
        hint="Without phi, T steps in a row collapse into one linear map.",
        see=_ACTIVATION,
    ),
    _rnn_step(
        label="tanh-twice",
        says="tanh is applied twice",
        right=_TANH,
        wrong="np.tanh(np.tanh(a_t))",
        hint="Look for a tanh on the way to a_t, and another on the way out.",
        see=_ACTIVATION,
    ),
    _rnn_step(
        label="tanh-per-term",
        says="tanh is applied to each term, and the results are added",
        right=_TANH,
        wrong="np.tanh(x_t @ W_xh.T) + np.tanh(h_prev @ W_hh.T + b_h)",
        hint="tanh of a sum is not the sum of tanhs. First add everything up, then apply phi once.",
        see=_ACTIVATION,
    ),
    _rnn_step(
        label="adds-h_prev",
        says="h_prev is added once more, outside the activation",
        right=_TANH,
        wrong="h_prev + np.tanh(a_t)",
        hint="That is a residual connection: a good idea with a name of its own, and not this cell.",
        see=_STEP,
    ),
)
