import pytest

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnncourse.notation import COLOURS
from rnncourse.plotting.circuit import Circuit, Wire
from rnncourse.plotting.figure import INK, Picture

ACROSS = Wire("wire", "h", ((1.0, 1.0), (5.0, 1.0), (5.0, 4.0)))


def ends(wire, **options):
    circuit = Circuit((10.6, 5.0))
    circuit.wire(wire, **options)
    ((_, patch),) = circuit.wires
    return patch.get_path().vertices[[0, -1]].tolist()


def test_a_wire_stops_where_its_head_begins():
    start, end = ends(ACROSS)
    assert start == [1.0, 1.0] and end[0] == 5.0 and 3.7 < end[1] < 4.0


def test_a_wire_runs_the_other_way_when_it_carries_a_gradient():
    start, end = ends(ACROSS, backwards=True)
    assert start == [5.0, 4.0] and end[1] == 1.0 and 1.0 < end[0] < 1.3


def test_a_wire_without_a_head_reaches_its_end():
    bare = ACROSS._replace(head=False, head_backwards=False)
    assert ends(bare) == [[1.0, 1.0], [5.0, 4.0]]
    assert ends(bare, backwards=True) == [[5.0, 4.0], [1.0, 1.0]]


def test_what_is_faint_is_grey_and_what_is_heavy_is_thicker():
    drawn = {}
    for name, options in {"plain": {}, "faint": {"faint": {"wire"}}, "heavy": {"heavy": {"wire"}}}.items():
        circuit = Circuit((10.6, 5.0), **options)
        circuit.wire(ACROSS)
        ((_, drawn[name]),) = circuit.wires
    assert drawn["heavy"].get_linewidth() > drawn["plain"].get_linewidth()
    assert drawn["faint"].get_alpha() < 0.5 and drawn["plain"].get_alpha() == 1
    svg = {name: Picture(patch.figure, "A wire.").svg.split(">", 1)[1] for name, patch in drawn.items()}
    assert "var(--h)" in svg["plain"] and "var(--h)" not in svg["faint"] and "currentColor" in svg["faint"]
    assert INK not in svg["faint"].lower() and COLOURS["h"].lower() not in svg["plain"].lower()


def test_a_box_has_its_function_inside():
    circuit = Circuit((10.6, 5.0))
    circuit.box(3, 2, "tanh", "c", "")
    renderer = FigureCanvasAgg(circuit.figure).get_renderer()
    (text,), box = circuit.ax.texts, circuit.ax.patches[-1].get_window_extent(renderer)
    written = text.get_window_extent(renderer)
    assert box.x0 < written.x0 and written.x1 < box.x1 and box.y0 < written.y0 and written.y1 < box.y1
