"""The gradient-by-lag explorer's JavaScript computes what the library computes."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.experiments import gradient_lag
from rnncourse.interactive.explorers import GradientByLag

MODULE = "gradient_by_lag.js"


def library(radius, scale, config):
    """The curve by the reference, and the largest singular value."""
    x, h0, (W_xh, _, b_h), g = gradient_lag.example(1.0, 1.0, 50, 4, 4, 16, config["seed"])
    W_hh = radius * np.array(config["W_hh"])
    h = gradient_lag.textbook_forward(scale * x, h0, W_xh, W_hh, b_h)
    norms = gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, scale * x, h0, h, W_xh, W_hh, g)
    return norms, np.linalg.norm(W_hh, 2)


@pytest.mark.parametrize(
    ("radius", "scale", "seed"), [(0.5, 0.0, 0), (0.9, 0.3, 1), (1.2, 0.05, 2), (1.6, 1.0, 3), (2.0, 0.0, 4)]
)
def test_norms_equal_the_library(radius, scale, seed):
    config = GradientByLag(seed=seed).config
    found = evaluate(
        MODULE,
        "[module.gradientNorms(args.config, args.radius, args.scale), "
        "module.bound(args.radius * args.config.sigma, 50)]",
        config=config,
        radius=radius,
        scale=scale,
    )
    norms, bound = np.array(found, np.float64)  # JSON writes a large float without a point
    expected, sigma = library(radius, scale, config | {"seed": seed})
    np.testing.assert_allclose(norms, expected, rtol=1e-12)
    np.testing.assert_allclose(bound, sigma ** np.arange(51), rtol=1e-12)
    assert (norms <= bound * (1 + 1e-12)).all()


@pytest.mark.parametrize("radius", [0.1, 0.85, 2.0])
def test_matrix_has_the_radius_that_is_passed(radius):
    W_hh = np.array(GradientByLag().config["W_hh"])
    assert gradient_lag.spectral_radius(radius * W_hh) == pytest.approx(radius, rel=1e-12)


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.3])
def test_verdict_is_the_library_s(radius):
    config = GradientByLag().config
    norms = evaluate(MODULE, "module.gradientNorms(args.config, args.radius, 0)", config=config, radius=radius)
    said = evaluate(MODULE, "module.finding(args.norms, args.radius, 1)", norms=norms, radius=radius)
    assert said.startswith(gradient_lag.verdict(np.array(norms)).capitalize())


def test_sentence_tells_must_from_may():
    assert "must vanish" in evaluate(MODULE, "module.finding([1, 0.5], 0.5, 0.9)")
    assert "rules nothing out" in evaluate(MODULE, "module.finding([1, 0.5], 0.9, 1.2)")


@pytest.mark.parametrize(
    ("wrong", "says"), [({"radius": 3}, "radius is 3; expected"), ({"input_scale": -1}, "input_scale is -1; expected")]
)
def test_refuses_what_the_sliders_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        GradientByLag(**wrong)
