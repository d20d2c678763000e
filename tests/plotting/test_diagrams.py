import pytest

pytest.importorskip("matplotlib")

from rnncourse.plotting import diagrams


def test_two_arrows_names_both_terms_of_the_recursion():
    picture = diagrams.two_arrows()
    texts = {text.get_text() for text in picture.figure.axes[0].texts}
    assert {r"$W_{hy}^\top\delta_y^{(t)}$", r"$W_{hh}^\top\delta_h^{(t+1)}$"} <= texts
    assert picture.alt.startswith("Two arrows leave the state h")


def test_two_arrows_draws_without_a_warning(recwarn):
    diagrams.two_arrows()
    assert not recwarn.list
