"""No name of a curve stands on a curve, whatever the sliders say."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import GradientByLag
from rnncourse.interactive.explorers.explorer import FOLDER


@pytest.mark.parametrize("scale", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("radius", [0.1, 0.5, 0.9, 1.0, 1.2, 1.5, 1.95, 2.0])
def test_the_names_of_gradient_by_lag_stand_free(radius, scale):
    config = GradientByLag().config
    curves, boxes, bounds = evaluate(
        "gradient_by_lag.js",
        "await (async () => {"
        "  const norms = module.gradientNorms(args.config, args.radius, args.scale);"
        "  const curves = module.curves(module.plane(50), norms, module.bound(args.radius * args.config.sigma, 50));"
        f"  const {{ place }} = await import('{(FOLDER / 'names.js').as_uri()}');"
        "  return [curves, place(module.names(''), curves, module.BOUNDS), module.BOUNDS];"
        "})()",
        config=config,
        radius=radius,
        scale=scale,
    )
    for box in boxes:
        assert bounds["left"] <= box["left"] < box["right"] <= bounds["right"]
        assert bounds["top"] <= box["top"] < box["bottom"] <= bounds["bottom"]
        for curve in curves:
            xs, ys = np.array(curve).T
            x = np.linspace(xs[0], xs[-1], 20_000)
            y = np.interp(x, xs, ys)
            assert not ((x > box["left"]) & (x < box["right"]) & (y > box["top"]) & (y < box["bottom"])).any()
    one, other = boxes
    assert (
        one["right"] < other["left"]
        or other["right"] < one["left"]
        or one["bottom"] < other["top"]
        or other["bottom"] < one["top"]
    )
