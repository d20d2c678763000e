import pytest

pytest.importorskip("matplotlib")

from support.overlaps import overlaps

from rnncourse.plotting import diagrams_gru


def test_nothing_overlaps_and_the_text_can_be_replaced():
    assert overlaps(diagrams_gru.gru_cell()) == []
    assert 'aria-label="mine"' in diagrams_gru.gru_cell("mine").svg


def test_names_the_gates_the_candidate_and_both_states():
    texts = {text.get_text() for text in diagrams_gru.gru_cell().figure.axes[0].texts}
    assert {rf"${symbol}^{{(t)}}$" for symbol in "rumnhx"} | {"$h^{(t-1)}$"} <= texts
