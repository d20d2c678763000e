from functools import cache
from itertools import pairwise

import pytest

pytest.importorskip("matplotlib")

from support.overlaps import overlaps

from rnncourse.plotting import diagrams_lstm
from rnncourse.plotting.figure import INK

DRAWN = [None, *diagrams_lstm.STEPS]


@cache
def cell(step=None):
    """Draw the cell once for all tests that only look at it."""
    return diagrams_lstm.lstm_cell(step)


@pytest.mark.parametrize("step", DRAWN)
def test_nothing_overlaps(step):
    picture = cell(step)
    assert len(picture.figure.axes[0].texts) >= 14
    assert overlaps(picture) == []


def lit(step):
    """The names and functions that are not grey."""
    texts = cell(step).figure.axes[0].texts
    return {text.get_text() for text in texts if text.get_alpha() == 1}


def test_each_step_lights_what_was_lit_and_its_own():
    seen = [lit(step) for step in diagrams_lstm.STEPS]
    equations = set(diagrams_lstm.EQUATIONS.values())
    for before, after in pairwise(seen):
        assert before - equations < after - equations
    assert r"$f^{(t)}$" in seen[0] and r"$i^{(t)}$" not in seen[0]
    assert seen[-1] - equations == lit(None)


@pytest.mark.parametrize("step", diagrams_lstm.STEPS)
def test_a_step_has_its_equation_and_heavier_lines(step):
    figure = cell(step).figure
    assert diagrams_lstm.EQUATIONS[step] in {text.get_text() for text in figure.axes[0].texts}
    widths = {patch.get_linewidth() for patch in figure.axes[0].patches if type(patch).__name__ == "PathPatch"}
    assert len(widths) == 2


def test_gates_have_their_own_colours():
    texts = cell().figure.axes[0].texts
    colours = {text.get_text(): text.get_color() for text in texts}
    gates = [colours[rf"${symbol}^{{(t)}}$"] for symbol in "fiohcx"]
    assert len(set(gates)) == 6 and INK not in gates


@pytest.mark.parametrize("step", DRAWN)
def test_a_diagram_has_a_text_and_takes_another(step):
    assert cell(step).alt not in [cell(other).alt for other in DRAWN if other != step]
    replaced = diagrams_lstm.lstm_cell(step, "mine")
    assert "alt" not in replaced.alt and 'aria-label="mine"' in replaced.svg


def test_an_unknown_step_is_refused():
    with pytest.raises(ValueError, match="step is 'g'; expected one of f, i, c, cell, o"):
        diagrams_lstm.lstm_cell("g")


@pytest.mark.parametrize("draw", [diagrams_lstm.lstm_two_arrows, diagrams_lstm.lstm_backward])
def test_nothing_overlaps_on_the_way_back_and_the_text_can_be_replaced(draw):
    assert overlaps(draw()) == []
    assert 'aria-label="mine"' in draw("mine").svg


def test_two_arrows_shows_the_gate_of_the_next_step():
    picture = diagrams_lstm.lstm_two_arrows()
    texts = {text.get_text() for text in picture.figure.axes[0].texts}
    assert r"$f^{(t+1)}\odot dc^{(t+1)}$" in texts and "Two arrows leave the cell" in picture.alt


def test_each_gate_has_its_delta_in_its_colour():
    texts = diagrams_lstm.lstm_backward().figure.axes[0].texts
    colours = {text.get_text(): text.get_color() for text in texts}
    assert len({colours[rf"$\delta_{symbol}$"] for symbol in "fico"}) == 4
