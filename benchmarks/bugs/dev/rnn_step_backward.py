# %% id=column-vectors style=layout mistakes="" origin="ported from rnn_cell_backward in (n_a, m)"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    xt, a_prev, a_next, da_next = x_t.T, h_prev.T, h_t.T, dh_t.T
    dtanh = (1 - a_next * a_next) * da_next
    grads = {"dxt": np.dot(W_xh.T, dtanh), "da_prev": np.dot(W_hh.T, dtanh)}
    grads["dWax"] = np.dot(dtanh, xt.T)
    grads["dWaa"] = np.dot(dtanh, a_prev.T)
    grads["dba"] = np.sum(dtanh, axis=1, keepdims=True)
    return grads["dxt"].T, grads["da_prev"].T, grads["dWax"], grads["dWaa"], grads["dba"].ravel()

# %% id=one-augmented-matrix style=augmented mistakes="" origin="lecture notes with [x; h; 1]"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    D, H = x_t.shape[1], h_t.shape[1]
    v = np.hstack([x_t, h_prev, np.ones((len(x_t), 1))])
    g = dh_t - dh_t * h_t**2
    dW = g.T @ v
    dv = g @ np.hstack([W_xh, W_hh])
    dx, dh = np.split(dv, [D], axis=1)
    return (dx, dh) + (dW[:, :D], dW[:, D : D + H], dW[:, -1])

# %% id=tape-of-closures style=autograd mistakes="" origin="a homemade autograd"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    grads, tape = {}, []

    def tanh_vjp(g):
        return g * (1 + h_t) * (1 - h_t)

    def linear_vjp(v, W, names):
        def run(g):
            grads[names[0]], grads[names[1]] = g @ W, np.einsum("bo,bi->oi", g, v)
        return run

    tape += [linear_vjp(x_t, W_xh, ("x", "Wx")), linear_vjp(h_prev, W_hh, ("h", "Wh"))]
    tape.append(lambda g: grads.update(b=g.sum(axis=0)))
    g = tanh_vjp(dh_t)
    for node in reversed(tape):
        node(g)
    return tuple(grads[n] for n in ("x", "h", "Wx", "Wh", "b"))

# %% id=sum-of-outer-products style=per-sample mistakes="" origin="beginner"
from functools import reduce

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    def sample(dh, x, hp, h):
        delta = dh / np.cosh(np.arctanh(h)) ** 2
        return [W_xh.T.dot(delta), W_hh.T.dot(delta), np.outer(delta, x), np.outer(delta, hp), delta]

    per = [sample(*row) for row in zip(dh_t, x_t, h_prev, h_t)]
    first = [np.stack([p[k] for p in per]) for k in (0, 1)]
    return *first, *(reduce(np.add, [p[k] for p in per]) for k in (2, 3, 4))

# %% id=derivative-not-squared style=vectorised mistakes="the derivative of tanh is 1 - h" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t * (1 - h_t)
    dW_xh, dW_hh = da.T @ x_t, da.T @ h_prev
    return da @ W_xh, da @ W_hh, dW_xh, dW_hh, np.sum(da, axis=0)

# %% id=recurrent-gradient-transposed style=einsum mistakes="dW_hh is transposed" origin="h_prev.T @ delta"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    d = dh_t * (1 - np.square(h_t))
    dx = np.einsum("bh,hd->bd", d, W_xh)
    dh = np.einsum("bh,hk->bk", d, W_hh)
    gWx = np.einsum("bh,bd->hd", d, x_t)
    gWh = np.einsum("bh,bk->kh", d, h_prev)
    return dx, dh, gWx, gWh, np.einsum("bh->h", d)

# %% id=bias-takes-the-outer-gradient style=framework mistakes="db_h sums dh_t, without the derivative of tanh" origin="ported code"
class TanhCell:
    def __init__(self, wx, wh):
        self.wx, self.wh = wx, wh

    def backward(self, grad_output, saved):
        x, h, out = saved
        grad_pre = grad_output * (1 - out**2)
        grad_bias = grad_output.sum(0)
        return grad_pre.dot(self.wx), grad_pre.dot(self.wh), grad_pre.T.dot(x), grad_pre.T.dot(h), grad_bias

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return TanhCell(W_xh, W_hh).backward(dh_t, (x_t, h_prev, h_t))

# %% id=wrong-neighbour-and-batch-mean style=vectorised mistakes="dW_hh reads h_t instead of h_prev; dW_xh is a mean over the batch" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    n = x_t.shape[0]
    local = 1 - h_t * h_t
    delta = np.multiply(dh_t, local)
    dW_x = np.dot(delta.T, x_t) / n
    dW_h = np.dot(delta.T, h_t)
    db = delta.sum(axis=0)
    return np.dot(delta, W_xh), np.dot(delta, W_hh), dW_x, dW_h, db

# %% id=derivative-at-the-old-state-forward-matrix style=loop mistakes="the derivative of tanh is taken at h_prev; W_hh is transposed in dh_prev" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    B, H = dh_t.shape
    dx, dhp = np.zeros_like(x_t), np.zeros_like(h_prev)
    gx, gh, gb = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(H)
    for b in range(B):
        for i in range(H):
            e = dh_t[b, i] * (1 - h_prev[b, i] ** 2)
            gb[i] += e
            gx[i] += e * x_t[b]
            gh[i] += e * h_prev[b]
            dx[b] += e * W_xh[i]
            dhp[b] += e * W_hh[:, i]
    return dx, dhp, gx, gh, gb

# %% id=residual-minus-mean style=stepwise mistakes="dh_t is added to dh_prev; dx_t has the wrong sign; db_h is a mean over the batch" origin="half a residual network"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    slope = 1.0 - h_t**2
    grad_a = slope * dh_t
    out = {}
    out["x"] = -grad_a @ W_xh
    out["prev"] = grad_a @ W_hh + dh_t
    out["Wx"] = grad_a.T @ x_t
    out["Wh"] = grad_a.T @ h_prev
    out["b"] = grad_a.mean(axis=0)
    return out["x"], out["prev"], out["Wx"], out["Wh"], out["b"]

# %% id=dx-skips-tanh-twice-derived style=lambda mistakes="dx_t lacks the derivative of tanh; dW_hh has the derivative of tanh twice; dW_xh is built with dh_t, without the derivative" origin="invented"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    tanh_grad = lambda up: up * (1 - np.power(h_t, 2))
    dz = tanh_grad(dh_t)
    return (
        np.matmul(dh_t, W_xh),
        np.matmul(dz, W_hh),
        np.matmul(dh_t.T, x_t),
        np.matmul(tanh_grad(dz).T, h_prev),
        dz.sum(axis=0),
    )
