import numpy as np
import pytest

pytest.importorskip("ipywidgets")
pytest.importorskip("matplotlib")

from rnncourse.interactive import widgets
from rnncourse.interactive.widgets import lstm_gates


def right(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.hstack([h_prev, x_t])
    f, i, o = (1 / (1 + np.exp(-(v @ W.T + b))) for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
    c_t = f * c_prev + i * np.tanh(v @ W_c.T + b_c)
    return o * np.tanh(c_t), c_t


def forgets(*arguments):
    h_t, c_t = right(*arguments)
    return h_t, 0.5 * c_t


def test_moving_a_gate_redraws_and_says_what_it_does():
    lab = widgets.gates()
    picture, (h, c) = lab.picture.value, lab.curves["library"]
    assert c[2] == pytest.approx(0.8 * np.tanh(1.5), rel=1e-12) and h[2] == pytest.approx(
        0.6 * np.tanh(c[2]), rel=1e-12
    )
    assert c[12] == pytest.approx(0.9**10 * c[2], rel=1e-12)
    lab.f.value = 0.5
    assert lab.curves["library"][1][12] == pytest.approx(0.5**10 * c[2], rel=1e-12)
    assert lab.picture.value != picture and 'role="img"' in lab.picture.value
    assert 'role="status"' in lab.finding.value and "half of it is gone after 1.0 steps" in lab.finding.value


def test_the_output_gate_changes_what_is_shown_and_not_what_is_kept():
    lab = widgets.gates()
    h, c = lab.curves["library"]
    lab.o.value = 0.3
    np.testing.assert_allclose(lab.curves["library"][0], 0.5 * h, rtol=1e-12)
    np.testing.assert_array_equal(lab.curves["library"][1], c)


def test_yours_is_drawn_beside_the_librarys():
    assert "Yours agrees with the library at every step." in widgets.gates(right).finding.value
    lab = widgets.gates(forgets)
    assert "Your h departs from the library&#x27;s at t = 4" in lab.finding.value
    assert not np.allclose(lab.curves["yours"][1], lab.curves["library"][1])


def raises(*arguments):
    raise RuntimeError("<b>not yet</b>")


@pytest.mark.parametrize(
    "function, message",
    [
        (raises, "RuntimeError: &lt;b&gt;not yet&lt;/b&gt;"),
        (lambda *a: None, "lstm_step returned a NoneType; expected two arrays, h_t and c_t"),
        (lambda *a: (np.zeros(3), np.zeros(3)), "h_t has shape (3,); expected (B, H) = (1, 1)"),
    ],
)
def test_a_function_that_fails_leaves_a_message_and_a_working_lab(function, message):
    lab = widgets.gates(function)
    assert message in lab.finding.value and set(lab.curves) == {"library"}
    lab.i.value = 0.4
    assert "the impulse at t = 3 writes +0.36" in lab.finding.value


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="lstm_step is a tuple; expected your function"):
        widgets.gates((1, 2))


def test_gates_stand_where_they_are_set():
    params = lstm_gates.standing_gates(0.9, 0.2, 0.7)
    np.testing.assert_allclose(1 / (1 + np.exp(-params.b_f)), 0.9, rtol=1e-12)
    np.testing.assert_allclose(1 / (1 + np.exp(-params.b_i)), 0.2, rtol=1e-12)
    assert not params.W_f.any() and not params.W_o.any() and not params.W_c[:, 0].any()
