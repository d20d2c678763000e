import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import circuit_lstm, diagrams_lstm

EDGES = circuit_lstm.BOX[1] / 2, circuit_lstm.NODE


def test_every_wire_begins_and_ends_at_something():
    """A box, a node, another wire's corner or end, or the edge of the cell."""
    ends = [point for wire in circuit_lstm.WIRES for point in (wire.points[0], wire.points[-1])]
    corners = [point for wire in circuit_lstm.WIRES for point in wire.points]
    places = [(x, y) for x, y, *_ in (*circuit_lstm.BOXES, *circuit_lstm.NODES)]
    for x, y in ends:
        outside = not 1.45 < x < 9.15 or y < 1.1
        beside = any(abs(x - u) + abs(y - v) == pytest.approx(edge) for u, v in places for edge in EDGES)
        assert outside or beside or corners.count((x, y)) > 1 or (x, y) in places, (x, y)


def test_every_wire_of_the_step_is_dashed_on_the_way_back():
    patches = diagrams_lstm.lstm_backward().figure.axes[0].patches
    wires = [patch for patch in patches if type(patch).__name__ == "PathPatch"]
    assert len(wires) == len(circuit_lstm.WIRES) and all(
        wire.get_linestyle() == "--" or wire.get_linestyle() != "-" for wire in wires
    )
