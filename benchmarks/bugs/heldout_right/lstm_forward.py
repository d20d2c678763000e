# %% id=inputs-of-all-steps-first style=vectorised mistakes="" origin="the input's share of all gates in one product"
def lstm_forward(x, h0, c0, params):
    H = h0.shape[1]
    W, b = np.concatenate(params[:4]), np.concatenate(params[4:])
    W_h, W_x = W[:, :H], W[:, H:]
    from_x = x @ W_x.T + b  # (T, B, 4H), order f, i, c, o
    h_t, c_t, hs, cs = h0, c0, [], []
    for a_x in from_x:
        a = a_x + h_t @ W_h.T
        f, i, g, o = (a[:, k * H : (k + 1) * H] for k in range(4))
        f, i, o = (0.5 * (1 + np.tanh(0.5 * gate)) for gate in (f, i, o))
        c_t = f * c_t + i * np.tanh(g)
        h_t = o * np.tanh(c_t)
        hs.append(h_t)
        cs.append(c_t)
    return np.array(hs), np.array(cs)


# %% id=accumulate-pairs style=functional mistakes="" origin="itertools.accumulate over a pair of states"
from itertools import accumulate


def lstm_forward(x, h0, c0, params):
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params

    def step(state, x_t):
        h, c = state
        v = np.hstack([h, x_t])
        f, i, o = (np.exp(-np.logaddexp(0.0, -(v @ W.T + b))) for W, b in ((W_f, b_f), (W_i, b_i), (W_o, b_o)))
        c = f * c + i * np.tanh(v @ W_c.T + b_c)
        return o * np.tanh(c), c

    _, *states = accumulate(x, step, initial=(h0, c0))
    h, c = map(np.stack, zip(*states))
    return h, c


# %% id=cell-with-a-reset style=class mistakes="" origin="stateful layer, reset before each sequence"
class LSTM:
    def __init__(self, p):
        self.p = p

    def reset(self, h, c):
        self.h, self.c = h, c

    def gate(self, name, squash):
        weight, bias = getattr(self.p, "W_" + name), getattr(self.p, "b_" + name)
        return squash(np.dot(self.joined, weight.T) + bias)

    @staticmethod
    def sigmoid(a):
        return np.tanh(a / 2) / 2 + 1 / 2

    def read(self, x_t):
        self.joined = np.concatenate([self.h, x_t], axis=1)
        forget, insert, show = (self.gate(name, self.sigmoid) for name in "fio")
        self.c = forget * self.c + insert * self.gate("c", np.tanh)
        self.h = show * np.tanh(self.c)
        return self.h, self.c


def lstm_forward(x, h0, c0, params):
    layer = LSTM(params)
    layer.reset(h0, c0)
    out = np.array([layer.read(x_t) for x_t in x])  # (T, 2, B, H)
    return out[:, 0], out[:, 1]


# %% id=three-axis-columns style=columns mistakes="" origin="ported from (n_x, m, T) code"
def sigmoid(z):
    pos = 1 / (1 + np.exp(-np.maximum(z, 0)))
    e = np.exp(np.minimum(z, 0))
    return np.where(z >= 0, pos, e / (1 + e))


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    concat = np.concatenate((a_prev, xt), axis=0)
    pre = {k: parameters["W" + k] @ concat + parameters["b" + k] for k in ("f", "i", "c", "o")}
    c_next = sigmoid(pre["f"]) * c_prev + sigmoid(pre["i"]) * np.tanh(pre["c"])
    return sigmoid(pre["o"]) * np.tanh(c_next), c_next


def lstm_forward(x, h0, c0, params):
    parameters = {}
    for k, W, b in zip("fico", params[:4], params[4:]):
        parameters["W" + k] = W
        parameters["b" + k] = b[:, None]
    X = x.transpose(2, 1, 0)
    _, m, T_x = X.shape
    n_a = h0.shape[1]
    a, c = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x))
    a_next, c_next = h0.T, c0.T
    for t in range(T_x):
        a_next, c_next = lstm_cell_forward(X[:, :, t], a_next, c_next, parameters)
        a[:, :, t] = a_next
        c[:, :, t] = c_next
    return a.transpose(2, 1, 0), c.transpose(2, 1, 0)


# %% id=time-in-two-halves style=recursion mistakes="" origin="divide and conquer over time"
def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def lstm_forward(x, h0, c0, params):
    if len(x) > 1:
        m = len(x) // 2
        h_a, c_a = lstm_forward(x[:m], h0, c0, params)
        h_b, c_b = lstm_forward(x[m:], h_a[-1], c_a[-1], params)
        return np.concatenate([h_a, h_b]), np.concatenate([c_a, c_b])
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v = np.concatenate([h0[None], x], axis=2)
    c = sigmoid(v @ W_f.T + b_f) * c0 + sigmoid(v @ W_i.T + b_i) * np.tanh(v @ W_c.T + b_c)
    return sigmoid(v @ W_o.T + b_o) * np.tanh(c), c
