"""The smallest forecaster against finite differences, and its loop against the training package."""

import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.notation import OutputParams, RNNParams
from rnncourse.reference.forecaster import loss_and_gradients, predict, train_forecaster
from rnncourse.training import RNN, SGD, Dense, Model, fit

RNG = np.random.default_rng(0)
T, N, H = 4, 11, 3
PARAMS = [RNG.standard_normal(shape) for shape in ((H, 1), (H, H), (H,), (1, H), (1,))]
X, Y, X_VAL = RNG.standard_normal((T, N, 1)), RNG.standard_normal((N, 1)), RNG.standard_normal((T, 5, 1))


@pytest.mark.parametrize("place", range(5))
def test_gradients_agree_with_central_differences(place):
    def loss_at(theta):
        return loss_and_gradients([*PARAMS[:place], theta, *PARAMS[place + 1 :]], X, Y)[0]

    _, grads = loss_and_gradients(PARAMS, X, Y)
    assert relative_error(grads[place], numerical_gradient(loss_at, PARAMS[place])) < 1e-6


def test_the_loss_is_the_mean_squared_error_of_the_forecasts():
    np.testing.assert_allclose(loss_and_gradients(PARAMS, X, Y)[0], ((predict(PARAMS, X) - Y) ** 2).mean(), rtol=1e-12)


def test_the_loop_agrees_with_the_training_package():
    losses, y_hat = train_forecaster(PARAMS, X, Y, X_VAL, 4, 3, 0.02)
    start = (RNNParams(*PARAMS[:3]), OutputParams(*PARAMS[3:]))
    peer = fit(
        Model([RNN(H, return_sequences=False), Dense(1)]), X, Y, params=start, optimiser=SGD(0.02, momentum=0.9),
        batch_size=4, epochs=3, shuffle=False, validation=None, progress=False,
    )  # fmt: skip
    np.testing.assert_allclose(losses, peer.history.train_loss, rtol=1e-10)
    np.testing.assert_allclose(y_hat, peer.predict(X_VAL), rtol=1e-10)
