"""Run the vanilla RNN forwards and backwards in time."""

import numpy as np

from rnncourse.notation import RNNParams, check_activation


def init_rnn(D, H, rng, dtype=np.float64):
    """Draw the parameters of a vanilla RNN.

    W_xh ~ N(0, 1/D), W_hh orthogonal, b_h = 0: the state then neither dies nor saturates at the first step.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    rng : numpy.random.Generator
    dtype : dtype, optional

    Returns
    -------
    RNNParams
    """
    W_xh = rng.standard_normal((H, D)) / np.sqrt(D)
    W_hh, _ = np.linalg.qr(rng.standard_normal((H, H)))
    return RNNParams(W_xh.astype(dtype), W_hh.astype(dtype), np.zeros(H, dtype))


def rnn_step(x_t, h_prev, params, activation="tanh"):
    """Compute one time step of a vanilla RNN.

    h^(t) = phi(W_xh x^(t) + W_hh h^(t-1) + b_h)            {eq}`rnn-step`

    Parameters
    ----------
    x_t : array of shape (B, D)
    h_prev : array of shape (B, H)
        The state one step earlier.
    params : RNNParams
    activation : {"tanh", "relu"}
        The function phi.

    Returns
    -------
    h_t : array of shape (B, H)

    Raises
    ------
    ValueError
        If the activation is neither.

    Notes
    -----
    Source: the notes, RNN, section 1 (their W_xh is transposed).
    """
    check_activation(activation)
    W_xh, W_hh, b_h = params
    a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h  # (B, H)
    if activation == "tanh":
        return np.tanh(a_t)
    return np.maximum(a_t, 0)


def rnn_step_backward(dh_t, x_t, h_prev, h_t, params, activation="tanh"):
    """Differentiate one time step: from the gradient of h^(t) to those of everything that made it.

    delta_h = dL/dh^(t) * phi'(a^(t)),   dL/dh^(t-1) = delta_h W_hh            {eq}`rnn-step-backward`

    Parameters
    ----------
    dh_t : array of shape (B, H)
        Gradient of the loss with respect to h^(t), from its output and from step t+1 together.
    x_t : array of shape (B, D)
    h_prev, h_t : array of shape (B, H)
    params : RNNParams
    activation : {"tanh", "relu"}

    Returns
    -------
    dx_t : array of shape (B, D)
    dh_prev : array of shape (B, H)
    dparams : RNNParams
        This step's share of dW_xh, dW_hh, db_h.

    Raises
    ------
    ValueError
        If the activation is neither.
    """
    check_activation(activation)
    W_xh, W_hh, _ = params
    if activation == "tanh":
        delta_h = dh_t * (1 - h_t**2)  # (B, H)
    else:
        delta_h = dh_t * (h_t > 0)  # (B, H)
    dW_xh = delta_h.T @ x_t  # (H, D)
    dW_hh = delta_h.T @ h_prev  # (H, H)
    db_h = delta_h.sum(axis=0)  # (H,)
    dx_t = delta_h @ W_xh  # (B, D)
    dh_prev = delta_h @ W_hh  # (B, H)
    return dx_t, dh_prev, RNNParams(dW_xh, dW_hh, db_h)


def rnn_forward(x, h0, params, activation="tanh"):
    """Run a vanilla RNN over a whole sequence.

    Parameters
    ----------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)
    params : RNNParams
    activation : {"tanh", "relu"}

    Returns
    -------
    h : array of shape (T, B, H)
        h^(1), ..., h^(T).
    h_T : array of shape (B, H)
        The last state.
    cache : tuple
        What `rnn_backward` needs.

    Notes
    -----
    Source: the notes, RNN, section 2.
    """
    T, B, _ = x.shape
    h = np.empty((T, B, len(params.b_h)), dtype=x.dtype)
    h_t = h0
    for t in range(T):
        h_t = rnn_step(x[t], h_t, params, activation)  # (B, H)
        h[t] = h_t
    return h, h_t, (x, h0, h, params, activation)


def rnn_backward(dh, dh_T, cache):
    """Backpropagate through time for a vanilla RNN.

    dL/dh^(t) = (from its own output) + W_hh^T delta_h^(t+1)            {eq}`bptt-recursion`
    delta_h^(t) = dL/dh^(t) * phi'(a^(t))

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dh_T : array of shape (B, H)
        Extra gradient into the last state; zero unless something reads it.
    cache : tuple
        From `rnn_forward`.

    Returns
    -------
    dx : array of shape (T, B, D)
    dh0 : array of shape (B, H)
    dparams : RNNParams
        dW_xh, dW_hh, db_h, summed over time.

    Notes
    -----
    Source: the notes, RNN, section 3; dx and dh0 are ours.
    """
    x, h0, h, params, activation = cache
    W_xh, W_hh, b_h = params
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dh_next = dh_T
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t > 0 else h0  # (B, H)
        dh_t = dh[t] + dh_next  # (B, H): two arrows leave h^(t)
        if activation == "tanh":
            delta_h = dh_t * (1 - h[t] ** 2)  # (B, H)
        else:
            delta_h = dh_t * (h[t] > 0)  # (B, H)
        dW_xh += delta_h.T @ x[t]  # (H, D)
        dW_hh += delta_h.T @ h_prev  # (H, H)
        db_h += delta_h.sum(axis=0)  # (H,)
        dx[t] = delta_h @ W_xh  # (B, D)
        dh_next = delta_h @ W_hh  # (B, H)
    return dx, dh_next, RNNParams(dW_xh, dW_hh, db_h)
