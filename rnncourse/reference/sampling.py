"""Write with a character model: draw a character, feed it back, carry the state."""

import numpy as np

from rnncourse.reference.output import output_layer
from rnncourse.reference.rnn import rnn_step


def sample(z, temperature, u):
    """Draw a class from each row of logits, by a uniform number that is given.

    p = softmax(z / temperature),   code = the first k with p_1 + ... + p_k > u            {eq}`temperature`

    Parameters
    ----------
    z : array of shape (B, K)
        Logits.
    temperature : float
        Below 1 the likely gets likelier; above 1 the differences shrink.
    u : array of shape (B,)
        Uniform in [0, 1).

    Returns
    -------
    codes : integer array of shape (B,)
    """
    z_scaled = z / temperature  # (B, K)
    e = np.exp(z_scaled - z_scaled.max(axis=1, keepdims=True))  # (B, K)
    p = e / e.sum(axis=1, keepdims=True)  # (B, K)
    below = np.cumsum(p, axis=1) <= u[:, None]  # (B, K)
    codes = below.sum(axis=1)  # (B,)
    return np.minimum(codes, z.shape[1] - 1)  # rounding may leave the last sum just below 1


def generate(first, h0, params, head, temperature, u):
    """Write L characters: each is drawn from the network's prediction and is the next step's input.

    h^(t) = phi(W_xh x^(t) + W_hh h^(t-1) + b_h),   x^(t+1) = one-hot of a draw from z^(t)            {eq}`generation`

    Parameters
    ----------
    first : integer array of shape (B,)
        The character before the first one written.
    h0 : array of shape (B, H)
    params : RNNParams
    head : OutputParams
    temperature : float
    u : array of shape (L, B)
        A uniform number for each draw.

    Returns
    -------
    codes : integer array of shape (L, B)
    h_L : array of shape (B, H)
        The last state.
    """
    K = len(head.b_y)
    codes = np.empty(u.shape, dtype=int)
    h_t, code = h0, first
    for t in range(len(u)):
        x_t = np.eye(K)[code]  # (B, K)
        h_t = rnn_step(x_t, h_t, params)  # (B, H)
        z_t = output_layer(h_t[None], head)[0]  # (B, K)
        code = sample(z_t, temperature, u[t])  # (B,)
        codes[t] = code
    return codes, h_t
