# %% id=straight-through style=vectorised mistakes="the derivative of tanh is missing" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = dh_t
    dW_xh = delta_h.T @ x_t
    dW_hh = delta_h.T @ h_prev
    db_h = delta_h.sum(axis=0)
    return delta_h @ W_xh, delta_h @ W_hh, dW_xh, dW_hh, db_h


# %% id=sigmoid-habit style=vectorised mistakes="the derivative of tanh is 1 - h" origin="forgotten square"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da = dh_t * (1 - h_t)
    dx_t = np.dot(da, W_xh)
    dh_prev = np.dot(da, W_hh)
    dW_xh = np.dot(da.T, x_t)
    dW_hh = np.dot(da.T, h_prev)
    db_h = np.sum(da, axis=0)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=tanh-of-the-state style=framework mistakes="tanh is applied to h_t again in the derivative" origin="thinks h_t is a pre-activation"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    def dtanh(v):
        return 1 - np.tanh(v) ** 2

    d = dh_t * dtanh(h_t)
    return d @ W_xh, d @ W_hh, d.T @ x_t, d.T @ h_prev, d.sum(0)


# %% id=square-gradient-either-way style=einsum mistakes="dW_hh is transposed" origin="both products fit"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = dh_t * (1 - np.square(h_t))
    dx = np.einsum("bh,hd->bd", delta, W_xh)
    dh = np.einsum("bh,hg->bg", delta, W_hh)
    dWx = np.einsum("bh,bd->hd", delta, x_t)
    dWh = np.einsum("bh,bg->gh", delta, h_prev)
    return dx, dh, dWx, dWh, np.einsum("bh->h", delta)


# %% id=transposed-like-forward style=vectorised mistakes="W_hh is transposed in dh_prev" origin="copies the transpose of the forward pass"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = (1.0 - h_t * h_t) * dh_t
    dx_t = delta_h @ W_xh
    dh_prev = delta_h @ W_hh.T
    dW_xh, dW_hh = delta_h.T @ x_t, delta_h.T @ h_prev
    return dx_t, dh_prev, dW_xh, dW_hh, delta_h.sum(axis=0)


# %% id=new-state-for-old style=per-sample mistakes="dW_hh reads h_t instead of h_prev" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev = np.zeros_like(x_t), np.zeros_like(h_prev)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(W_hh.shape[0])
    for n in range(x_t.shape[0]):
        delta = dh_t[n] * (1 - h_t[n] ** 2)
        dx_t[n] = W_xh.T @ delta
        dh_prev[n] = W_hh.T @ delta
        dW_xh += np.outer(delta, x_t[n])
        dW_hh += np.outer(delta, h_t[n])
        db_h += delta
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=bias-by-mean style=vectorised mistakes="db_h is a mean over the batch" origin="np.mean habit"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dtanh = (1 - h_t ** 2) * dh_t
    db_h = dtanh.mean(axis=0)
    return dtanh @ W_xh, dtanh @ W_hh, dtanh.T @ x_t, dtanh.T @ h_prev, db_h


# %% id=last-sample-wins style=per-sample mistakes="dW_xh keeps one sample only" origin="forgotten +="
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = dh_t * (1 - h_t * h_t)
    dW_hh = np.zeros(W_hh.shape)
    dW_xh = np.zeros(W_xh.shape)
    for d, xi, hi in zip(delta, x_t, h_prev):
        dW_hh += d[:, None] * hi[None, :]
        dW_xh = d[:, None] * xi[None, :]
    return delta @ W_xh, delta @ W_hh, dW_xh, dW_hh, delta.sum(axis=0)


# %% id=scaled-incoming-gradient style=in-place mistakes="dh_t is changed in place" origin="performance-minded beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = dh_t
    delta_h *= 1 - h_t ** 2
    return delta_h @ W_xh, delta_h @ W_hh, delta_h.T @ x_t, delta_h.T @ h_prev, delta_h.sum(axis=0)


# %% id=dx-before-tanh-and-transposed style=vectorised mistakes="the derivative of tanh is missing in dx_t; dW_hh is transposed" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = dh_t * (1 - h_t ** 2)
    dx_t = dh_t @ W_xh
    dh_prev = delta_h @ W_hh
    dW_xh = delta_h.T @ x_t
    dW_hh = h_prev.T @ delta_h
    db_h = delta_h.sum(axis=0)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=new-state-and-mean-bias style=layout mistakes="dW_hh reads h_t instead of h_prev; db_h is a mean over the batch" origin="lecture notes with columns"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    da_next, xt, a_prev, a_next = dh_t.T, x_t.T, h_prev.T, h_t.T
    dtanh = (1 - a_next ** 2) * da_next
    dxt = W_xh.T @ dtanh
    dWax = dtanh @ xt.T
    da_prev = W_hh.T @ dtanh
    dWaa = dtanh @ a_next.T
    dba = np.mean(dtanh, axis=1)
    return dxt.T, da_prev.T, dWax, dWaa, dba


# %% id=averaged-weights style=einsum mistakes="dW_xh is divided by B; dW_hh is divided by B" origin="takes the mean over the batch a second time"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    B = x_t.shape[0]
    delta = np.einsum("bh,bh->bh", dh_t, 1 - h_t ** 2)
    dW_xh = np.einsum("bh,bd->hd", delta, x_t) / B
    dW_hh = np.einsum("bh,bg->hg", delta, h_prev) / B
    return delta @ W_xh, delta @ W_hh, dW_xh, dW_hh, delta.sum(axis=0)


# %% id=old-derivative-and-transposed style=class mistakes="the derivative of tanh is taken at h_prev; W_hh is transposed in dh_prev" origin="beginner"
class StepBackward:
    def __init__(self, cache):
        self.x_t, self.h_prev, self.h_t, self.W_xh, self.W_hh = cache

    def __call__(self, dh_out):
        da = dh_out * (1 - self.h_prev ** 2)
        dx = da.dot(self.W_xh)
        dprev = da.dot(self.W_hh.T)
        return dx, dprev, da.T.dot(self.x_t), da.T.dot(self.h_prev), da.sum(axis=0)

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return StepBackward((x_t, h_prev, h_t, W_xh, W_hh))(dh_t)


# %% id=no-tanh-in-the-bias-and-plus style=vectorised mistakes="the derivative of tanh is 1 + h**2; the derivative of tanh is missing in db_h" origin="confused with tan"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    g = dh_t * (1 + h_t ** 2)
    db_h = np.sum(dh_t, axis=0)
    return g @ W_xh, g @ W_hh, g.T @ x_t, g.T @ h_prev, db_h


# %% id=three-squares style=vectorised mistakes="dW_hh is transposed; W_hh is transposed in dh_prev; the derivative of tanh is 1 - h" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = np.multiply(dh_t, 1 - h_t)
    dx_t = np.matmul(delta_h, W_xh)
    dh_prev = np.matmul(delta_h, W_hh.T)
    dW_xh = np.matmul(delta_h.T, x_t)
    dW_hh = np.matmul(h_prev.T, delta_h)
    db_h = delta_h.sum(axis=0)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=three-outputs-raw style=per-sample mistakes="the derivative of tanh is missing in dh_prev; dW_hh reads h_t instead of h_prev; db_h keeps one sample only" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    B, H = dh_t.shape
    dx_t = np.zeros((B, x_t.shape[1]))
    dh_prev = np.zeros((B, H))
    dW_xh = np.zeros((H, x_t.shape[1]))
    dW_hh = np.zeros((H, H))
    db_h = np.zeros(H)
    for i in range(B):
        d = dh_t[i] * (1 - h_t[i] * h_t[i])
        dx_t[i] = d @ W_xh
        dh_prev[i] = dh_t[i] @ W_hh
        for j in range(H):
            dW_xh[j] += d[j] * x_t[i]
            dW_hh[j] += d[j] * h_t[i]
        db_h = d
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


# %% id=again-mean-transposed style=framework mistakes="tanh is applied to h_t again in the derivative; db_h is a mean over the batch; dW_hh is transposed" origin="ported from a feed-forward net"
def tanh_backward(dh_out, cache):
    return dh_out * (1 - np.tanh(cache) ** 2)

def linear_backward(dh_out, inp, W):
    return dh_out @ W, dh_out.T @ inp

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dz = tanh_backward(dh_t, h_t)
    dx, dwx = linear_backward(dz, x_t, W_xh)
    dh, dwh = linear_backward(dz, h_prev, W_hh)
    return dx, dh, dwx, dwh.T, dz.mean(axis=0)


# %% id=one-sample-at-a-time style=per-sample mistakes="" origin="beginner"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx, dh, dWx, dWh, db = [], [], 0, 0, 0
    for g, x, hp, h in zip(dh_t, x_t, h_prev, h_t):
        delta = (1 - h ** 2) * g
        dx.append(W_xh.T @ delta)
        dh.append(W_hh.T @ delta)
        dWx = dWx + np.outer(delta, x)
        dWh = dWh + np.outer(delta, hp)
        db = db + delta
    return np.array(dx), np.array(dh), dWx, dWh, db


# %% id=columns style=layout mistakes="" origin="course with arrays (n_a, m)"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dz = (1 - np.square(h_t.T)) * dh_t.T
    dxt = np.dot(W_xh.T, dz)
    da_prev = np.dot(W_hh.T, dz)
    dWax = np.dot(dz, x_t)
    dWaa = np.dot(dz, h_prev)
    dba = np.sum(dz, axis=1, keepdims=True)
    return dxt.T, da_prev.T, dWax, dWaa, dba.ravel()


# %% id=einsum-from-three style=einsum mistakes="" origin="einsum user"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    slope = 1 - h_t * h_t
    dx = np.einsum("bh,bh,hd->bd", dh_t, slope, W_xh)
    dprev = np.einsum("bh,bh,hg->bg", dh_t, slope, W_hh)
    dwx = np.einsum("bh,bh,bd->hd", dh_t, slope, x_t)
    dwh = np.einsum("bh,bh,bg->hg", dh_t, slope, h_prev)
    return dx, dprev, dwx, dwh, np.einsum("bh,bh->h", dh_t, slope)


# %% id=one-stacked-product style=layout mistakes="" origin="stacks x, h and a constant 1"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    D, H = W_xh.shape[1], W_hh.shape[0]
    delta = dh_t - dh_t * h_t ** 2
    inputs = np.hstack([x_t, h_prev, np.ones((len(x_t), 1))])
    dW = delta.T @ inputs
    dinputs = delta @ np.hstack([W_xh, W_hh])
    dx_t, dh_prev = np.split(dinputs, [D], axis=1)
    return dx_t, dh_prev, dW[:, :D], dW[:, D:D + H], dW[:, -1]


# %% id=difference-of-squares style=broadcasting mistakes="" origin="writes (1 - h)(1 + h)"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    d = dh_t * (1 - h_t) * (1 + h_t)
    dW_xh = (d[:, :, None] * x_t[:, None, :]).sum(axis=0)
    dW_hh = (d[:, :, None] * h_prev[:, None, :]).sum(axis=0)
    dx_t = (d[:, :, None] * W_xh[None]).sum(axis=1)
    dh_prev = (d[:, :, None] * W_hh[None]).sum(axis=1)
    return dx_t, dh_prev, dW_xh, dW_hh, np.ones(len(d)) @ d


# %% id=own-copy-in-place style=in-place mistakes="" origin="performance-minded"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = h_t.copy()
    delta *= delta
    np.subtract(1.0, delta, out=delta)
    delta *= dh_t
    out = [delta @ W_xh, delta @ W_hh, np.empty(W_xh.shape), np.empty(W_hh.shape), np.add.reduce(delta)]
    np.matmul(delta.T, x_t, out=out[2])
    np.matmul(delta.T, h_prev, out=out[3])
    return tuple(out)


# %% id=tape style=class mistakes="" origin="ported from a small autograd"
class Tape:
    def __init__(self):
        self.grad = {}

    def add(self, name, g):
        self.grad[name] = self.grad.get(name, 0) + g

def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    tape = Tape()
    for n in range(dh_t.shape[0]):
        delta = np.diag(1 - h_t[n] ** 2) @ dh_t[n]
        tape.add("W_xh", delta[:, None] @ x_t[n][None, :])
        tape.add("W_hh", delta[:, None] @ h_prev[n][None, :])
        tape.add("b_h", delta)
        tape.add("x", np.eye(len(dh_t))[n][:, None] * (delta @ W_xh))
        tape.add("h", np.eye(len(dh_t))[n][:, None] * (delta @ W_hh))
    return tuple(tape.grad[k] for k in ("x", "h", "W_xh", "W_hh", "b_h"))
