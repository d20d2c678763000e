"""List what goes wrong inside one step back through an LSTM: the same for `lstm_step_backward` and `lstm_backward`.

The two textbooks say the same with other names: the cell is ``c_t`` in a step and ``c[t]`` in a sequence.
"""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_CELL = "05_lstm_backward#sec-lstm-bptt-cell"
_GATES = "05_lstm_backward#sec-lstm-bptt-gates"
_V = "v_t = np.concatenate([h_prev, {x}], axis=1)"
_F = "f_t = sigmoid(v_t @ W_f.T + b_f)"
_I = "i_t = sigmoid(v_t @ W_i.T + b_i)"
_C_TILDE = "c_tilde_t = np.tanh(v_t @ W_c.T + b_c)"
_O = "o_t = sigmoid(v_t @ W_o.T + b_o)"
_DELTA_F = "delta_f = dc_t * c_prev * f_t * (1 - f_t)"
_DELTA_I = "delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)"
_DELTA_C = "delta_c = dc_t * i_t * (1 - c_tilde_t**2)"


def cell(exercise, c_t, dc_next):
    """Build the mistakes on the two ways back into the cell.

    Parameters
    ----------
    exercise : str
    c_t : str
        What the textbook calls c^(t).
    dc_next : str
        What it calls the gradient of c^(t) that came from step t+1.
    """
    misconception = partial(Misconception, exercise=exercise, see=_CELL)
    right = f"dc_t = {dc_next} + dh_t * o_t * (1 - np.tanh({c_t}) ** 2)"
    return (
        misconception(
            label="no-cell-path",
            says="dc holds only what comes through h^(t): what came from step t+1 along the cell is dropped",
            right=right,
            wrong=f"dc_t = dh_t * o_t * (1 - np.tanh({c_t}) ** 2)",
            hint="Two arrows leave c^(t): one to h^(t), one to c^(t+1). The second is what an LSTM is made for.",
        ),
        misconception(
            label="no-path-through-h",
            says="dc holds only what came from step t+1: the way from c^(t) through h^(t) is missing",
            right=right,
            wrong=f"dc_t = {dc_next}",
            hint="Two arrows leave c^(t): one to c^(t+1), one to h^(t). What comes back along the second?",
        ),
        misconception(
            label="no-tanh-derivative",
            says="the way from h^(t) to c^(t) lacks the derivative of tanh",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * o_t",
            hint="Between the cell and h stand a gate and a tanh. The gradient passes both.",
        ),
        misconception(
            label="tanh-twice-in-derivative",
            says="the derivative of tanh is taken at tanh(c), where it should be taken at c",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * o_t * (1 - np.tanh(np.tanh({c_t})) ** 2)",
            hint="Have you kept tanh(c) under a name, and taken tanh of that name once more?",
        ),
        misconception(
            label="tanh-derivative-of-c",
            says="the derivative of tanh is written as 1 - c^2, without tanh",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * o_t * (1 - {c_t} ** 2)",
            hint="1 - y^2 needs y = tanh(c), the value after tanh. c itself may be larger than 1.",
        ),
        misconception(
            label="tanh-derivative-without-square",
            says="the derivative of tanh lacks its square: 1 - tanh(c)",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * o_t * (1 - np.tanh({c_t}))",
            hint="A derivative of tanh is never above 1. Test yours at c = -0.5.",
        ),
        misconception(
            label="tanh-derivative-at-c_prev",
            says="the derivative of tanh is taken at c^(t-1)",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * o_t * (1 - np.tanh(c_prev) ** 2)",
            hint="Which cell did this step's tanh read, the one before or the one after the update?",
        ),
        misconception(
            label="no-o-in-dc",
            says="the way from h^(t) to c^(t) lacks the output gate",
            right=right,
            wrong=f"dc_t = {dc_next} + dh_t * (1 - np.tanh({c_t}) ** 2)",
            hint="What a gate let through forwards it lets through backwards, and no more.",
        ),
    )


def gates(exercise, c_t, x_t):
    """Build the mistakes on the way from the cell and from h into the gates.

    Parameters
    ----------
    exercise : str
    c_t, x_t : str
        What the textbook calls c^(t) and x^(t).
    """
    misconception = partial(Misconception, exercise=exercise, see=_GATES)
    delta_o = f"delta_o = dh_t * np.tanh({c_t}) * o_t * (1 - o_t)"
    return (
        misconception(
            label="delta_o-with-c",
            says="delta_o is built with c^(t), where tanh(c^(t)) belongs",
            right=delta_o,
            wrong=f"delta_o = dh_t * {c_t} * o_t * (1 - o_t)",
            hint="A product's derivative is the other factor. Which factor stands beside o in h?",
        ),
        misconception(
            label="delta_o-from-dc",
            says="delta_o is built with the gradient of the cell, where that of h belongs",
            right=delta_o,
            wrong=f"delta_o = dc_t * np.tanh({c_t}) * o_t * (1 - o_t)",
            hint="The output gate acts on h alone. Which arrow leaves it?",
        ),
        misconception(
            label="gates-from-dh",
            says="the deltas of f, i and the candidate are built with dh, where dc belongs",
            right=_DELTA_F,
            wrong="delta_f = dh_t * c_prev * f_t * (1 - f_t)",
            also=(
                (_DELTA_I, "delta_i = dh_t * c_tilde_t * i_t * (1 - i_t)"),
                (_DELTA_C, "delta_c = dh_t * i_t * (1 - c_tilde_t**2)"),
            ),
            hint="f, i and the candidate make the cell. Through what do they reach the loss?",
        ),
        misconception(
            label="delta_f-with-c_t",
            says="delta_f is built with c^(t), where c^(t-1) belongs",
            right=_DELTA_F,
            wrong=f"delta_f = dc_t * {c_t} * f_t * (1 - f_t)",
            hint="What did the forget gate multiply on the way to c^(t)?",
        ),
        misconception(
            label="delta_i-with-c_prev",
            says="delta_i is built with c^(t-1), where the candidate belongs",
            right=_DELTA_I,
            wrong="delta_i = dc_t * c_prev * i_t * (1 - i_t)",
            hint="What did the input gate multiply on the way to c^(t)?",
        ),
        misconception(
            label="delta_c-without-i",
            says="the delta of the candidate lacks the input gate",
            right=_DELTA_C,
            wrong="delta_c = dc_t * (1 - c_tilde_t**2)",
            hint="What did the candidate multiply on the way to c^(t)?",
        ),
        misconception(
            label="no-sigmoid-derivative-f",
            says="delta_f lacks the derivative of the sigmoid",
            right=_DELTA_F,
            wrong="delta_f = dc_t * c_prev",
            hint="A delta belongs to the pre-activation. One more factor leads from the gate to what is inside it.",
        ),
        misconception(
            label="no-sigmoid-derivative-i",
            says="delta_i lacks the derivative of the sigmoid",
            right=_DELTA_I,
            wrong="delta_i = dc_t * c_tilde_t",
            hint="A delta belongs to the pre-activation. One more factor leads from the gate to what is inside it.",
        ),
        misconception(
            label="no-sigmoid-derivative-o",
            says="delta_o lacks the derivative of the sigmoid",
            right=delta_o,
            wrong=f"delta_o = dh_t * np.tanh({c_t})",
            hint="A delta belongs to the pre-activation. One more factor leads from the gate to what is inside it.",
        ),
        misconception(
            label="tanh-derivative-for-gates",
            says="the gates have the derivative of tanh, 1 - g^2, where they are sigmoids",
            right=_DELTA_F,
            wrong="delta_f = dc_t * c_prev * (1 - f_t**2)",
            also=(
                (_DELTA_I, "delta_i = dc_t * c_tilde_t * (1 - i_t**2)"),
                (delta_o, f"delta_o = dh_t * np.tanh({c_t}) * (1 - o_t**2)"),
            ),
            hint="Sigmoid and tanh have different derivatives. Which of the four is a tanh?",
        ),
        misconception(
            label="sigmoid-derivative-for-candidate",
            says="the candidate has the derivative of the sigmoid, where it is a tanh",
            right=_DELTA_C,
            wrong="delta_c = dc_t * i_t * c_tilde_t * (1 - c_tilde_t)",
            hint="Three of the four are sigmoids. What is the fourth, and what is its derivative?",
        ),
        misconception(
            label="candidate-without-derivative",
            says="the delta of the candidate lacks the derivative of tanh",
            right=_DELTA_C,
            wrong="delta_c = dc_t * i_t",
            hint="A delta belongs to the pre-activation: the candidate's is inside its tanh.",
        ),
        misconception(
            label="tanh-of-the-candidate",
            says="the candidate's derivative takes tanh of what is a tanh already",
            right=_DELTA_C,
            wrong="delta_c = dc_t * i_t * (1 - np.tanh(c_tilde_t) ** 2)",
            hint="The candidate is tanh of its pre-activation: tanh is in it already.",
        ),
        misconception(
            label="x-first",
            says="the weights act on [x; h], x first",
            right=_V.format(x=x_t),
            wrong=f"v_t = np.concatenate([{x_t}, h_prev], axis=1)",
            hint="The weights are (H, H + D): which of the two, h or x, do their first H columns belong to?",
        ),
        misconception(
            label="recomputes-without-biases",
            says="the gates are computed again without their biases",
            right=_F,
            wrong="f_t = sigmoid(v_t @ W_f.T)",
            also=(
                (_I, "i_t = sigmoid(v_t @ W_i.T)"),
                (_C_TILDE, "c_tilde_t = np.tanh(v_t @ W_c.T)"),
                (_O, "o_t = sigmoid(v_t @ W_o.T)"),
            ),
            hint="The gates have to be those of the forward pass, to the last digit. What did it add?",
        ),
    )
