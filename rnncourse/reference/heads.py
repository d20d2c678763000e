"""Write the three heads as one equation: an activation, prediction minus target, and a constant."""

from rnncourse.reference.output import sigmoid, softmax


def delta_y_heads(z, y, head):
    """Compute the gradient of the loss with respect to the logits, for each of the three heads.

    delta_y = kappa (y_hat - y) / B            {eq}`delta-y`

    Parameters
    ----------
    z : array of shape (T, B, K)
        Logits.
    y : array of shape (T, B, K)
        Targets: one-hot for "softmax", 0 or 1 for "sigmoid", real for "identity".
    head : {"softmax", "sigmoid", "identity"}
        With softmax goes cross-entropy (summed over the classes), with sigmoid binary cross-entropy (summed over the
        outputs), with the identity the squared error (mean over the outputs).

    Returns
    -------
    delta_y : array of shape (T, B, K)

    Raises
    ------
    ValueError
        If head is none of the three.

    Notes
    -----
    Source: ours; the notes use delta_y without defining it. The loss is a sum over time and a mean over the batch.
    """
    _, B, K = z.shape
    if head == "softmax":
        y_hat, kappa = softmax(z), 1  # (T, B, K)
    elif head == "sigmoid":
        y_hat, kappa = sigmoid(z), 1  # (T, B, K)
    elif head == "identity":
        y_hat, kappa = z, 2 / K  # (T, B, K)
    else:
        raise ValueError(f'head is {head!r}; expected "softmax", "sigmoid" or "identity"')
    return kappa * (y_hat - y) / B
