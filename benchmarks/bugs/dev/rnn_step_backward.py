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

# %% id=tanh-of-the-state style=vectorised mistakes="the derivative is 1 - tanh(h_t)^2, tanh is applied to the state once more" origin="specialisation, dtanh with a_next"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dtanh = (1 - np.tanh(h_t) ** 2) * dh_t
    dx_t = np.dot(dtanh, W_xh)
    dh_prev = np.dot(dtanh, W_hh)
    dW_xh = np.dot(dtanh.T, x_t)
    dW_hh = np.dot(dtanh.T, h_prev)
    db_h = np.sum(dtanh, axis=0)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h

# %% id=last-sample-wins style=per-sample mistakes="dW_xh is overwritten by each sample instead of summed" origin="= for +="
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev = np.zeros(x_t.shape), np.zeros(h_prev.shape)
    dW_xh, dW_hh, db_h = np.zeros(W_xh.shape), np.zeros(W_hh.shape), np.zeros(len(W_hh))
    for n in range(len(dh_t)):
        g = dh_t[n] * (1 - h_t[n] * h_t[n])
        dx_t[n] = W_xh.T @ g
        dh_prev[n] = W_hh.T @ g
        dW_xh = np.outer(g, x_t[n])
        dW_hh += np.outer(g, h_prev[n])
        db_h += g
    return dx_t, dh_prev, dW_xh, dW_hh, db_h

# %% id=past-without-the-slope style=einsum mistakes="dh_prev is made from dh_t, without the derivative of tanh" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = np.einsum("bh,bh->bh", dh_t, 1 - np.square(h_t))
    return (
        np.einsum("bh,hd->bd", delta, W_xh),
        np.einsum("bh,hk->bk", dh_t, W_hh),
        np.einsum("bh,bd->hd", delta, x_t),
        np.einsum("bh,bk->hk", delta, h_prev),
        np.einsum("bh->h", delta),
    )

# %% id=one-over-m-again style=layout mistakes="the gradients of the weights are divided by the batch size" origin="specialisation, dW = 1/m dZ A.T"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dZ = (dh_t * (1 - h_t**2)).T
    m = dZ.shape[1]
    dWax = 1 / m * dZ @ x_t
    dWaa = 1 / m * dZ @ h_prev
    dba = 1 / m * dZ.sum(axis=1)
    dxt = W_xh.T @ dZ
    da_prev = W_hh.T @ dZ
    return dxt.T, da_prev.T, dWax, dWaa, dba

# %% id=slope-after-the-matrix style=class mistakes="in dh_prev the derivative of tanh is multiplied after W_hh instead of before" origin="order of the chain rule"
class StepBackward:
    def __init__(self, W_xh, W_hh):
        self.W_xh, self.W_hh = W_xh, W_hh

    def weights(self, delta, x, h):
        return delta.T @ x, delta.T @ h, delta.sum(axis=0)

    def inputs(self, dh, slope):
        dx = (dh * slope) @ self.W_xh
        dh_prev = (dh @ self.W_hh) * slope
        return dx, dh_prev

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    back = StepBackward(W_xh, W_hh)
    slope = 1 - h_t**2
    return *back.inputs(dh_t, slope), *back.weights(dh_t * slope, x_t, h_prev)

# %% id=bias-takes-dh style=vectorised mistakes="db_h sums dh_t, without the derivative of tanh" origin="variable mixed up"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t * (1.0 - h_t) * (1.0 + h_t)
    dW_xh, dW_hh = da.T.dot(x_t), da.T.dot(h_prev)
    db_h = dh_t.sum(0)
    dx_t, dh_prev = da.dot(W_xh), da.dot(W_hh)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h

# %% id=recurrent-outer-turned style=stacked mistakes="dW_hh is transposed" origin="both products have the shape (H, H)"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    W = np.hstack((W_xh, W_hh))
    D = x_t.shape[1]
    delta = (1 - h_t * h_t) * dh_t
    d_input = delta @ W
    dW_xh = np.matmul(delta.T, x_t)
    dW_hh = np.matmul(h_prev.T, delta)
    return d_input[:, :D], d_input[:, D:], dW_xh, dW_hh, delta.sum(axis=0)

# %% id=logistic-slope-new-state style=dict mistakes="the derivative is that of a sigmoid, h (1 - h); dW_hh is built with h_t instead of h_prev" origin="copied from a gate"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    grads = {}
    da = dh_t * h_t * (1 - h_t)
    grads["x"] = da @ W_xh
    grads["h"] = da @ W_hh
    grads["W_xh"] = da.T @ x_t
    grads["W_hh"] = da.T @ h_t
    grads["b"] = da.sum(axis=0)
    return grads["x"], grads["h"], grads["W_xh"], grads["W_hh"], grads["b"]

# %% id=turned-back-and-averaged-bias style=framework mistakes="W_hh is transposed in dh_prev; db_h is a mean over the batch" origin="ported from a linear-layer backward with (in, out) weights"
def linear_backward(grad, inp, weight):
    return grad @ weight, grad.T @ inp

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    grad = dh_t * (1 - h_t**2)
    grad_x, grad_wx = linear_backward(grad, x_t, W_xh)
    grad_h, grad_wh = linear_backward(grad, h_prev, W_hh)
    grad_h = grad @ W_hh.T
    return grad_x, grad_h, grad_wx, grad_wh, grad.mean(axis=0)

# %% id=slope-of-the-past-raw-dx style=loop mistakes="the derivative of tanh is taken at h_prev; dx_t is made from dh_t, without the derivative" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    B, H = dh_t.shape
    D = x_t.shape[1]
    delta = np.zeros((B, H))
    dx_t, dh_prev = np.zeros((B, D)), np.zeros((B, H))
    dW_xh, dW_hh, db_h = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    for b in range(B):
        for j in range(H):
            delta[b, j] = dh_t[b, j] * (1 - h_prev[b, j] ** 2)
            for d in range(D):
                dx_t[b, d] += W_xh[j, d] * dh_t[b, j]
                dW_xh[j, d] += delta[b, j] * x_t[b, d]
            for k in range(H):
                dh_prev[b, k] += W_hh[j, k] * delta[b, j]
                dW_hh[j, k] += delta[b, j] * h_prev[b, k]
            db_h[j] += delta[b, j]
    return dx_t, dh_prev, dW_xh, dW_hh, db_h

# %% id=three-for-one-sample-code style=per-sample mistakes="the derivative is (1 - h_t)^2; dW_hh keeps the last sample only; dh_t is added to dh_prev" origin="code for one sample, wrapped"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dxs, dhs = [], []
    dW_xh, db_h = 0, 0
    for dh, x, hp, h in zip(dh_t, x_t, h_prev, h_t):
        da = dh * (1 - h) ** 2
        dxs.append(da @ W_xh)
        dhs.append(dh + da @ W_hh)
        dW_xh = dW_xh + da[:, None] * x
        dW_hh = da[:, None] * hp
        db_h = db_h + da
    return np.array(dxs), np.array(dhs), dW_xh, dW_hh, db_h

# %% id=recomputed-and-two-more style=recompute mistakes="the pre-activation is computed again without the bias, so the derivative is taken at the wrong point; dW_hh is transposed; dW_xh is divided by the batch size" origin="beginner who does not trust h_t"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    a = x_t @ W_xh.T + h_prev @ W_hh.T
    delta_h = dh_t / np.cosh(a) ** 2
    dW_xh = delta_h.T @ x_t / len(x_t)
    dW_hh = np.einsum("bi,bj->ji", delta_h, h_prev)
    return delta_h @ W_xh, delta_h @ W_hh, dW_xh, dW_hh, delta_h.sum(axis=0)
