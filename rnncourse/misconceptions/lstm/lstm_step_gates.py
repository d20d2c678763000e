"""List what goes wrong in one step of an LSTM, in what the gates and the candidate read."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_lstm_step = partial(Misconception, exercise="lstm_step")
_FORGET = "05_lstm#sec-forget-gate"
_INPUT = "05_lstm#sec-input-gate"
_CANDIDATE = "05_lstm#sec-candidate"
_OUTPUT = "05_lstm#sec-output-gate"
_V = "v_t = np.concatenate([h_prev, x_t], axis=1)"
_F = "f_t = sigmoid(v_t @ W_f.T + b_f)"
_I = "i_t = sigmoid(v_t @ W_i.T + b_i)"
_C_TILDE = "c_tilde_t = np.tanh(v_t @ W_c.T + b_c)"
_O = "o_t = sigmoid(v_t @ W_o.T + b_o)"

GATES = (
    _lstm_step(
        label="x-first",
        says="the weights act on [x; h], x first",
        right=_V,
        wrong="v_t = np.concatenate([x_t, h_prev], axis=1)",
        hint="The weights are (H, H + D): which of the two, h or x, do their first H columns belong to?",
        see=_FORGET,
    ),
    _lstm_step(
        label="no-h_prev-in-gates",
        says="the gates and the candidate read the input alone: h^(t-1) plays no part",
        right=_V,
        wrong="v_t = np.concatenate([np.zeros_like(h_prev), x_t], axis=1)",
        hint="What should a gate know before it decides to keep or to drop: the input, or the past as well?",
        see=_FORGET,
    ),
    _lstm_step(
        label="no-biases",
        says="no gate has its bias",
        right=_F,
        wrong="f_t = sigmoid(v_t @ W_f.T)",
        also=(
            (_I, "i_t = sigmoid(v_t @ W_i.T)"),
            (_C_TILDE, "c_tilde_t = np.tanh(v_t @ W_c.T)"),
            (_O, "o_t = sigmoid(v_t @ W_o.T)"),
        ),
        hint="Four biases are among the arguments. Where does b_f enter, inside the sigmoid or nowhere?",
        see=_FORGET,
    ),
    _lstm_step(
        label="one-bias-for-all-gates",
        says="all gates share one bias, b_f",
        right=_I,
        wrong="i_t = sigmoid(v_t @ W_i.T + b_f)",
        also=(
            (_C_TILDE, "c_tilde_t = np.tanh(v_t @ W_c.T + b_f)"),
            (_O, "o_t = sigmoid(v_t @ W_o.T + b_f)"),
        ),
        hint="Copied lines keep their letters. Does each line name its own gate throughout?",
        see=_INPUT,
    ),
    _lstm_step(
        label="tanh-gates",
        says="the three gates use tanh in the place of the sigmoid",
        right=_F,
        wrong="f_t = np.tanh(v_t @ W_f.T + b_f)",
        also=((_I, "i_t = np.tanh(v_t @ W_i.T + b_i)"), (_O, "o_t = np.tanh(v_t @ W_o.T + b_o)")),
        hint="A gate says how much passes, from nothing to all. Can how much be negative?",
        see=_FORGET,
    ),
    _lstm_step(
        label="tanh-output-gate",
        says="the output gate uses tanh in the place of the sigmoid",
        right=_O,
        wrong="o_t = np.tanh(v_t @ W_o.T + b_o)",
        hint="Output has a tanh of its own, around the cell. The gate is another matter.",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="sigmoid-candidate",
        says="the candidate uses the sigmoid in the place of tanh",
        right=_C_TILDE,
        wrong="c_tilde_t = sigmoid(v_t @ W_c.T + b_c)",
        hint="The candidate is content and no gate: it has to be able to lower the cell as well as to raise it.",
        see=_CANDIDATE,
    ),
    _lstm_step(
        label="linear-candidate",
        says="the candidate has no tanh",
        right=_C_TILDE,
        wrong="c_tilde_t = v_t @ W_c.T + b_c",
        hint="What may be written in one step is bounded, between -1 and 1.",
        see=_CANDIDATE,
    ),
    _lstm_step(
        label="swapped-i-and-o",
        says="the weights of the input gate and of the output gate have changed places",
        right=_I,
        wrong="i_t = sigmoid(v_t @ W_o.T + b_o)",
        also=((_O, "o_t = sigmoid(v_t @ W_i.T + b_i)"),),
        hint="The order here is f, i, c, o. Did you unpack the weights in the order of another library?",
        see=_OUTPUT,
    ),
    _lstm_step(
        label="swapped-c-and-o",
        says="the candidate and the output gate have each other's weights",
        right=_C_TILDE,
        wrong="c_tilde_t = np.tanh(v_t @ W_o.T + b_o)",
        also=((_O, "o_t = sigmoid(v_t @ W_c.T + b_c)"),),
        hint="The order here is f, i, c, o. Some libraries stack i, f, o, c: check how you unpack.",
        see=_CANDIDATE,
    ),
)
