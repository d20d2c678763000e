"""Lay out the arrays of the vectorised cells: v^(t) = [h^(t-1); x^(t); 1], all steps in one block."""

from rnncourse.numpy.memory import empty


def stack_inputs(x, h0):
    """Stack everything that weights and bias act on, so that a pre-activation is one product.

    Parameters
    ----------
    x : array of shape (T, B, D)
    h0 : array of shape (B, H)

    Returns
    -------
    v : array of shape (T + 1, B, H + D + 1)
        Row t is [h^(t); x^(t+1); 1]. Only h^(0) is there yet: the cell writes h^(t) into ``v[t, :, :H]``. The last row
        holds h^(T) alone.
    """
    (T, B, D), H = x.shape, h0.shape[1]
    v = empty((T + 1, B, H + D + 1), x.dtype)
    v[0, :, :H] = h0
    v[:-1, :, H:-1] = x
    v[:-1, :, -1] = 1
    return v


def flat(a):
    """Reshape (T, B, n) to (T B, n): time and batch are one axis for whatever sums over both."""
    return a.reshape(-1, a.shape[-1])


def by_gate(a, n):
    """View (T, B, n H) as (T, n, B, H): a product gives all gates of a sample in a row, sums want gate by gate."""
    T, B, nH = a.shape
    return a.reshape(T, B, n, nH // n).transpose(0, 2, 1, 3)
