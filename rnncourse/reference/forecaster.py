"""Train the smallest forecaster there is: one RNN layer that reads a window, and one output after its last step."""

import numpy as np

from rnncourse.notation import OutputParams, RNNParams
from rnncourse.reference.optim import momentum_step
from rnncourse.reference.output import mean_squared_error, output_layer, output_layer_backward
from rnncourse.reference.rnn import rnn_backward, rnn_forward


def predict(params, x):
    """Forecast from the last state.

    Parameters
    ----------
    params : sequence of W_xh (H, D), W_hh (H, H), b_h (H,), W_hy (K, H), b_y (K,)
    x : array of shape (T, B, D)

    Returns
    -------
    y_hat : array of shape (B, K)
    """
    _, h_T, _ = rnn_forward(x, np.zeros((x.shape[1], len(params[2]))), RNNParams(*params[:3]))
    return output_layer(h_T, OutputParams(*params[3:]))


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts, and its gradient by BPTT: only the last state has an output.

    Parameters
    ----------
    params : as in `predict`
    x, y : arrays of shape (T, B, D) and (B, K)

    Returns
    -------
    loss : float
    grads : list of arrays, one for each of params
    """
    head = OutputParams(*params[3:])
    h, h_T, cache = rnn_forward(x, np.zeros((x.shape[1], len(params[2]))), RNNParams(*params[:3]))
    loss, delta_y = mean_squared_error(output_layer(h_T, head)[None], y[None])  # (1, B, K)
    dh_T, dhead = output_layer_backward(delta_y, h_T[None], head)  # (1, B, H)
    _, _, dparams = rnn_backward(np.zeros_like(h), dh_T[0], cache)
    return loss, [*dparams, *dhead]


def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    """Train by mini-batches with momentum, then forecast what comes next.

    Parameters
    ----------
    params : as in `predict`
    x, y : arrays of shape (T, N, D) and (N, K)
        Training windows and targets; batches are taken in their order, and the last one may be smaller.
    x_val : array of shape (T, n, D)
    batch_size, epochs : int
    learning_rate : float

    Returns
    -------
    losses : array of shape (epochs,)
        Mean over the windows of their loss in that epoch, each measured just before the update that its batch makes.
    y_hat : array of shape (n, K)
        Forecasts for x_val by the trained network.
    """
    N = len(y)
    losses, velocity = [], None
    for _ in range(epochs):
        total = 0.0
        for start in range(0, N, batch_size):
            x_batch, y_batch = x[:, start : start + batch_size], y[start : start + batch_size]
            loss, grads = loss_and_gradients(params, x_batch, y_batch)
            params, velocity = momentum_step(params, grads, velocity, learning_rate)
            total += loss * len(y_batch)
        losses.append(total / N)
    return np.array(losses), predict(params, x_val)
