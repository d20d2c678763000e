"""The BPTT stepper's JavaScript computes what the reference computes, and its buttons go forth and back."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import BPTTStepper
from rnncourse.notation import OutputParams, RNNParams
from rnncourse.reference.output import output_layer, output_layer_backward
from rnncourse.reference.rnn import rnn_backward, rnn_forward

MODULE = "bptt_stepper.js"


def reference(config):
    """Every gradient of the recurrent layer, and the loss, by the library."""
    x, y = (np.reshape(config[name], (-1, 1, 1)) for name in ("x", "y"))
    params = RNNParams(np.array([[config["W_xh"]]]), np.array([[config["W_hh"]]]), np.array([config["b_h"]]))
    head = OutputParams(np.array([[config["W_hy"]]]), np.array([config["b_y"]]))
    h, _, cache = rnn_forward(x, np.array([[config["h0"]]]), params)
    difference = output_layer(h, head) - y
    dh, _ = output_layer_backward(2 * difference, h, head)
    dx, dh0, dparams = rnn_backward(dh, np.zeros((1, 1)), cache)
    found = {"W_xh": dparams.W_xh, "W_hh": dparams.W_hh, "b_h": dparams.b_h, "h0": dh0, "loss": np.sum(difference**2)}
    return {name: np.asarray(value).item() for name, value in found.items()} | {"x": dx.ravel()}


@pytest.mark.parametrize("seed", range(5))
def test_last_line_equals_the_reference(seed):
    rng = np.random.default_rng(seed)
    config = {name: rng.normal() for name in ("W_xh", "W_hh", "b_h", "W_hy", "b_y", "h0")}
    config |= {name: rng.normal(size=4).tolist() for name in ("x", "y")}
    loss, last = evaluate(MODULE, "[module.forward(args).loss, module.backward(args).at(-1).so_far]", **config)
    expected = reference(config)
    assert loss == pytest.approx(expected["loss"], rel=1e-12)
    for name in ("W_xh", "W_hh", "b_h", "h0"):
        assert last[name] == pytest.approx(expected[name], rel=1e-12), name
    # A saturated state leaves 1 - h^2 few digits, here and there.
    np.testing.assert_allclose(last["x"], expected["x"], rtol=1e-12, atol=1e-15)


def test_each_line_adds_what_it_says():
    lines = evaluate(MODULE, "module.backward(args)", **BPTTStepper().config)
    assert [line["kind"] for line in lines] == ["output", "sum", "delta", "share"] * 4 + ["initial"]
    assert [line["t"] for line in lines] == [t for t in (4, 3, 2, 1) for _ in range(4)] + [0]
    shares = [line for line in lines if line["kind"] == "share"]
    assert np.cumsum([line["shares"]["W_hh"] for line in shares]).tolist() == [s["so_far"]["W_hh"] for s in shares]
    for output, total, delta in zip(lines[0::4], lines[1::4], lines[2::4], strict=False):
        assert total["value"] == output["value"] + total["future"]
        assert delta["value"] == total["value"] * (1 - total["h"] ** 2)


def test_two_steps_are_the_worked_example_of_the_chapter():
    config = BPTTStepper().config
    config |= {"x": config["x"][:2], "y": config["y"][:2]}
    last = evaluate(MODULE, "module.backward(args).at(-1).so_far", **config)
    assert [round(last[name], 4) for name in ("W_xh", "W_hh", "b_h", "h0")] == [-0.4625, 0.2671, 0.3275, -0.0540]


@pytest.mark.browser
def test_step_back_and_restart(browser):
    page = browser.new_page()
    page.set_content(f"<main>{BPTTStepper()._repr_html_()}</main>")
    said = page.locator(".rnn-explorer [aria-live=polite]")
    first = said.inner_text()
    page.get_by_role("button", name="Back").click(force=True)  # nothing to go back to: said, and not broken
    assert said.inner_text() == first
    seen = []
    for _ in range(17):
        page.get_by_role("button", name="Step").click()
        seen.append(said.inner_text())
    assert len(set(seen)) == 17
    assert page.get_by_role("button", name="Step").get_attribute("aria-disabled") == "true"
    page.get_by_role("button", name="Back").click()
    assert said.inner_text() == seen[-2]
    page.get_by_role("button", name="Restart").click()
    assert said.inner_text() == first
    page.close()


@pytest.mark.parametrize(
    ("wrong", "says"), [({"W_hh": 2}, "W_hh is 2; expected"), ({"y_T": -3}, "y_T is -3; expected")]
)
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        BPTTStepper(**wrong)
