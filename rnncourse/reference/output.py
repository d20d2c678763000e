"""Compute the output layer and the loss."""

import numpy as np

from rnncourse.notation import OutputParams


def init_output(H, K, rng, dtype=np.float64):
    """Draw the parameters of the output layer: W_hy ~ N(0, 1/H), b_y = 0.

    Parameters
    ----------
    H, K : int
        Hidden units and outputs.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    OutputParams
    """
    W_hy = rng.standard_normal((K, H)) / np.sqrt(H)
    return OutputParams(W_hy.astype(dtype), np.zeros(K, dtype))


def output_layer(h, params):
    """Compute the logits at every step.

    z^(t) = W_hy h^(t) + b_y            {eq}`output-layer`

    Parameters
    ----------
    h : array of shape (T, B, H)
    params : OutputParams

    Returns
    -------
    z : array of shape (T, B, K)

    Notes
    -----
    Source: the notes, RNN, section 1.
    """
    W_hy, b_y = params
    return h @ W_hy.T + b_y  # (T, B, K)


def output_layer_backward(delta_y, h, params):
    """Differentiate the output layer.

    dL/dh^(t) = W_hy^T delta_y^(t),   dW_hy = sum_t delta_y^(t) h^(t)^T,   db_y = sum_t delta_y^(t)

    Parameters
    ----------
    delta_y : array of shape (T, B, K)
        Gradient of the loss with respect to the logits.
    h : array of shape (T, B, H)
    params : OutputParams

    Returns
    -------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dparams : OutputParams
        dW_hy, db_y.
    """
    W_hy, b_y = params
    dh = delta_y @ W_hy  # (T, B, H)
    dW_hy, db_y = np.zeros_like(W_hy), np.zeros_like(b_y)
    for t in range(len(h)):
        dW_hy += delta_y[t].T @ h[t]  # (K, H)
        db_y += delta_y[t].sum(axis=0)  # (K,)
    return dh, OutputParams(dW_hy, db_y)


def softmax(z):
    """Turn logits into probabilities, over the last axis; stable for logits of any size.

    Parameters
    ----------
    z : array of shape (..., K)

    Returns
    -------
    y_hat : array of shape (..., K)
    """
    e = np.exp(z - z.max(axis=-1, keepdims=True))  # (..., K)
    return e / e.sum(axis=-1, keepdims=True)


def softmax_cross_entropy(z, y, mask=None):
    """Compute the cross-entropy of softmax(z) against class indices: sum over time, mean over the batch.

    L = -(1/B) sum_t sum_b log softmax(z)[t, b, y[t, b]],   delta_y = (y_hat - onehot(y)) / B     {eq}`delta-y`

    Parameters
    ----------
    z : array of shape (T, B, K)
        Logits.
    y : integer array of shape (T, B)
        Target classes.
    mask : array of shape (T, B), optional
        1 where the step counts, 0 where it does not (padding). The mean is over all B samples in any case.

    Returns
    -------
    loss : float
    delta_y : array of shape (T, B, K)
        Gradient of the loss with respect to z.

    Notes
    -----
    Source: the notes, RNN, section 3, which leave delta_y undefined.
    """
    T, B, K = z.shape
    shifted = z - z.max(axis=-1, keepdims=True)  # (T, B, K)
    log_y_hat = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))  # (T, B, K)
    onehot = np.eye(K, dtype=z.dtype)[y]  # (T, B, K)
    counts = np.ones((T, B), z.dtype) if mask is None else np.asarray(mask, z.dtype)  # (T, B)
    loss = -(counts[..., None] * onehot * log_y_hat).sum() / B
    delta_y = counts[..., None] * (np.exp(log_y_hat) - onehot) / B  # (T, B, K)
    return float(loss), delta_y


def sigmoid(a):
    """Compute the logistic function, 1 / (1 + e^(-a)), written so that no a overflows.

    sigmoid(a) = (1 + tanh(a / 2)) / 2            {eq}`sigmoid`

    Parameters
    ----------
    a : array of any shape

    Returns
    -------
    s : array of a's shape
        Between 0 and 1.
    """
    return 0.5 * (1 + np.tanh(0.5 * a))


def sigmoid_binary_cross_entropy(z, y, mask=None):
    """Compute the binary cross-entropy of sigmoid(z) against y: sum over time and outputs, mean over the batch.

    L = -(1/B) sum_t sum_b sum_k y log(y_hat) + (1 - y) log(1 - y_hat),   delta_y = (y_hat - y) / B   {eq}`delta-y-bce`

    Parameters
    ----------
    z : array of shape (T, B, K)
        Logits; y_hat = sigmoid(z).
    y : array of shape (T, B, K)
        Targets, 0 or 1 (or a probability between).
    mask : array of shape (T, B), optional
        1 where the step counts, 0 where it does not (padding). The mean is over all B samples in any case.

    Returns
    -------
    loss : float
    delta_y : array of shape (T, B, K)
        Gradient of the loss with respect to z.

    Notes
    -----
    Source: the notes, RNN, sections 1 and 3, which leave delta_y undefined.
    """
    T, B, _ = z.shape
    log_terms = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))  # (T, B, K): the sum above, without overflow
    counts = np.ones((T, B), z.dtype) if mask is None else np.asarray(mask, z.dtype)  # (T, B)
    loss = (counts[..., None] * log_terms).sum() / B
    delta_y = counts[..., None] * (sigmoid(z) - y) / B  # (T, B, K)
    return float(loss), delta_y


def mean_squared_error(z, y, mask=None):
    """Compute the squared error of the logits themselves (identity head): sum over time, mean over batch and outputs.

    L = 1/(B K) sum_t sum_b sum_k (z - y)^2,   delta_y = 2 (z - y) / (B K)            {eq}`delta-y-mse`

    Parameters
    ----------
    z : array of shape (T, B, K)
        The prediction: y_hat = z.
    y : array of shape (T, B, K)
        Targets.
    mask : array of shape (T, B), optional
        1 where the step counts, 0 where it does not; 1 at the last step only makes the loss many-to-one. The mean is
        over all B samples in any case.

    Returns
    -------
    loss : float
    delta_y : array of shape (T, B, K)
        Gradient of the loss with respect to z.

    Notes
    -----
    Source: the notes, RNN, code (many-to-one); delta_y is ours.
    """
    T, B, K = z.shape
    counts = np.ones((T, B), z.dtype) if mask is None else np.asarray(mask, z.dtype)  # (T, B)
    loss = (counts[..., None] * (z - y) ** 2).sum() / (B * K)
    delta_y = counts[..., None] * 2 * (z - y) / (B * K)  # (T, B, K)
    return float(loss), delta_y
