# %% id=hints-asserts-and-a-docstring style=vectorised mistakes="" origin="engineer with type hints and shape asserts"
def rnn_step(
    x_t: np.ndarray, h_prev: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray, b_h: np.ndarray
) -> np.ndarray:
    """Advance the state by one step.

    Args:
        x_t: inputs, (B, D).
        h_prev: states before, (B, H).

    Returns:
        States after, (B, H).
    """
    (batch, n_in), (batch_h, n_hidden) = x_t.shape, h_prev.shape
    assert batch == batch_h, f"{batch} inputs, {batch_h} states"
    assert W_xh.shape == (n_hidden, n_in)
    assert W_hh.shape == (n_hidden, n_hidden)
    assert b_h.shape == (n_hidden,)
    pre_activation = np.matmul(x_t, W_xh.T) + np.matmul(h_prev, W_hh.T) + b_h
    h_t = np.tanh(pre_activation)
    assert h_t.shape == h_prev.shape
    return h_t


# %% id=everything-into-one-buffer style=in-place mistakes="" origin="out= arguments, no temporary more than needed"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = np.empty(h_prev.shape)
    recurrent = np.empty_like(a)
    np.matmul(x_t, W_xh.T, out=a)
    np.matmul(h_prev, W_hh.T, out=recurrent)
    np.add(a, recurrent, out=a)
    np.add(a, b_h, out=a)
    np.tanh(a, out=a)
    return a


# %% id=vectorize-with-a-signature style=functional mistakes="" origin="np.vectorize as a vmap"
_one = np.vectorize(
    lambda x, h, W, U, b: np.tanh(W.dot(x) + U.dot(h) + b), signature="(d),(h),(h,d),(h,h),(h)->(h)"
)


def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return _one(x_t, h_prev, W_xh, W_hh, b_h)


# %% id=frozen-dataclass-called style=class mistakes="" origin="dataclass with __call__"
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    W: np.ndarray
    U: np.ndarray
    b: np.ndarray

    def preactivation(self, x, h):
        return np.tensordot(x, self.W, axes=(1, 1)) + np.tensordot(h, self.U, axes=(1, 1)) + self.b

    def __call__(self, x, h):
        return np.tanh(self.preactivation(x, h))


def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    cell = Cell(W=W_xh, U=W_hh, b=b_h)
    return cell(x_t, h_prev)


# %% id=column-of-weights-at-a-time style=loop mistakes="" origin="adds what each input contributes, as outer products"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    total = np.repeat(b_h[None, :], len(x_t), axis=0).astype(float)
    for d in range(x_t.shape[1]):
        total += np.outer(x_t[:, d], W_xh[:, d])
    for k in range(h_prev.shape[1]):
        total += np.outer(h_prev[:, k], W_hh[:, k])
    return np.tanh(total)


# %% id=rows-in-a-list style=loop mistakes="" origin="a list of rows, then np.array"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    rows = []
    for x, h in zip(x_t, h_prev):
        row = [np.tanh(w @ x + u @ h + b) for w, u, b in zip(W_xh, W_hh, b_h)]
        rows.append(row)
    return np.array(rows)


# %% id=np-matrix-with-stars style=matrix mistakes="" origin="MATLAB habit: np.asmatrix, * for products"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    X, Hp, W, U, b = map(np.asmatrix, (x_t, h_prev, W_xh, W_hh, b_h))
    return np.tanh(X * W.T + Hp * U.T + b)
