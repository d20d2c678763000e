"""Compute what the forget gate's bias does to a gradient on its way back along the cell."""

import numpy as np

from rnncourse.reference.output import sigmoid


def forget_bias_sweep(biases, a_f):
    """Compute what is left of a gradient on the cell path, lag by lag, for several forget biases.

    left(b, k) = mean over batch and units of prod_{s=T-k+1}^{T} sigmoid(a_f^(s) + b)            {eq}`cell-path`

    Parameters
    ----------
    biases : array of shape (N,)
        Values of b_f, the same for every unit.
    a_f : array of shape (T, B, H)
        The forget gate's pre-activations without their bias, W_f [h^(t-1); x^(t)].

    Returns
    -------
    left : array of shape (N, T + 1)
        left[n, k] belongs to biases[n] and lag k; nothing has been lost at lag 0, so left[n, 0] = 1.

    Notes
    -----
    Source: ours; the notes give no advice on b_f. The gates are held as they are while b_f moves.
    """
    T, left = len(a_f), np.ones((len(biases), len(a_f) + 1))  # (N, T + 1)
    for n, b_f in enumerate(biases):
        product = np.ones(a_f.shape[1:])  # (B, H)
        for k in range(1, T + 1):
            f_t = sigmoid(a_f[T - k] + b_f)  # (B, H)
            product = product * f_t  # (B, H)
            left[n, k] = product.mean()
    return left
