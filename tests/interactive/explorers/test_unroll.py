"""The explorer's JavaScript computes what the reference computes."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import Unroll
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_forward


@pytest.mark.parametrize("w_hh", [-1.3, 0.0, 0.8, 1.5])
def test_states_equal_the_reference(w_hh):
    rng = np.random.default_rng(3)
    x = rng.standard_normal(20)
    computed = evaluate("unroll.js", "module.states(args)", w_xh=0.7, w_hh=w_hh, b_h=-0.2, h0=0.4, x=x.tolist())
    params = RNNParams(np.array([[0.7]]), np.array([[w_hh]]), np.array([-0.2]))
    expected, _, _ = rnn_forward(x[:, None, None], np.array([[0.4]]), params)
    np.testing.assert_allclose(computed, expected[:, 0, 0], rtol=1e-12)


def test_sentence_says_what_is_left():
    assert "50 % of the pulse" in evaluate("unroll.js", "module.finding(args.h, 0.8)", h=[0.8, 0.4])
    assert "sign turns" in evaluate("unroll.js", "module.finding(args.h, -0.8)", h=[0.8, -0.4])


def test_shows_itself_without_any_request():
    shown = Unroll(w_hh=1.2, T=4)._repr_html_()
    assert '"w_hh": 1.2, "T": 4' in shown
    assert "http" not in shown.replace("http://www.w3.org/2000/svg", "")
    assert Unroll()._repr_html_() == Unroll()._repr_html_()  # reproducible builds


@pytest.mark.parametrize(("wrong", "says"), [({"w_hh": 2}, "w_hh is 2; expected"), ({"T": 0}, "T is 0; expected")])
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        Unroll(**wrong)
