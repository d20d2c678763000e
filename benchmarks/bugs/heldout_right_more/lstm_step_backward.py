# %% id=typed-forward-then-back style=vectorised mistakes="" origin="engineer: the gates first, deltas by name, asserts"
def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * a))


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    """Gradients in the order x, h_prev, c_prev, then those of params."""
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = h_prev.shape[1]
    v = np.concatenate([h_prev, x_t], axis=1)

    # the way there
    f_t = _sigmoid(v @ W_f.T + b_f)
    i_t = _sigmoid(v @ W_i.T + b_i)
    c_tilde = np.tanh(v @ W_c.T + b_c)
    o_t = _sigmoid(v @ W_o.T + b_o)
    tanh_c = np.tanh(c_t)

    # the way back
    d_o = dh_t * tanh_c
    d_c = dc_t + dh_t * o_t * (1 - tanh_c**2)
    delta_f = d_c * c_prev * f_t * (1 - f_t)
    delta_i = d_c * c_tilde * i_t * (1 - i_t)
    delta_c = d_c * i_t * (1 - c_tilde**2)
    delta_o = d_o * o_t * (1 - o_t)
    dv = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
    assert dv.shape == v.shape
    weights = tuple(delta.T @ v for delta in (delta_f, delta_i, delta_c, delta_o))
    biases = tuple(delta.sum(axis=0) for delta in (delta_f, delta_i, delta_c, delta_o))
    return (dv[:, H:], dv[:, :H], d_c * f_t, *weights, *biases)


# %% id=four-axes-stacked style=einsum mistakes="" origin="gates on a leading axis, one einsum for each output"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W, b = np.stack(params[:4]), np.stack(params[4:])
    v = np.hstack([h_prev, x_t])
    a = np.einsum("bj,ghj->gbh", v, W) + b[:, None]
    s = np.exp(-np.logaddexp(0, -a))
    g, u = np.tanh(a[2]), np.tanh(c_t)
    dc = dc_t + dh_t * s[3] * (1 - u * u)
    slope = s * (1 - s)
    slope[2] = 1 - g * g
    arriving = np.stack([dc * c_prev, dc * g, dc * s[1], dh_t * u])
    delta = arriving * slope
    dv = np.einsum("gbh,ghj->bj", delta, W)
    dh_prev, dx_t = np.split(dv, [h_prev.shape[1]], axis=1)
    return dx_t, dh_prev, dc * s[0], *np.einsum("gbh,bj->ghj", delta, v), *np.einsum("gbh->gh", delta)


# %% id=gate-objects style=class mistakes="" origin="a class for each gate, with forward and backward"
class Gate:
    def __init__(self, W, b, tanh=False):
        self.W, self.b, self.tanh = W, b, tanh

    def forward(self, v):
        self.v = v
        a = np.dot(v, self.W.T) + self.b
        self.out = np.tanh(a) if self.tanh else (1 + np.tanh(a / 2)) / 2
        return self.out

    def backward(self, g):
        delta = g * (1 - self.out**2 if self.tanh else self.out * (1 - self.out))
        self.dW, self.db = np.dot(delta.T, self.v), np.sum(delta, axis=0)
        return np.dot(delta, self.W)


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    gates = [Gate(W, b, tanh=k == 2) for k, (W, b) in enumerate(zip(params[:4], params[4:]))]
    v = np.concatenate((h_prev, x_t), axis=1)
    f, i, n, o = (gate.forward(v) for gate in gates)
    squashed = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - squashed**2)
    dv = sum(gate.backward(g) for gate, g in zip(gates, (dc * c_prev, dc * n, dc * i, dh_t * squashed)))
    n_h = h_prev.shape[1]
    return dv[:, n_h:], dv[:, :n_h], dc * f, *(gate.dW for gate in gates), *(gate.db for gate in gates)


# %% id=written-into-given-places style=in-place mistakes="" origin="preallocated gradients, += and out="
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    B, H = h_prev.shape
    grads = type(params)(*(np.zeros_like(p) for p in params))
    v = np.empty((B, H + x_t.shape[1]))
    v[:, :H], v[:, H:] = h_prev, x_t
    dv = np.zeros_like(v)
    act = {}
    for k in "fico":
        a = v @ getattr(params, f"W_{k}").T
        a += getattr(params, f"b_{k}")
        if k != "c":
            a *= 0.5
        np.tanh(a, out=a)
        if k != "c":
            a += 1
            a *= 0.5
        act[k] = a
    t = np.tanh(c_t)
    dc = np.array(dc_t)
    dc += dh_t * act["o"] * (1 - t**2)
    up = {"f": dc * c_prev, "i": dc * act["c"], "c": dc * act["i"], "o": dh_t * t}
    for k, g in up.items():
        g *= 1 - act[k] ** 2 if k == "c" else act[k] * (1 - act[k])
        np.matmul(g.T, v, out=getattr(grads, f"W_{k}"))
        np.sum(g, axis=0, out=getattr(grads, f"b_{k}"))
        dv += g @ getattr(params, f"W_{k}")
    return dv[:, H:], dv[:, :H], dc * act["f"], *grads


# %% id=pullbacks-composed style=closure mistakes="" origin="functions that return a value and a pullback"
def sigmoid(a):
    y = np.exp(-np.logaddexp(0.0, -a))
    return y, lambda g: g * y * (1 - y)


def tanh(a):
    y = np.tanh(a)
    return y, lambda g: g * (1 - y**2)


def affine(v, W, b):
    return v @ W.T + b, lambda g: (g @ W, g.T @ v, g.sum(axis=0))


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    v = np.concatenate([h_prev, x_t], axis=1)
    values, squash_back, linear_back = [], [], []
    for k in range(4):
        a, back = affine(v, params[k], params[k + 4])
        y, squash = (tanh if k == 2 else sigmoid)(a)
        values.append(y)
        squash_back.append(squash)
        linear_back.append(back)
    f, i, n, o = values
    shown, show_back = tanh(c_t)
    dc = dc_t + show_back(dh_t * o)
    ups = dc * c_prev, dc * n, dc * i, dh_t * shown
    parts = [linear(squash(up)) for linear, squash, up in zip(linear_back, squash_back, ups)]
    dv = np.sum([part[0] for part in parts], axis=0)
    H = h_prev.shape[1]
    return dv[:, H:], dv[:, :H], dc * f, *(part[1] for part in parts), *(part[2] for part in parts)
