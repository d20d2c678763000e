"""List the shape of every array of an RNN's forward pass, from five sizes."""


def shapes(T, B, D, H, K):
    """List the shapes of the inputs, states, weights and outputs of an RNN with an output layer.

    Time comes first, a sample is a row, and a weight is (to, from).

    Parameters
    ----------
    T, B, D, H, K : int
        Time steps, samples, input features, hidden units, outputs.

    Returns
    -------
    by_name : dict of str to tuple of int

    Notes
    -----
    Source: `rnncourse.notation`, where the same shapes stand as letters.
    """
    return {
        "x": (T, B, D),
        "h0": (B, H),
        "W_xh": (H, D),
        "W_hh": (H, H),
        "b_h": (H,),
        "h": (T, B, H),
        "W_hy": (K, H),
        "b_y": (K,),
        "z": (T, B, K),
    }
