import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.training import init_params
from rnncourse.training.batches import check_data
from rnncourse.training.numpy_backend import NumpyBackend
from rnncourse.training.params import draw_masks, flatten, unflatten


@pytest.mark.parametrize("with_mask", [False, True])
def test_every_gradient_agrees_with_central_differences(model, data, with_mask):
    rng = np.random.default_rng(1)
    x, y, mask = check_data(model, *data)
    if with_mask:
        mask = rng.integers(0, 2, y.shape[:2]).astype(float)
    D = 3 if x.ndim == 3 else 1
    params = init_params(model, D, rng)
    keep = draw_masks(model, *x.shape[:2], D, rng)
    backend = NumpyBackend(model, "float64")
    _, grads = backend.loss_and_gradients(params, x, y, mask, keep)
    flat = flatten(params)
    for place, gradient in enumerate(flatten(grads)):

        def loss(theta, place=place):
            moved = unflatten([*flat[:place], theta, *flat[place + 1 :]], params)
            return backend.loss(backend.forward(moved, x, keep)[0], y, mask)

        assert relative_error(gradient, numerical_gradient(loss, flat[place], eps=1e-5)) <= 1e-6


def test_nothing_that_goes_in_is_changed(model, data):
    x, y, mask = check_data(model, *data)
    D = 3 if x.ndim == 3 else 1
    params = init_params(model, D, np.random.default_rng(1))
    keep = draw_masks(model, *x.shape[:2], D, np.random.default_rng(2))
    for array in (x, y, *flatten(params), *(m for m in keep if m is not None)):
        array.setflags(write=False)
    NumpyBackend(model, "float64").loss_and_gradients(params, x, y, mask, keep)


def test_float32_stays_float32(model, data):
    x, y, mask = check_data(model, *data)
    D = 3 if x.ndim == 3 else 1
    backend = NumpyBackend(model, "float32")
    params = init_params(model, D, np.random.default_rng(1), "float32")
    keep = draw_masks(model, *x.shape[:2], D, np.random.default_rng(2), "float32")
    _, grads = backend.loss_and_gradients(params, backend.put(x), backend.put(y), mask, keep)
    assert {g.dtype for g in flatten(grads)} == {np.dtype("float32")}


def test_a_device_is_refused(notes_model):
    with pytest.raises(ValueError, match='take backend="torch"'):
        NumpyBackend(notes_model, "float64", "cuda")
