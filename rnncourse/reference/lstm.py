"""Run the LSTM forwards and backwards in time.

The state is the pair (h, c). Every weight acts on v^(t) = [h^(t-1); x^(t)], h first. The backward pass recomputes the
gates from v^(t): the cache then holds x, h and c alone, and every equation stands where it is used.
"""

import numpy as np

from rnncourse.initializers import orthogonal_and_normal
from rnncourse.notation import LSTMParams
from rnncourse.reference.output import sigmoid


def init_lstm(D, H, rng, dtype=np.float64, forget_bias=1.0):
    """Draw the parameters of an LSTM.

    Each W is orthogonal on h and N(0, 1/D) on x; b_i = b_c = b_o = 0. b_f = 1 opens the forget gate to
    sigmoid(1) = 0.73, so that a gradient lives longer than with b_f = 0, where it halves at every step.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    rng : numpy.random.Generator
    dtype : dtype, optional
    forget_bias : float, optional
        Where b_f starts.

    Returns
    -------
    LSTMParams

    Notes
    -----
    Source: the notes, LSTM, algorithm, step 1; b_f: Jozefowicz, Zaremba and Sutskever (2015), "An empirical exploration
    of recurrent network architectures".
    """
    W_f = orthogonal_and_normal(D, H, rng, dtype)
    W_i = orthogonal_and_normal(D, H, rng, dtype)
    W_c = orthogonal_and_normal(D, H, rng, dtype)
    W_o = orthogonal_and_normal(D, H, rng, dtype)
    b_f = np.full(H, forget_bias, dtype)
    return LSTMParams(W_f, W_i, W_c, W_o, b_f, np.zeros(H, dtype), np.zeros(H, dtype), np.zeros(H, dtype))


def lstm_step(x_t, state_prev, params):
    """Compute one time step of an LSTM.

    f = sigmoid(W_f [h^(t-1); x^(t)] + b_f), i and o alike, c~ = tanh(W_c [h^(t-1); x^(t)] + b_c)    {eq}`lstm-gates`
    c^(t) = f * c^(t-1) + i * c~,   h^(t) = o * tanh(c^(t))                                           {eq}`lstm-state`

    Parameters
    ----------
    x_t : array of shape (B, D)
    state_prev : tuple of two arrays of shape (B, H)
        h^(t-1) and c^(t-1).
    params : LSTMParams

    Returns
    -------
    state_t : tuple of two arrays of shape (B, H)
        h^(t) and c^(t).

    Notes
    -----
    Source: the notes, LSTM, sections 1 to 4.
    """
    h_prev, c_prev = state_prev
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v_t = np.concatenate([h_prev, x_t], axis=1)  # (B, H + D)
    f_t = sigmoid(v_t @ W_f.T + b_f)  # (B, H)
    i_t = sigmoid(v_t @ W_i.T + b_i)  # (B, H)
    c_tilde_t = np.tanh(v_t @ W_c.T + b_c)  # (B, H)
    o_t = sigmoid(v_t @ W_o.T + b_o)  # (B, H)
    c_t = f_t * c_prev + i_t * c_tilde_t  # (B, H)
    h_t = o_t * np.tanh(c_t)  # (B, H)
    return h_t, c_t


def lstm_step_backward(dstate_t, x_t, state_prev, state_t, params):
    """Differentiate one time step: from the gradient of (h^(t), c^(t)) to those of everything that made them.

    dc = dc^(t) + dh^(t) * o * (1 - tanh(c^(t))^2)                                        {eq}`lstm-step-backward`
    delta_f = dc * c^(t-1) * f (1 - f),   delta_i = dc * c~ * i (1 - i),   delta_c = dc * i * (1 - c~^2)
    delta_o = dh^(t) * tanh(c^(t)) * o (1 - o)

    Parameters
    ----------
    dstate_t : tuple of two arrays of shape (B, H)
        Gradient of h^(t), from its output and from step t+1 together, and of c^(t), from step t+1 only: the path
        from c^(t) through h^(t) is added here.
    x_t : array of shape (B, D)
    state_prev, state_t : tuples of two arrays of shape (B, H)
        (h^(t-1), c^(t-1)) and (h^(t), c^(t)).
    params : LSTMParams

    Returns
    -------
    dx_t : array of shape (B, D)
    dstate_prev : tuple (dh_prev, dc_prev) of two arrays of shape (B, H)
    dparams : LSTMParams
        This step's share of the gradients.
    """
    dh_t, dc_t = dstate_t
    (h_prev, c_prev), (_, c_t) = state_prev, state_t
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = len(b_f)
    v_t = np.concatenate([h_prev, x_t], axis=1)  # (B, H + D)
    f_t = sigmoid(v_t @ W_f.T + b_f)  # (B, H)
    i_t = sigmoid(v_t @ W_i.T + b_i)  # (B, H)
    c_tilde_t = np.tanh(v_t @ W_c.T + b_c)  # (B, H)
    o_t = sigmoid(v_t @ W_o.T + b_o)  # (B, H)
    dc_t = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)  # (B, H): two arrows leave c^(t)
    delta_f = dc_t * c_prev * f_t * (1 - f_t)  # (B, H)
    delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)  # (B, H)
    delta_c = dc_t * i_t * (1 - c_tilde_t**2)  # (B, H)
    delta_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)  # (B, H)
    dW_f, db_f = delta_f.T @ v_t, delta_f.sum(axis=0)  # (H, H + D), (H,)
    dW_i, db_i = delta_i.T @ v_t, delta_i.sum(axis=0)  # (H, H + D), (H,)
    dW_c, db_c = delta_c.T @ v_t, delta_c.sum(axis=0)  # (H, H + D), (H,)
    dW_o, db_o = delta_o.T @ v_t, delta_o.sum(axis=0)  # (H, H + D), (H,)
    dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o  # (B, H + D)
    dh_prev = dv_t[:, :H]  # (B, H)
    dx_t = dv_t[:, H:]  # (B, D)
    dc_prev = dc_t * f_t  # (B, H)
    return dx_t, (dh_prev, dc_prev), LSTMParams(dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o)


def lstm_forward(x, state0, params):
    """Run an LSTM over a whole sequence.

    Parameters
    ----------
    x : array of shape (T, B, D)
    state0 : tuple of two arrays of shape (B, H)
        h^(0) and c^(0).
    params : LSTMParams

    Returns
    -------
    h : array of shape (T, B, H)
        h^(1), ..., h^(T).
    state_T : tuple of two arrays of shape (B, H)
        The last state, (h^(T), c^(T)).
    cache : tuple
        What `lstm_backward` needs.

    Notes
    -----
    Source: the notes, LSTM, algorithm; they leave out h^(0), c^(0) and the loop over t.
    """
    T, B, _ = x.shape
    h = np.empty((T, B, len(params.b_f)), dtype=x.dtype)
    c = np.empty_like(h)
    h_t, c_t = state0
    for t in range(T):
        h_t, c_t = lstm_step(x[t], (h_t, c_t), params)  # (B, H), (B, H)
        h[t] = h_t
        c[t] = c_t
    return h, (h_t, c_t), (x, state0, h, c, params)


def lstm_backward(dh, dstate_T, cache):
    """Backpropagate through time for an LSTM.

    dL/dh^(t) = (from its own output) + (from the four gates of step t+1)                 {eq}`lstm-bptt`
    dL/dc^(t) = dL/dh^(t) * o^(t) * (1 - tanh(c^(t))^2) + f^(t+1) * dL/dc^(t+1)

    Parameters
    ----------
    dh : array of shape (T, B, H)
        Gradient that reaches each h^(t) through its own output only.
    dstate_T : tuple of two arrays of shape (B, H)
        Extra gradient into the last h and c; zeros unless something reads them.
    cache : tuple
        From `lstm_forward`.

    Returns
    -------
    dx : array of shape (T, B, D)
    dstate_0 : tuple of two arrays of shape (B, H)
        dh0 and dc0.
    dparams : LSTMParams
        dW_f, ..., db_o, summed over time.
    """
    x, (h0, c0), h, c, params = cache
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o = (np.zeros_like(theta) for theta in params)
    dx, H = np.zeros_like(x), len(b_f)
    dh_next, dc_next = dstate_T
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t > 0 else h0  # (B, H)
        c_prev = c[t - 1] if t > 0 else c0  # (B, H)
        v_t = np.concatenate([h_prev, x[t]], axis=1)  # (B, H + D)
        f_t = sigmoid(v_t @ W_f.T + b_f)  # (B, H)
        i_t = sigmoid(v_t @ W_i.T + b_i)  # (B, H)
        c_tilde_t = np.tanh(v_t @ W_c.T + b_c)  # (B, H)
        o_t = sigmoid(v_t @ W_o.T + b_o)  # (B, H)
        dh_t = dh[t] + dh_next  # (B, H): two arrows leave h^(t)
        dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c[t]) ** 2)  # (B, H): and two leave c^(t)
        delta_f = dc_t * c_prev * f_t * (1 - f_t)  # (B, H)
        delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)  # (B, H)
        delta_c = dc_t * i_t * (1 - c_tilde_t**2)  # (B, H)
        delta_o = dh_t * np.tanh(c[t]) * o_t * (1 - o_t)  # (B, H)
        dW_f += delta_f.T @ v_t  # (H, H + D)
        dW_i += delta_i.T @ v_t  # (H, H + D)
        dW_c += delta_c.T @ v_t  # (H, H + D)
        dW_o += delta_o.T @ v_t  # (H, H + D)
        db_f += delta_f.sum(axis=0)  # (H,)
        db_i += delta_i.sum(axis=0)  # (H,)
        db_c += delta_c.sum(axis=0)  # (H,)
        db_o += delta_o.sum(axis=0)  # (H,)
        dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o  # (B, H + D)
        dx[t] = dv_t[:, H:]  # (B, D)
        dh_next = dv_t[:, :H]  # (B, H)
        dc_next = dc_t * f_t  # (B, H)
    return dx, (dh_next, dc_next), LSTMParams(dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o)
