import sys

import numpy as np
import pytest

pytest.importorskip("ipywidgets")
pytest.importorskip("matplotlib")

from rnncourse.experiments import gradient_lag
from rnncourse.interactive import widgets

SIZES = {"T": 12, "B": 2, "D": 3, "H": 6}


def expected(radius, scale):
    x, h0, (W_xh, W_hh, b_h), g = gradient_lag.example(radius, scale, **SIZES)
    h = gradient_lag.textbook_forward(x, h0, W_xh, W_hh, b_h)
    return gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, x, h0, h, W_xh, W_hh, g)


def no_recurrent_weight(dh, x, h0, h, W_xh, W_hh):
    dx, dh0, *rest = gradient_lag.textbook_backward(dh, x, h0, h, W_xh, W_hh)
    return dx, 0.5 * dh0, *rest


def test_moving_the_slider_redraws_with_the_librarys_own_bptt():
    lab = widgets.spectral_radius(**SIZES)
    before, picture = lab.curves["library"], lab.picture.value
    np.testing.assert_allclose(before, expected(0.9, 0.05), rtol=1e-12)
    lab.radius.value = 1.5
    np.testing.assert_allclose(lab.curves["library"], expected(1.5, 0.05), rtol=1e-12)
    assert not np.allclose(lab.curves["library"], before)
    assert lab.picture.value != picture


def test_input_saturates_the_network():
    lab = widgets.spectral_radius(**SIZES)
    lab.input_scale.value = 2.0
    np.testing.assert_allclose(lab.curves["library"], expected(0.9, 2.0), rtol=1e-12)
    assert lab.curves["library"][-1] < expected(0.9, 0.0)[-1]


def test_the_finding_says_what_the_picture_shows():
    lab = widgets.spectral_radius(**SIZES)
    lab.input_scale.value = 0.0
    for radius, word in ((0.2, "Vanishing"), (1.0, "Steady"), (2.0, "Exploding")):
        lab.radius.value = radius
        assert f"{word}: at spectral radius {radius:.2f}" in lab.finding.value
        assert 'role="status"' in lab.finding.value
        assert 'role="img"' in lab.picture.value and word.lower() in lab.picture.value


def test_a_right_rnn_backward_agrees():
    lab = widgets.spectral_radius(gradient_lag.textbook_backward, gradient_lag.textbook_forward, **SIZES)
    np.testing.assert_array_equal(lab.curves["yours"], lab.curves["library"])
    assert "Yours agrees with the library at every lag." in lab.finding.value


def test_a_wrong_rnn_backward_is_drawn_and_named_by_lag():
    lab = widgets.spectral_radius(no_recurrent_weight, **SIZES)
    assert "Yours departs from the library at lag 1" in lab.finding.value
    np.testing.assert_allclose(lab.curves["yours"][1:], 0.5 * lab.curves["library"][1:], rtol=1e-12)


def raises(*arrays):
    raise RuntimeError("<b>not yet</b>")


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ((raises, None), "RuntimeError: &lt;b&gt;not yet&lt;/b&gt;"),
        ((lambda *arrays: None, None), "rnn_backward returned a NoneType; expected five"),
        ((None, lambda *arrays: np.zeros(3)), "rnn_forward returned an array of shape (3,); expected (T, B, H)"),
    ],
)
def test_a_function_that_fails_leaves_a_message_and_a_working_lab(functions, message):
    lab = widgets.spectral_radius(*functions, **SIZES)
    assert message in lab.finding.value and "Traceback" not in lab.finding.value
    assert set(lab.curves) == {"library"}
    lab.radius.value = 1.5
    np.testing.assert_allclose(lab.curves["library"], expected(1.5, 0.05), rtol=1e-12)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="rnn_backward is a tuple; expected your function"):
        widgets.spectral_radius((1, 2))


@pytest.mark.parametrize("missing", ["ipywidgets", "matplotlib.style"])
def test_a_missing_library_names_the_extra(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=r"pip install 'rnncourse\[learn\]'"):
        widgets.spectral_radius()


def test_it_shows_itself_in_a_notebook():
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    cells = [
        "from rnncourse import labs\nlab = labs.spectral_radius(T=5, B=2, H=4)\nlab",
        "lab.radius.value = 1.7\nprint(lab.finding.value)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown, printed = (cell.outputs[0] for cell in notebook.cells)
    assert "application/vnd.jupyter.widget-view+json" in shown.data
    assert "at spectral radius 1.70" in printed.text
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert sum(state["model_name"] == "FloatSliderModel" for state in states) == 2
