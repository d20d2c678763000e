# %% id=typed-gate-helper style=vectorised mistakes="" origin="engineer: a helper for a gate, type hints, asserts"
def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * a))


def _linear(v: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    assert v.shape[1] == W.shape[1], (v.shape, W.shape)
    return np.matmul(v, W.T) + b


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    """One step of the LSTM.

    Returns:
        The new hidden state and the new cell state, each (B, H).
    """
    assert h_prev.shape == c_prev.shape
    v = np.concatenate([h_prev, x_t], axis=1)
    forget_gate = _sigmoid(_linear(v, W_f, b_f))
    input_gate = _sigmoid(_linear(v, W_i, b_i))
    candidate = np.tanh(_linear(v, W_c, b_c))
    output_gate = _sigmoid(_linear(v, W_o, b_o))
    c_t = forget_gate * c_prev + input_gate * candidate
    return output_gate * np.tanh(c_t), c_t


# %% id=dict-of-gates-by-comprehension style=functional mistakes="" origin="zip over names, weights and biases"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.hstack((h_prev, x_t))
    squash = {"c": np.tanh}
    logistic = lambda a: np.exp(-np.logaddexp(0, -a))
    gate = {
        name: squash.get(name, logistic)(np.inner(v, W) + b)
        for name, W, b in zip("fico", (W_f, W_i, W_c, W_o), (b_f, b_i, b_c, b_o))
    }
    c = gate["f"] * c_prev + gate["i"] * gate["c"]
    return gate["o"] * np.tanh(c), c


# %% id=overflow-silenced style=vectorised mistakes="" origin="the plain logistic function, its overflow silenced"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    v = np.append(h_prev, x_t, 1)
    with np.errstate(over="ignore"):
        f = 1 / (1 + np.exp(-v.dot(W_f.T) - b_f))
        i = 1 / (1 + np.exp(-v.dot(W_i.T) - b_i))
        o = 1 / (1 + np.exp(-v.dot(W_o.T) - b_o))
    g = np.tanh(v.dot(W_c.T) + b_c)
    c_t = np.add(np.multiply(f, c_prev), np.multiply(i, g))
    return np.multiply(o, np.tanh(c_t)), c_t


# %% id=dataclass-state-and-call style=class mistakes="" origin="a dataclass of (h, c), a callable cell"
from dataclasses import dataclass


@dataclass
class LSTMState:
    h: np.ndarray
    c: np.ndarray


class LSTMCell:
    def __init__(self, *params):
        self.W = dict(zip("fico", params[:4]))
        self.b = dict(zip("fico", params[4:]))

    def preactivations(self, x, h):
        joined = np.block([h, x])
        return {k: joined @ self.W[k].T + self.b[k] for k in self.W}

    def __call__(self, x, state):
        a = self.preactivations(x, state.h)
        f, i, o = (1 / 2 + np.tanh(a[k] / 2) / 2 for k in "fio")
        c = f * state.c + i * np.tanh(a["c"])
        return LSTMState(h=o * np.tanh(c), c=c)


def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    state = LSTMCell(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o)(x_t, LSTMState(h_prev, c_prev))
    return state.h, state.c


# %% id=keras-kernels style=framework mistakes="" origin="ported from a framework: kernel and recurrent_kernel, order i f c o"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    units = h_prev.shape[1]
    kernels = np.concatenate([W_i, W_f, W_c, W_o], axis=0).T  # (units + inputs, 4 units)
    recurrent_kernel, kernel = np.vsplit(kernels, [units])
    bias = np.concatenate([b_i, b_f, b_c, b_o])

    def hard(z):
        return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0) / (1.0 + np.exp(-np.abs(z)))

    z = np.dot(x_t, kernel)
    z += np.dot(h_prev, recurrent_kernel)
    z = z + bias
    z0, z1, z2, z3 = np.hsplit(z, 4)
    i, f = hard(z0), hard(z1)
    c = f * c_prev + i * np.tanh(z2)
    o = hard(z3)
    return o * np.tanh(c), c


# %% id=sample-by-sample-lists style=loop mistakes="" origin="one sample at a time, lists then np.array"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    hs, cs = [], []
    for n in range(len(x_t)):
        v = np.concatenate([h_prev[n], x_t[n]])
        f = (np.tanh((W_f @ v + b_f) / 2) + 1) / 2
        i = (np.tanh((W_i @ v + b_i) / 2) + 1) / 2
        o = (np.tanh((W_o @ v + b_o) / 2) + 1) / 2
        c_tilde = np.tanh(W_c @ v + b_c)
        cs.append(f * c_prev[n] + i * c_tilde)
        hs.append(o * np.tanh(cs[-1]))
    return np.array(hs), np.array(cs)


# %% id=matrices-of-the-old-days style=matrix mistakes="" origin="MATLAB habit: np.asmatrix, .multiply for what is elementwise"
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    V = np.asmatrix(np.hstack([h_prev, x_t]))

    def net(W, b):
        return V * np.asmatrix(W).T + np.asmatrix(b)

    f, i, o = (np.tanh(net(W, b) / 2) / 2 + 0.5 for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
    c = np.multiply(f, c_prev) + np.multiply(i, np.tanh(net(W_c, b_c)))
    return np.multiply(o, np.tanh(c)), c
