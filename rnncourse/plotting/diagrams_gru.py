"""Draw one GRU step in the manner of the LSTM's, with one line where the LSTM has two."""

from rnncourse.language import say
from rnncourse.plotting.circuit import BOX, NODE, Circuit, Wire
from rnncourse.plotting.figure import Picture
from rnncourse.plotting.style import use_style

SIZE = (10.6, 7.0)
STATE, MIX, RESET, GATES, FROM_H, FROM_X = 5.7, 4.75, 3.65, 2.75, 1.85, 1.4
"""Heights: the line of the state, the product with 1 - u, that with r, the boxes, what comes from h, from x."""
U, M, R, N = 2.75, 4.55, 6.1, 7.9
"""Places of the update gate, the product with W_hn, the reset gate and the candidate."""
LOW, TOP, SIDE = GATES - BOX[1] / 2, GATES + BOX[1] / 2, 0.16

WIRES = (
    Wire("", "h", ((0.15, STATE), (U - NODE, STATE))),
    Wire("", "h", ((U + NODE, STATE), (N - NODE, STATE))),
    Wire("", "h", ((N + NODE, STATE), (10.45, STATE))),
    Wire("", "h", ((0.85, STATE), (0.85, FROM_H), (R - SIDE, FROM_H), (R - SIDE, LOW))),
    Wire("", "h", ((U - SIDE, FROM_H), (U - SIDE, LOW))),
    Wire("", "h", ((M, FROM_H), (M, LOW))),
    Wire("", "x", ((1.95, 0.75), (1.95, FROM_X), (N, FROM_X), (N, RESET - BOX[1] / 2))),
    Wire("", "x", ((U + SIDE, FROM_X), (U + SIDE, LOW))),
    Wire("", "x", ((R + SIDE, FROM_X), (R + SIDE, LOW))),
    Wire("", "y", ((U, TOP), (U, STATE - NODE))),
    Wire("", "y", ((U, MIX), (M - BOX[0] / 2, MIX))),
    Wire("", "y", ((M + BOX[0] / 2, MIX), (N - NODE, MIX))),
    Wire("", "y", ((M, TOP), (M, RESET), (R - NODE, RESET))),
    Wire("", "y", ((R, TOP), (R, RESET - NODE))),
    Wire("", "y", ((R + NODE, RESET), (N - BOX[0] / 2, RESET))),
    Wire("", "y", ((N, RESET + BOX[1] / 2), (N, MIX - NODE))),
    Wire("", "h", ((N, MIX + NODE), (N, STATE - NODE))),
)
BOXES = ((U, GATES, r"$\sigma$"), (M, GATES, "$W_{hn}$"), (R, GATES, r"$\sigma$"), (N, RESET, "tanh"), (M, MIX, "$1-$"))
NODES = ((U, STATE, "times"), (N, STATE, "plus"), (N, MIX, "times"), (R, RESET, "times"), (U, MIX, "fork"))
FORKS = (
    (0.85, STATE, "h"),
    (U - SIDE, FROM_H, "h"),
    (M, FROM_H, "h"),
    (U + SIDE, FROM_X, "x"),
    (R + SIDE, FROM_X, "x"),
)
NAMES = (
    (0.75, STATE + 0.42, r"$h^{(t-1)}$", "h"), (9.85, STATE + 0.42, r"$h^{(t)}$", "h"), (1.95, 0.4, r"$x^{(t)}$", "x"),
    (U - 0.5, 3.7, r"$u^{(t)}$", "y"), (R - 0.4, 3.24, r"$r^{(t)}$", "y"), (M - 0.5, 3.4, r"$m^{(t)}$", "y"),
    (N + 0.55, 4.25, r"$n^{(t)}$", "y"), (6.1, 0.4, r"$h^{(t)}=u^{(t)}\odot h^{(t-1)}+(1-u^{(t)})\odot n^{(t)}$", "y"),
)  # fmt: skip


def gru_cell(alt=None):
    """Draw one GRU step: the state runs straight through, and the update gate both keeps and writes.

    Parameters
    ----------
    alt : str, optional
        Replaces the text alternative.

    Returns
    -------
    Picture
    """
    with use_style():
        circuit = Circuit(SIZE)
        circuit.body(1.45, 1.1, 9.15, 6.35)
        for wire in WIRES:
            circuit.wire(wire)
        for x, y, function in BOXES:
            circuit.box(x, y, function, "y", "")
        for x, y, sign in NODES:
            circuit.node(x, y, sign, "")
        for x, y, symbol in FORKS:
            circuit.node(x, y, "fork", "", symbol)
        for x, y, words, symbol in NAMES:
            circuit.write(x, y, words, symbol, "")
        return Picture(circuit.figure, alt or say(
            "One GRU step. Along the top a straight line leads from h at t minus 1 through a product with the update"
            " gate u and a sum to h at t: there is no second state. Below, two sigmoids read h at t minus 1 and x at t"
            " and make u and the reset gate r. The box W_hn reads h alone and makes m, which is multiplied by r before"
            " a tanh adds x and makes the candidate n. One minus u times n goes up into the sum."))  # fmt: skip
