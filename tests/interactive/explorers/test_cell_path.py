"""The cell-path explorer's gradients are those of rnncourse.experiments.gradient_lag_lstm and of the reference RNN."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.experiments import gradient_lag_lstm
from rnncourse.interactive.explorers import CellPath
from rnncourse.notation import LSTMParams, RNNParams
from rnncourse.reference import lstm, rnn

MODULE = "cell_path.js"
CONFIG = CellPath().config
X, G = np.array(CONFIG["x"]), np.array(CONFIG["g"])
START = np.zeros_like(G)


def network(b_f, scale):
    theta = LSTMParams(**{name: np.array(value) for name, value in CONFIG["params"].items()})
    return LSTMParams(*(scale * W for W in theta[:4]), np.full_like(theta.b_f, b_f), *theta[5:])


@pytest.fixture(scope="module")
def drawn():
    """What the module draws, by (b_f, scale)."""
    settings = [(1.0, 1.0), (-2.0, 1.4), (4.0, 0.0), (3.0, 1.0), (6.0, 2.0)]
    expression = "args.settings.map(([b_f, scale]) => module.lengths({ ...args.config, b_f, scale }))"
    return dict(zip(settings, evaluate(MODULE, expression, settings=settings, config=CONFIG), strict=True))


def test_each_path_equals_numpys(drawn):
    for (b_f, scale), norms in drawn.items():
        for through, of in (("every", 1), ("cell", 1), ("h", 0)):
            expected = gradient_lag_lstm.gradient_norm_by_lag(X, (START, START), network(b_f, scale), G, through)[of]
            np.testing.assert_allclose(norms[through], expected, rtol=1e-12, err_msg=f"{through}, {b_f}, {scale}")


def test_the_rnn_equals_the_references(drawn):
    for (b_f, scale), norms in drawn.items():
        params, H = network(b_f, scale), G.shape[1]
        plain = RNNParams(params.W_c[:, H:], params.W_c[:, :H], np.zeros(H))
        h, _, cache = rnn.rnn_forward(X, START, plain)
        for lag in (1, 25, 50):
            h0 = h[-lag - 1] if lag < len(X) else START
            _, dh0, _ = rnn.rnn_backward(np.zeros_like(h[-lag:]), G, (X[-lag:], h0, h[-lag:], plain, *cache[4:]))
            np.testing.assert_allclose(norms["rnn"][lag], np.linalg.norm(dh0, axis=1).mean(), rtol=1e-12)


def test_the_mean_gate_is_the_references(drawn):
    params = network(1.0, 1.0)
    h, _, _ = lstm.lstm_forward(X, (START, START), params)
    v = np.concatenate([np.concatenate([START[None], h[:-1]]), X], axis=2)
    gate = 1 / (1 + np.exp(-(v @ params.W_f.T + params.b_f)))
    assert drawn[1.0, 1.0]["gate"] == pytest.approx(gate.mean(), rel=1e-12)


def test_without_weights_the_cell_is_the_only_path(drawn):
    norms = drawn[4.0, 0.0]
    assert norms["every"] == norms["cell"] and norms["h"][1:] == norms["rnn"][1:] == [0] * 50


@pytest.mark.parametrize("setting, says", [
    ((1.0, 1.0), "half of what stays in the cell is gone after 2.2 steps. At lag 50, 8.0\u00a0×\u00a010⁻⁸ is left"),
    ((-2.0, 1.4), "no path carries a useful gradient that far"),
    ((4.0, 0.0), "The cell alone carries a useful gradient that far"),
    ((3.0, 1.0), "The sum over all paths has grown: the cell is no defence"),
])  # fmt: skip
def test_says_which_path_carries(drawn, setting, says):
    assert says in evaluate(MODULE, "module.finding(args.norms)", norms=drawn[setting])


@pytest.mark.parametrize("wrong, says", [({"b_f": 9}, "b_f is 9; expected"), ({"scale": -1}, "scale is -1; expected")])
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        CellPath(**wrong)
