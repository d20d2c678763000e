"""Draw one LSTM step in the symbols and colours of the notation: whole, gate by gate, and backwards."""

from rnncourse.language import say
from rnncourse.plotting.circuit import BOX, NODE, Circuit, Wire
from rnncourse.plotting.circuit_lstm import BUS, CELL, GRADIENTS, NAMES, OUT, SHOW, SHOWN, SIZE, C, draw_step
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import use_style

STEPS = ("f", "i", "c", "cell", "o")
"""The order in which the parts of the cell are spoken of."""
EQUATIONS = {
    "f": r"$f^{(t)}=\sigma(W_f\,v^{(t)}+b_f)$",
    "i": r"$i^{(t)}=\sigma(W_i\,v^{(t)}+b_i)$",
    "c": r"$\tilde c^{(t)}=\tanh(W_c\,v^{(t)}+b_c)$",
    "cell": r"$c^{(t)}=f^{(t)}\odot c^{(t-1)}+i^{(t)}\odot\tilde c^{(t)}$",
    "o": r"$h^{(t)}=o^{(t)}\odot\tanh\,c^{(t)}$",
}
WIDE = (12.0, SIZE[1])
"""The same heights, and room for words at the right."""
BESIDE = OUT + BOX[0] / 2 + 0.3
"""Where the gradient runs up beside the way down to h."""
KEPT = {r"$c^{(t-1)}$", r"$h^{(t-1)}$", r"$x^{(t)}$", r"$v^{(t)}$"}
ALONG = (
    Wire("next", "c", ((C + NODE, CELL), (10.45, CELL))),
    Wire("shown", "c", ((OUT, CELL), (OUT, SHOW + BOX[1] / 2))),
    Wire("shown", "c", ((OUT, SHOW - BOX[1] / 2), (OUT, SHOWN + NODE))),
    Wire("shown", "h", ((OUT, SHOWN - NODE), (OUT, BUS), (10.45, BUS))),
)
BACK = (
    Wire("back", "c", ((OUT + 0.25, CELL + 0.38), (10.45, CELL + 0.38))),
    Wire("back", "h", ((BESIDE, CELL - 0.15), (BESIDE, BUS + 0.38), (10.45, BUS + 0.38))),
)


def lstm_cell(step=None, alt=None):
    """Draw one LSTM step: the cell runs straight through, the gates reach up into it.

    Parameters
    ----------
    step : {"f", "i", "c", "cell", "o"}, optional
        The part that is being spoken of: it is drawn heavier, its equation stands below, and what comes later is grey.
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    if step is not None and step not in STEPS:
        raise ValueError(f"step is {step!r}; expected one of {', '.join(STEPS)}, or None for the whole cell")
    later = STEPS[STEPS.index(step) + 1 :] if step else ()
    with use_style():
        circuit = Circuit(SIZE, faint={*later, *(f"to {part}" for part in later)}, heavy={step})
        draw_step(circuit)
        if step:
            circuit.write(6.4, 0.4, EQUATIONS[step], "y", step, size=11.5)
        return Picture(circuit.figure, alt or _says(step))


def lstm_two_arrows(alt=None):
    """Draw the step with the two arrows that leave c^(t), and the gradients that come back along them.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        circuit = Circuit(
            WIDE, faint={"f", "i", "c", "o", "cell", "in", "to i", "to c", "to o"}, heavy={"next", "shown"}
        )
        draw_step(circuit, names=[name for name in NAMES if name[2] in KEPT])
        for wire in ALONG:
            circuit.wire(wire)
        circuit.node(OUT, CELL, "fork", "next", "c")
        for wire in BACK:
            circuit.wire(wire, backwards=True)
        circuit.write(10.6, CELL - 0.42, r"$c^{(t)}$", "c", "next", "right")
        circuit.write(10.4, BUS - 0.42, r"$h^{(t)}$", "h", "next", "right")
        circuit.write(10.6, CELL + 0.82, r"$f^{(t+1)}\odot dc^{(t+1)}$", "c", "back", "right")
        circuit.write(
            BESIDE + 0.2, SHOWN, "$dh^{(t)}\\odot o^{(t)}$\n$\\odot\\tanh^\\prime c^{(t)}$", "h", "back", "left"
        )
        return Picture(circuit.figure, alt or say(
            "The same LSTM step, grey but for c at t. Two arrows leave the cell c at t: one runs on to the right, to"
            " the next step; one goes down through tanh and the output gate to h at t. A dashed gradient returns along"
            " each: from the right f at t plus 1 times dc at t plus 1, from below dh at t times o times the slope of"
            " tanh at c."))  # fmt: skip


def lstm_backward(alt=None):
    """Draw the step with every wire reversed, and beside each the gradient that it carries.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        circuit = Circuit(WIDE)
        draw_step(circuit, backwards=True, names=GRADIENTS)
        return Picture(circuit.figure, alt or say(
            "The same LSTM step with every wire reversed and dashed. Along the top the gradient dc runs from the right"
            " through the sum unchanged and is multiplied by f on its way to c at t minus 1. The gradient dh comes in"
            " at the lower right, and splits: times tanh c to the output gate, and times o and the slope of tanh up to"
            " dc. Into the forget gate goes dc times c at t minus 1, into the input gate dc times c tilde, into the"
            " candidate dc times i. The four deltas below the boxes meet in dv, the sum of each W transposed times its"
            " delta, which splits into dh at t minus 1 and dx at t."))  # fmt: skip


def _says(step):
    """Say what the picture of a step shows; without one, of the whole cell."""
    if step is None:
        return say(
            "One LSTM step. Along the top a straight line leads from c at t minus 1 through a product with the forget"
            " gate f and a sum to c at t. Below, h at t minus 1 and x at t join to v, which feeds four boxes: three"
            " sigmoids for f, i and o, and a tanh for c tilde. The product of i and c tilde goes up into the sum. From"
            " c at t a branch goes down through tanh and a product with o to h at t."
        )
    return {
        "f": say(
            "The forget gate alone: h at t minus 1 and x at t join to v, and a sigmoid makes f of it. All else is grey."
        ),
        "i": say(
            "The input gate joins the forget gate: a second sigmoid reads the same v and makes i. All else is grey."
        ),
        "c": say(
            "The candidate joins the two gates: a tanh reads the same v and makes c tilde, which is to meet i in a"
            " product. The cell and the output are grey."
        ),
        "cell": say(
            "The cell's line is lit: c at t minus 1 is multiplied by f, then the product of i and c tilde is added,"
            " which gives c at t. Only the output gate and h at t are grey."
        ),
        "o": say(
            "The output gate completes the cell: a branch of c at t goes down through tanh and is multiplied by o, the"
            " third sigmoid, which gives h at t. Nothing is grey."
        ),
    }[step]
