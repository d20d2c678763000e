# %% id=bare-einsum style=einsum mistakes="" origin="einsum for each product, tanh' in factors"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = np.einsum("bh,bh,bh->bh", dh_t, 1 - h_t, 1 + h_t)
    return (
        np.einsum("bh,hd->bd", da, W_xh),
        np.einsum("bh,hk->bk", da, W_hh),
        np.einsum("bh,bd->hd", da, x_t),
        np.einsum("bh,bk->hk", da, h_prev),
        np.einsum("bh->h", da),
    )


# %% id=one-product-for-all-weights style=vectorised mistakes="" origin="block matrix [x, h, 1]"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    D, H = x_t.shape[1], h_prev.shape[1]
    delta = dh_t - dh_t * h_t * h_t
    v = np.c_[x_t, h_prev, np.ones(len(x_t))]
    dW = delta.T @ v
    dv = delta @ np.c_[W_xh, W_hh]
    dW_xh, dW_hh, db_h = np.split(dW, [D, D + H], axis=1)
    dx_t, dh_prev = np.split(dv, [D], axis=1)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h.ravel()


# %% id=outer-products-per-sample style=loop mistakes="" origin="the formula for one sample, summed"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev = np.zeros(x_t.shape), np.zeros(h_prev.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(len(W_hh))
    for b, (g, x, hp, h) in enumerate(zip(dh_t, x_t, h_prev, h_t)):
        δ = g * (1 - h**2)
        dW_xh += np.outer(δ, x)
        dW_hh += np.outer(δ, hp)
        db_h += δ
        dx_t[b] = W_xh.T @ δ
        dh_prev[b] = W_hh.T @ δ
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=hand-made-tape style=framework mistakes="" origin="ported from a small autograd engine"
class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, 0.0

    def __matmul__(self, other):
        return Node(self.value @ other.value, [(self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g)])

    def __add__(self, other):
        def shrink(g, to):
            return g if g.shape == to.shape else g.sum(axis=0)

        return Node(
            self.value + other.value,
            [(self, lambda g: shrink(g, self.value)), (other, lambda g: shrink(g, other.value))],
        )

    @property
    def T(self):
        return Node(self.value.T, [(self, lambda g: g.T)])

    def backward(self, g):
        self.grad = self.grad + g
        for parent, vjp in self.parents:
            parent.backward(vjp(g))


def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    x, h, W, U, b = leaves = [Node(v) for v in (x_t, h_prev, W_xh, W_hh, np.zeros(len(W_hh)))]
    pre = x @ W.T + h @ U.T + b
    pre.backward(dh_t * (1 - np.square(h_t)))
    return tuple(leaf.grad for leaf in leaves)


# %% id=column-names-of-the-course style=columns mistakes="" origin="ported from code with samples in columns"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da_next, xt, a_prev, a_next = dh_t.T, x_t.T, h_prev.T, h_t.T
    dtanh = (1 - a_next * a_next) * da_next  # (n_a, m)
    gradients = {}
    gradients["dxt"] = np.dot(W_xh.T, dtanh)
    gradients["dWax"] = np.dot(dtanh, xt.T)
    gradients["da_prev"] = np.dot(W_hh.T, dtanh)
    gradients["dWaa"] = np.dot(dtanh, a_prev.T)
    gradients["dba"] = np.sum(dtanh, axis=1, keepdims=True)
    order = ["dxt", "da_prev", "dWax", "dWaa", "dba"]
    g = [gradients[name] for name in order]
    return g[0].T, g[1].T, g[2], g[3], g[4][:, 0]


# %% id=unit-by-unit-scalars style=loop mistakes="" origin="C programmer"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    (B, D), H = x_t.shape, h_t.shape[1]
    dx, dhp = np.zeros((B, D)), np.zeros((B, H))
    dW, dU, db = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    for b in range(B):
        for j in range(H):
            d = dh_t[b, j] * (1.0 - h_t[b, j] * h_t[b, j])
            db[j] += d
            for i in range(D):
                dW[j, i] += d * x_t[b, i]
                dx[b, i] += d * W_xh[j, i]
            for i in range(H):
                dU[j, i] += d * h_prev[b, i]
                dhp[b, i] += d * W_hh[j, i]
    return dx, dhp, dW, dU, db
