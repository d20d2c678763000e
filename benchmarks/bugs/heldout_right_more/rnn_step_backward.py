# %% id=typed-with-asserts style=vectorised mistakes="" origin="engineer with type hints and asserts on every gradient"
def rnn_step_backward(
    dh_t: np.ndarray, x_t: np.ndarray, h_prev: np.ndarray, h_t: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Gradients of one step: dx_t, dh_prev, dW_xh, dW_hh, db_h."""
    delta = dh_t * (1.0 - np.square(h_t))
    dx_t = np.matmul(delta, W_xh)
    dh_prev = np.matmul(delta, W_hh)
    dW_xh = np.matmul(delta.T, x_t)
    dW_hh = np.matmul(delta.T, h_prev)
    db_h = np.sum(delta, axis=0)
    for gradient, value in ((dx_t, x_t), (dh_prev, h_prev), (dW_xh, W_xh), (dW_hh, W_hh)):
        assert gradient.shape == value.shape, f"{gradient.shape} for {value.shape}"
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=written-into-buffers style=in-place mistakes="" origin="out= for every product"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = np.empty_like(dh_t)
    np.square(h_t, out=delta)
    np.subtract(1.0, delta, out=delta)
    np.multiply(dh_t, delta, out=delta)
    grads = [np.empty(like.shape) for like in (x_t, h_prev, W_xh, W_hh, W_hh[0])]
    np.matmul(delta, W_xh, out=grads[0])
    np.matmul(delta, W_hh, out=grads[1])
    np.matmul(delta.T, x_t, out=grads[2])
    np.matmul(delta.T, h_prev, out=grads[3])
    np.add.reduce(delta, axis=0, out=grads[4])
    return tuple(grads)


# %% id=batched-outer-products style=vectorised mistakes="" origin="an outer product for each sample by broadcasting, summed"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    d = (dh_t - dh_t * h_t**2)[:, :, np.newaxis]  # (B, H, 1)
    outer = lambda a: (d * a[:, np.newaxis, :]).sum(axis=0)
    along = lambda W: (d * W).sum(axis=1)
    return along(W_xh), along(W_hh), outer(x_t), outer(h_prev), d.sum(axis=0).ravel()


# %% id=pullback-of-linear-and-tanh style=closure mistakes="" origin="each operation returns its pullback"
def tanh_pullback(y):
    return lambda g: g * (1 + y) * (1 - y)


def linear_pullback(a, W):
    def pullback(g):
        return np.tensordot(g, W, axes=1), np.tensordot(g, a, axes=((0,), (0,)))

    return pullback


def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    back_tanh = tanh_pullback(h_t)
    back_x, back_h = linear_pullback(x_t, W_xh), linear_pullback(h_prev, W_hh)
    g = back_tanh(dh_t)
    (dx, dW_xh), (dh, dW_hh) = back_x(g), back_h(g)
    return dx, dh, dW_xh, dW_hh, np.ones(len(g)) @ g


# %% id=layers-with-grad-dicts style=class mistakes="" origin="layer classes in the style of an old course"
class Affine:
    def __init__(self, W):
        self.params, self.grads = [W], [np.zeros_like(W)]
        self.x = None

    def remember(self, x):
        self.x = x
        return self

    def backward(self, dout):
        (W,) = self.params
        self.grads[0][...] = np.dot(dout.T, self.x)
        return np.dot(dout, W)


class Tanh:
    def __init__(self, out):
        self.out = out

    def backward(self, dout):
        return dout * (1 - self.out**2)


def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    to_x, to_h = Affine(W_xh).remember(x_t), Affine(W_hh).remember(h_prev)
    dt = Tanh(h_t).backward(dh_t)
    dx, dh_prev = to_x.backward(dt), to_h.backward(dt)
    return dx, dh_prev, *to_x.grads, *to_h.grads, dt.sum(axis=0)


# %% id=unit-after-unit style=loop mistakes="" origin="one hidden unit at a time, vectors over the batch"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t = np.zeros(x_t.shape)
    dh_prev = np.zeros(h_prev.shape)
    rows_x, rows_h, db_h = [], [], []
    for j in range(h_t.shape[1]):
        d = dh_t[:, j] * (1 - h_t[:, j] ** 2)
        dx_t += np.outer(d, W_xh[j])
        dh_prev += np.outer(d, W_hh[j])
        rows_x.append(d @ x_t)
        rows_h.append(d @ h_prev)
        db_h.append(d.sum())
    return dx_t, dh_prev, np.array(rows_x), np.array(rows_h), np.array(db_h)


# %% id=np-matrix-for-all style=matrix mistakes="" origin="MATLAB habit: matrices and stars, the bias made flat by A1"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    X, P, W, U = map(np.asmatrix, (x_t, h_prev, W_xh, W_hh))
    D = np.asmatrix(np.multiply(dh_t, 1 - np.power(h_t, 2)))
    return D * W, D * U, D.T * X, D.T * P, D.sum(axis=0).A1
