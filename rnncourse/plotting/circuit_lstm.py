"""Lay out one LSTM step as a circuit: its wires, boxes, nodes and names, and the gradients on the way back."""

from rnncourse.plotting.circuit import BOX, NODE, Wire

SIZE = (10.6, 7.0)
CELL, SHOW, WRITE, GATES, BUS = 5.7, 4.75, 4.4, 2.75, 1.75
"""Heights: the line of the cell, the tanh behind it, the product of i and the candidate, the gates, what they read."""
F, I, C, O, OUT = 2.75, 4.15, 5.65, 7.05, 8.45  # noqa: E741
"""Places of the four boxes, and of the way down to h."""
LOW, TOP = GATES - BOX[1] / 2, GATES + BOX[1] / 2
SHOWN = 3.55
"""Height of the product of o and tanh c."""

WIRES = (
    Wire("cell", "c", ((0.15, CELL), (F - NODE, CELL))),
    Wire("cell", "c", ((F + NODE, CELL), (C - NODE, CELL))),
    Wire("cell", "c", ((C + NODE, CELL), (10.45, CELL))),
    Wire("in", "h", ((0.15, BUS), (1.95, BUS)), head=False),
    Wire("in", "x", ((1.95, 0.75), (1.95, BUS)), head=False),
    Wire("in", "y", ((1.95, BUS), (F, BUS)), head=False, head_backwards=False),
    Wire("in", "y", ((F, BUS), (F, LOW))),
    Wire("to i", "y", ((F, BUS), (I, BUS)), head=False, head_backwards=False),
    Wire("to i", "y", ((I, BUS), (I, LOW))),
    Wire("to c", "y", ((I, BUS), (C, BUS)), head=False, head_backwards=False),
    Wire("to c", "y", ((C, BUS), (C, LOW))),
    Wire("to o", "y", ((C, BUS), (O, BUS), (O, LOW)), head_backwards=False),
    Wire("f", "f", ((F, TOP), (F, CELL - NODE))),
    Wire("i", "i", ((I, TOP), (I, WRITE), (C - NODE, WRITE))),
    Wire("c", "c", ((C, TOP), (C, WRITE - NODE))),
    Wire("cell", "c", ((C, WRITE + NODE), (C, CELL - NODE))),
    Wire("o", "c", ((OUT, CELL), (OUT, SHOW + BOX[1] / 2))),
    Wire("o", "c", ((OUT, SHOW - BOX[1] / 2), (OUT, SHOWN + NODE))),
    Wire("o", "o", ((O, TOP), (O, SHOWN), (OUT - NODE, SHOWN))),
    Wire("o", "h", ((OUT, SHOWN - NODE), (OUT, BUS), (10.45, BUS))),
)
BOXES = ((F, GATES, r"$\sigma$", "f", "f"), (I, GATES, r"$\sigma$", "i", "i"), (C, GATES, "tanh", "c", "c"),
         (O, GATES, r"$\sigma$", "o", "o"), (OUT, SHOW, "tanh", "c", "o"))  # fmt: skip
NODES = ((F, CELL, "times", "cell", "y"), (C, CELL, "plus", "cell", "y"), (C, WRITE, "times", "cell", "y"),
         (OUT, SHOWN, "times", "o", "y"), (OUT, CELL, "fork", "o", "c"),
         *((x, BUS, "fork", part, "y") for x, part in ((1.95, "in"), (F, "in"), (I, "to i"), (C, "to c"))))  # fmt: skip
NAMES = (
    (0.7, CELL + 0.4, r"$c^{(t-1)}$", "c", "cell"), (9.85, CELL + 0.4, r"$c^{(t)}$", "c", "cell"),
    (0.7, BUS + 0.4, r"$h^{(t-1)}$", "h", "in"), (9.85, BUS + 0.4, r"$h^{(t)}$", "h", "o"),
    (1.95, 0.4, r"$x^{(t)}$", "x", "in"), (2.4, BUS - 0.4, r"$v^{(t)}$", "y", "in"),
    (F + 0.45, 4.15, r"$f^{(t)}$", "f", "f"), (I - 0.4, 3.65, r"$i^{(t)}$", "i", "i"),
    (C + 0.45, 3.65, r"$\tilde c^{(t)}$", "c", "c"), (O + 0.6, SHOWN + 0.42, r"$o^{(t)}$", "o", "o"),
)  # fmt: skip

GRADIENTS = (
    (10.6, CELL + 0.45, r"$f^{(t+1)}\odot dc^{(t+1)}$", "c", "", "right"),
    (4.3, CELL + 0.42, r"$dc$", "c", "", "center"),
    (0.15, CELL + 0.42, r"$dc\odot f$", "c", "", "left"), (0.15, BUS + 0.42, r"$dh^{(t-1)}$", "h", "", "left"),
    (10.4, BUS + 0.42, r"$dh^{(t)}$", "h", "", "right"), (1.95, 0.4, r"$dx^{(t)}$", "x", "", "center"),
    (F + 0.15, 5.05, r"$dc\odot c^{(t-1)}$", "f", "", "left"), (I + 0.12, 3.95, r"$dc\odot\tilde c$", "i", "", "left"),
    (C + 0.15, 3.5, r"$dc\odot i$", "c", "", "left"), (OUT - 0.25, SHOWN + 0.5, r"$dh\odot\tanh\,c$", "o", "", "right"),
    (OUT + 0.85, SHOW, "$dh\\odot o$\n$\\odot\\tanh^\\prime c$", "c", "", "left"),
    (F + 0.13, 2.08, r"$\delta_f$", "f", "", "left"), (I + 0.13, 2.08, r"$\delta_i$", "i", "", "left"),
    (C + 0.13, 2.08, r"$\delta_c$", "c", "", "left"), (O + 0.13, 2.08, r"$\delta_o$", "o", "", "left"),
    (7.0, 0.4, r"$dv=W_f^\top\delta_f+W_i^\top\delta_i+W_c^\top\delta_c+W_o^\top\delta_o$", "y", "", "center"),
)  # fmt: skip


def draw_step(circuit, backwards=False, names=NAMES):
    """Draw the boxes, nodes, wires and names of one step; backwards each wire runs the other way."""
    circuit.body(1.45, 1.1, 9.15, 6.35)
    for wire in WIRES:
        circuit.wire(wire, backwards)
    for box in BOXES:
        circuit.box(*box)
    for x, y, sign, part, symbol in NODES:
        circuit.node(x, y, sign, part, symbol)
    for name in names:
        circuit.write(*name)
