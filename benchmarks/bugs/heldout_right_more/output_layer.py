# %% id=recursion-over-the-axes style=recursion mistakes="" origin="peels off axes until one state is left"
def output_layer(h, W_hy, b_y):
    if h.ndim == 1:
        return W_hy @ h + b_y
    return np.stack([output_layer(part, W_hy, b_y) for part in h])


# %% id=ellipsis-einsum style=einsum mistakes="" origin="einsum with an ellipsis"
def output_layer(h, W_hy, b_y):
    return np.einsum("...h,kh->...k", h, W_hy) + b_y


# %% id=weights-from-the-left style=columns mistakes="" origin="swapaxes, W @ h as on the blackboard"
def output_layer(h, W_hy, b_y):
    columns = np.swapaxes(h, 1, 2)  # (T, H, B)
    z = np.matmul(W_hy, columns) + b_y[:, None]
    return np.swapaxes(z, 1, 2)


# %% id=inner-product style=vectorised mistakes="" origin="np.inner sums over both last axes"
def output_layer(h: np.ndarray, W_hy: np.ndarray, b_y: np.ndarray) -> np.ndarray:
    """Logits of all steps.

    >>> output_layer(np.ones((1, 1, 2)), np.ones((3, 2)), np.zeros(3)).tolist()
    [[[2.0, 2.0, 2.0]]]
    """
    assert h.shape[-1] == W_hy.shape[-1], "h and W_hy do not fit"
    return np.add(np.inner(h, W_hy), b_y)


# %% id=four-loops-and-a-sum style=loop mistakes="" origin="beginner with four loops"
def output_layer(h, W_hy, b_y):
    T = h.shape[0]
    B = h.shape[1]
    H = h.shape[2]
    K = W_hy.shape[0]
    z = np.zeros((T, B, K))
    for t in range(T):
        for i in range(B):
            for k in range(K):
                s = 0
                for j in range(H):
                    s = s + W_hy[k][j] * h[t][i][j]
                z[t][i][k] = s + b_y[k]
    return z


# %% id=steps-yielded style=generator mistakes="" origin="a generator of steps, stacked"
def _steps(h, W_hy, b_y):
    for h_t in h:
        z_t = h_t.dot(W_hy.T)
        np.add(z_t, b_y, out=z_t)
        yield z_t


def output_layer(h, W_hy, b_y):
    return np.stack(tuple(_steps(h, W_hy, b_y)), axis=0)


# %% id=bound-method-of-a-head style=class mistakes="" origin="the exercise's name given to a bound method"
class Head:
    __slots__ = ("calls",)

    def __init__(self):
        self.calls = 0

    def logits(self, h, W_hy, b_y):
        self.calls += 1
        return np.moveaxis(np.tensordot(W_hy, h, axes=(1, 2)), 0, 2) + b_y


output_layer = Head().logits
