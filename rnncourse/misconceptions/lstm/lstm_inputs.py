"""List what goes wrong on the way from the deltas to the weights, to h^(t-1), to x^(t) and to c^(t-1).

The same for `lstm_step_backward` and `lstm_backward`, as in `lstm_gradients`.
"""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_WEIGHTS = "05_lstm_backward#sec-lstm-bptt-weights"
_CELL = "05_lstm_backward#sec-lstm-bptt-cell"
_DV = "dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o"


def inputs(exercise, dx, dh, dc):
    """Build the mistakes on the way out of the step, backwards.

    Parameters
    ----------
    exercise : str
    dx, dh, dc : str
        What the textbook calls the gradients of x^(t), h^(t-1) and c^(t-1).
    """
    misconception = partial(Misconception, exercise=exercise, see=_WEIGHTS)
    slices = (f"{dh} = dv_t[:, :H]", f"{dx} = dv_t[:, H:]")
    return (
        misconception(
            label="back-through-forget-gate-only",
            says="h^(t-1) and x^(t) hear from the forget gate only",
            right=_DV,
            wrong="dv_t = delta_f @ W_f",
            hint="Four arrows leave [h; x], one to each gate and one to the candidate. How many came back?",
        ),
        misconception(
            label="back-without-candidate",
            says="h^(t-1) and x^(t) hear from the three gates, and not from the candidate",
            right=_DV,
            wrong="dv_t = delta_f @ W_f + delta_i @ W_i + delta_o @ W_o",
            hint="Four arrows leave [h; x], and one of them leads to no gate.",
        ),
        misconception(
            label="back-without-output-gate",
            says="h^(t-1) and x^(t) do not hear from the output gate",
            right=_DV,
            wrong="dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c",
            hint="Four arrows leave [h; x]. Three of them lead to the cell: where does the fourth lead?",
        ),
        misconception(
            label="swapped-weights-f-and-i",
            says="delta_f goes back through W_i, and delta_i through W_f",
            right=_DV,
            wrong="dv_t = delta_f @ W_i + delta_i @ W_f + delta_c @ W_c + delta_o @ W_o",
            hint="Each delta goes back through the weight that it came forwards through.",
        ),
        misconception(
            label="swapped-slices",
            says="the first D columns are taken for x^(t) and the last H for h^(t-1)",
            right=slices[0],
            wrong=f"{dh} = dv_t[:, -H:]",
            also=((slices[1], f"{dx} = dv_t[:, :-H]"),),
            hint="v is [h; x], h first. Which columns of its gradient belong to h?",
        ),
        misconception(
            label="keeps-dh",
            says="dh^(t) itself is added to the gradient of h^(t-1)",
            right=slices[0],
            wrong=f"{dh} = dv_t[:, :H] + dh_t",
            hint="No arrow leads from h^(t-1) to h^(t) without a gate. It is the cell that has such a way.",
        ),
        misconception(
            label="dc_prev-without-f",
            says="the gradient of c^(t-1) lacks the forget gate",
            right=f"{dc} = dc_t * f_t",
            wrong=f"{dc} = dc_t",
            hint="What stands before c^(t-1) in the cell's update?",
            see=_CELL,
        ),
        misconception(
            label="dc_prev-with-i",
            says="the gradient of c^(t-1) is scaled by the input gate, where the forget gate belongs",
            right=f"{dc} = dc_t * f_t",
            wrong=f"{dc} = dc_t * i_t",
            hint="Which gate stands before c^(t-1) in the cell's update?",
            see=_CELL,
        ),
    )


def weights(exercise, c_t, line):
    """Build the mistakes in the gradients of weights and biases.

    Parameters
    ----------
    exercise : str
    c_t : str
        What the textbook calls c^(t).
    line : callable
        ``line("W", "f", value)`` is the textbook's piece that gives dW_f a value.
    """

    def value(kind, gate):
        return f"delta_{gate}.T @ v_t" if kind == "W" else f"delta_{gate}.sum(axis=0)"

    def swap(kind, gate, wrong):
        return line(kind, gate, value(kind, gate)), line(kind, gate, wrong)

    def entry(label, says, pairs, hint):
        (right, wrong), *also = pairs
        return Misconception(
            label=label,
            exercise=exercise,
            says=says,
            right=right,
            wrong=wrong,
            hint=hint,
            see=_WEIGHTS,
            also=tuple(also),
        )

    with_h_t = f"np.concatenate([o_t * np.tanh({c_t}), v_t[:, H:]], axis=1)"
    return (
        entry(
            "dW_o-with-h_t",
            "dW_o is built with h^(t), where h^(t-1) belongs",
            [swap("W", "o", f"delta_o.T @ {with_h_t}")],
            "The output gate comes last and makes h^(t), and still: what did it read?",
        ),
        entry(
            "dW-with-h_t",
            "all four weight gradients are built with h^(t), where h^(t-1) belongs",
            [swap("W", gate, f"delta_{gate}.T @ {with_h_t}") for gate in "fico"],
            "A weight's gradient is what came back at its exit times what went in at its entrance. What went in?",
        ),
        entry(
            "swapped-dW_f-and-dW_i",
            "the gradients of W_f and W_i have changed places",
            [swap("W", "f", "delta_i.T @ v_t"), swap("W", "i", "delta_f.T @ v_t")],
            "Each weight's gradient is made of its own gate's delta. The order is f, i, c, o.",
        ),
        entry(
            "dW_i-from-delta_f",
            "dW_i is built with the delta of the forget gate",
            [swap("W", "i", "delta_f.T @ v_t")],
            "Copied lines keep their letters: does each line name one gate throughout?",
        ),
        entry(
            "db_i-from-delta_f",
            "db_i is built with the delta of the forget gate",
            [swap("b", "i", "delta_f.sum(axis=0)")],
            "Copied lines keep their letters: does each line name one gate throughout?",
        ),
        entry(
            "db_o-from-delta_c",
            "db_o is built with the delta of the candidate",
            [swap("b", "o", "delta_c.sum(axis=0)")],
            "Copied lines keep their letters: does each line name one gate throughout?",
        ),
        entry(
            "averages-db",
            "the bias gradients are means over the batch",
            [swap("b", gate, f"delta_{gate}.mean(axis=0)") for gate in "fico"],
            "Each sample moves the loss by its own share, and shares add up. The loss's 1/B is in dh already.",
        ),
        entry(
            "db-of-one-sample",
            "the bias gradients are those of the first sample alone",
            [swap("b", gate, f"delta_{gate}[0]") for gate in "fico"],
            "A bias was broadcast over the batch. What the forward pass broadcasts, the backward pass sums.",
        ),
        entry(
            "mean-twice",
            "all weight and bias gradients are divided by the batch size once more",
            [swap(kind, gate, f"{value(kind, gate)} / len(v_t)") for kind in "Wb" for gate in "fico"],
            "The 1/B of the mean comes in with the loss. It is in dh already.",
        ),
    )
