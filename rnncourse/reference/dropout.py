"""Drop units between layers (inverted dropout): a fresh mask at every step, or one mask for the whole sequence."""

import numpy as np


def dropout(x, rate, rng, per="step", train=True):
    """Drop each entry with probability `rate` and scale the rest, so that the mean stays what it was.

    y = x * mask,   mask = Bernoulli(1 - rate) / (1 - rate)            {eq}`inverted-dropout`

    Parameters
    ----------
    x : array of shape (T, B, H)
        What one layer hands to the next: never the recurrent h^(t-1), which would lose its memory to T masks.
    rate : float
        Probability of dropping, 0 <= rate < 1.
    rng : numpy.random.Generator
    per : {"step", "sequence"}
        Draw a mask at every step, or one mask that all steps share.
    train : bool, optional
        False (evaluation) returns x unchanged and a mask of ones.

    Returns
    -------
    y : array of shape (T, B, H)
    mask : array of shape (T, B, H) or (1, B, H)
        The backward pass is ``dx = dy * mask``.

    Raises
    ------
    ValueError
        If rate is not in [0, 1), or per is neither "step" nor "sequence".

    Notes
    -----
    Source: the notes, RNN, list of techniques, 1; one mask per sequence: Gal and Ghahramani (2016), arXiv:1512.05287.
    """
    if not 0 <= rate < 1:
        raise ValueError(f"rate is {rate}; expected 0 <= rate < 1: the probability of dropping an entry")
    if per not in ("step", "sequence"):
        raise ValueError(f'per is {per!r}; expected "step" or "sequence"')
    T, B, H = x.shape
    mask_shape = (T, B, H) if per == "step" else (1, B, H)
    if not train:
        return x, np.ones(mask_shape, x.dtype)
    keep = rng.random(mask_shape) >= rate  # (T, B, H) or (1, B, H)
    mask = keep.astype(x.dtype) / (1 - rate)
    return x * mask, mask.astype(x.dtype)
