import numpy as np
import pytest

pytest.importorskip("ipywidgets")
pytest.importorskip("matplotlib")

from rnncourse.experiments import loss_cliff
from rnncourse.interactive import widgets


def right(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * (max_norm / norm if norm > max_norm else 1.0) for g in grads]


def always_rescales(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * max_norm / norm for g in grads]


def test_moving_a_slider_redraws_with_the_librarys_own_clipping():
    lab = widgets.clipping_cliff()
    assert set(lab.paths) == {"plain", "clipped"}
    assert lab.paths["plain"][-1] < -400 and lab.paths["clipped"][-1] == pytest.approx(0.7, abs=0.01)
    picture = lab.picture.value
    lab.max_norm.value = 2.0
    np.testing.assert_array_equal(lab.paths["clipped"], loss_cliff.descend(1.4985, 0.05, 120, 2.0))
    assert lab.picture.value != picture and 'role="img"' in lab.picture.value
    lab.learning_rate.value = 0.01
    np.testing.assert_array_equal(lab.paths["plain"], loss_cliff.descend(1.4985, 0.01, 120))
    lab.start.value = 0.5
    np.testing.assert_array_equal(lab.paths["plain"], lab.paths["clipped"])


def test_the_finding_says_where_each_path_ends():
    said = widgets.clipping_cliff().finding.value
    assert 'role="status"' in said
    assert (
        "Plain: step 1 is the longest, 439" in said and "w = -437.23 with loss 2.2, where no slope leads back" in said
    )
    assert "no step is longer than learning rate times max_norm, 0.05. After 120 steps w = 0.70" in said


def test_yours_is_drawn_beside_the_librarys():
    assert "Yours walks where the library walks." in widgets.clipping_cliff(right).finding.value
    lab = widgets.clipping_cliff(always_rescales)
    assert "Yours departs from the library at step 2" in lab.finding.value
    steps = np.abs(np.diff(lab.paths["yours"]))
    np.testing.assert_allclose(steps, 0.05, rtol=1e-9)  # it never comes to rest


def raises(grads, max_norm):
    raise RuntimeError("<b>not yet</b>")


@pytest.mark.parametrize("function, message", [
    (raises, "RuntimeError: &lt;b&gt;not yet&lt;/b&gt;"),
    (lambda grads, max_norm: None, "returned a NoneType; expected a list with one array"),
])  # fmt: skip
def test_a_function_that_fails_leaves_a_message_and_a_working_lab(function, message):
    lab = widgets.clipping_cliff(function)
    assert message in lab.finding.value and set(lab.paths) == {"plain", "clipped"}
    lab.max_norm.value = 0.5
    assert "times max_norm, 0.025" in lab.finding.value


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="clip_gradients is a list; expected your function"):
        widgets.clipping_cliff([1.0])
