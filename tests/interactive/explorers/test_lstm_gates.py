"""The gate explorer's unit is the reference's LSTM."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import LSTMGates
from rnncourse.interactive.widgets import lstm_gates as lab
from rnncourse.notation import LSTMParams
from rnncourse.reference.lstm import lstm_forward

MODULE = "lstm_gates.js"


def test_states_equal_the_reference():
    rng = np.random.default_rng(5)
    weights, biases, x = rng.standard_normal((4, 1, 2)), rng.standard_normal((4, 1)), rng.standard_normal(30)
    params = LSTMParams(*weights, *biases)
    given = {
        name: value.ravel().tolist() if name.startswith("W") else value[0] for name, value in params._asdict().items()
    }
    computed = evaluate(MODULE, "module.run(args)", **given, x=x.tolist(), h0=0.3, c0=-0.8)
    h, _, (_, _, _, c, _) = lstm_forward(x[:, None, None], (np.array([[0.3]]), np.array([[-0.8]])), params)
    np.testing.assert_allclose(computed["h"], h[:, 0, 0], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(computed["c"], c[:, 0, 0], rtol=1e-12, atol=1e-14)


def test_standing_gates_are_the_labs():
    computed = evaluate(
        MODULE,
        "module.standing({ b_f: args.b[0], b_i: args.b[1], b_o: args.b[2], T: 9 })",
        b=np.log([9, 4, 1.5]).tolist(),
    )
    pulse = np.eye(1, 9)[0]
    h, c = lab.run(lab.library_step, pulse, lab.standing_gates(0.9, 0.8, 0.6))
    np.testing.assert_allclose(computed["h"], h, rtol=1e-12)
    np.testing.assert_allclose(computed["c"], c, rtol=1e-12)
    np.testing.assert_allclose(c[8], 0.9**8 * c[0], rtol=1e-12)


def test_says_how_long_the_memory_lasts():
    said = evaluate(MODULE, "module.finding({ b_f: 0, b_i: 0, b_o: 0, T: 6 })")
    assert "the forget gate is 0.500: half of the pulse is gone after 1.0 steps" in said
    assert "after 5 steps f⁵ = 3.1 % is left" in said
    assert "The input gate, 0.50, wrote 0.38 at step 1; the output gate, 0.50, shows 0.18 of it" in said


@pytest.mark.parametrize("wrong, says", [({"b_f": 9}, "b_f is 9; expected"), ({"T": 1}, "T is 1; expected")])
def test_refuses_what_the_figure_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        LSTMGates(**wrong)
