# %% id=stacked-deltas-one-product style=vectorised mistakes="" origin="four deltas in one array, one product each way"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    B, H = h_prev.shape
    W, b = np.vstack(params[:4]), np.hstack(params[4:])
    v = np.hstack((h_prev, x_t))
    a = v @ W.T + b
    f, i, o = (0.5 * (1 + np.tanh(0.5 * a[:, k * H : (k + 1) * H])) for k in (0, 1, 3))
    g, tc = np.tanh(a[:, 2 * H : 3 * H]), np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - tc * tc)
    delta = np.hstack((dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g * g), dh_t * tc * o * (1 - o)))
    dv = delta @ W
    return dv[:, H:], dv[:, :H], dc * f, *np.split(delta.T @ v, 4), *np.split(delta.sum(0), 4)


# %% id=slopes-from-both-tails style=einsum mistakes="" origin="sigmoid and its complement, einsum everywhere"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    def gate(a):  # σ(a), and σ(a) σ(-a) without cancellation
        yes, no = np.exp(-np.logaddexp(0, -a)), np.exp(-np.logaddexp(0, a))
        return yes, yes * no

    def linear(W, b):
        return np.einsum("bj,hj->bh", v, W) + b

    v = np.concatenate((h_prev, x_t), axis=1)
    H = h_prev.shape[1]
    (f, df), (i, di), (o, do) = (
        gate(linear(W, b)) for W, b in ((params.W_f, params.b_f), (params.W_i, params.b_i), (params.W_o, params.b_o))
    )
    g = np.tanh(linear(params.W_c, params.b_c))
    s = np.tanh(c_t)
    D = dc_t + np.einsum("bh,bh,bh->bh", dh_t, o, 1 - s**2)
    deltas = [D * c_prev * df, D * g * di, D * i * (1 - g**2), dh_t * s * do]
    dv = sum(np.einsum("bh,hj->bj", d, W) for d, W in zip(deltas, params))
    dW = [np.einsum("bh,bj->hj", d, v) for d in deltas]
    db = [np.einsum("bh->h", d) for d in deltas]
    return tuple([dv[:, H:], dv[:, :H], D * f] + dW + db)


# %% id=sample-after-sample style=loop mistakes="" origin="the formulas for one sample, outer products summed"
def sigma(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    H = len(b_f)
    dx, dhp, dcp = np.zeros(x_t.shape), np.zeros(h_prev.shape), np.zeros(c_prev.shape)
    dW = {k: np.zeros(W_f.shape) for k in "fico"}
    db = {k: np.zeros(H) for k in "fico"}
    for s in range(len(x_t)):
        v = np.r_[h_prev[s], x_t[s]]
        f, i, o = sigma(W_f @ v + b_f), sigma(W_i @ v + b_i), sigma(W_o @ v + b_o)
        g = np.tanh(W_c @ v + b_c)
        dc = dc_t[s] + dh_t[s] * o / np.cosh(np.clip(c_t[s], -300, 300)) ** 2
        d = {
            "f": dc * c_prev[s] * f * (1 - f),
            "i": dc * g * i * (1 - i),
            "c": dc * i * (1 - g**2),
            "o": dh_t[s] * np.tanh(c_t[s]) * o * (1 - o),
        }
        dv = W_f.T @ d["f"] + W_i.T @ d["i"] + W_c.T @ d["c"] + W_o.T @ d["o"]
        dhp[s], dx[s], dcp[s] = dv[:H], dv[H:], dc * f
        for k in "fico":
            dW[k] += np.outer(d[k], v)
            db[k] += d[k]
    return dx, dhp, dcp, dW["f"], dW["i"], dW["c"], dW["o"], db["f"], db["i"], db["c"], db["o"]


# %% id=columns-with-named-gradients style=columns mistakes="" origin="ported from code with samples in columns"
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    da_next, dc_next, xt, a_prev, c_old, c_next = (v.T for v in (dh_t, dc_t, x_t, h_prev, c_prev, c_t))
    n_a, m = a_prev.shape
    concat = np.vstack((a_prev, xt))
    z = [np.dot(W, concat) + b.reshape(-1, 1) for W, b in zip(params[:4], params[4:])]
    ft, it, ot = (1 / (1 + np.exp(-np.clip(z[k], -700, 700))) for k in (0, 1, 3))
    cct = np.tanh(z[2])
    dc = dc_next + ot * (1 - np.square(np.tanh(c_next))) * da_next
    dft = dc * c_old * ft * (1 - ft)
    dit = dc * cct * it * (1 - it)
    dcct = dc * it * (1 - np.square(cct))
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    gradients = {}
    for name, d, W in zip("fico", (dft, dit, dcct, dot), params[:4]):
        gradients["dW" + name] = np.dot(d, concat.T)
        gradients["db" + name] = np.sum(d, axis=1)
        gradients["dv"] = gradients.get("dv", 0) + np.dot(W.T, d)
    dv = gradients["dv"].T
    weights = [gradients["dW" + name] for name in "fico"]
    biases = [gradients["db" + name] for name in "fico"]
    return dv[:, n_a:], dv[:, :n_a], (dc * ft).T, *weights, *biases


# %% id=tape-of-vjps style=framework mistakes="" origin="ported from a small autograd engine"
class Var:
    def __init__(self, value, *parents):
        self.value = value
        self.parents = parents  # (Var, vjp) pairs
        self.grad = 0

    def __add__(self, other):
        return Var(self.value + other.value, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other):
        return Var(self.value * other.value, (self, lambda g: g * other.value), (other, lambda g: g * self.value))


def tanh(a):
    y = np.tanh(a.value)
    return Var(y, (a, lambda g: g * (1 - y**2)))


def sigmoid(a):
    y = 0.5 * (1 + np.tanh(0.5 * a.value))
    return Var(y, (a, lambda g: g * y * (1 - y)))


def join(a, b):
    n = a.value.shape[1]
    return Var(np.concatenate([a.value, b.value], 1), (a, lambda g: g[:, :n]), (b, lambda g: g[:, n:]))


def linear(v, W, b):
    out = v.value @ W.value.T + b.value
    return Var(out, (v, lambda g: g @ W.value), (W, lambda g: g.T @ v.value), (b, lambda g: g.sum(axis=0)))


def backpropagate(roots):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

    for root, seed in roots:
        visit(root)
        root.grad = root.grad + seed
    for node in reversed(order):
        for parent, vjp in node.parents:
            parent.grad = parent.grad + vjp(node.grad)


def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    x, h, c, *theta = [Var(value) for value in (x_t, h_prev, c_prev, *params)]
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = theta
    v = join(h, x)
    c_new = sigmoid(linear(v, W_f, b_f)) * c + sigmoid(linear(v, W_i, b_i)) * tanh(linear(v, W_c, b_c))
    h_new = sigmoid(linear(v, W_o, b_o)) * tanh(c_new)
    backpropagate([(c_new, dc_t), (h_new, dh_t)])
    return tuple(leaf.grad for leaf in (x, h, c, *theta))
