# %% id=walrus-in-a-comprehension style=functional mistakes="" origin="the state as a walrus in a list comprehension"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h_t = h0
    return np.array([h_t := np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h) for x_t in x])


# %% id=reduce-onto-a-list style=functional mistakes="" origin="functools.reduce that appends"
from functools import reduce


def rnn_forward(x, h0, W_xh, W_hh, b_h):
    def append(states, x_t):
        states.append(np.tanh(np.dot(x_t, W_xh.T) + np.dot(states[-1], W_hh.T) + b_h))
        return states

    _, *states = reduce(append, x, [h0])
    return np.stack(states, axis=0)


# %% id=batch-first-inside style=framework mistakes="" origin="batch_first habit: (m, T, n) inside"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    x = x.transpose(1, 0, 2)  # (m, T, n_x)
    m, T, _ = x.shape
    out = np.zeros((m, T, h0.shape[1]))
    hidden = h0
    for step in range(T):
        hidden = np.tanh(x[:, step, :] @ W_xh.T + b_h + hidden @ W_hh.T)
        out[:, step, :] = hidden
    return out.transpose(1, 0, 2)


# %% id=states-with-one-more-place style=in-place mistakes="" origin="T + 1 states in one array, matmul into it"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, _ = x.shape
    states = np.empty((T + 1, B, b_h.size))
    states[0] = h0
    np.matmul(x, W_xh.T, out=states[1:])
    states[1:] += b_h
    for t in range(1, T + 1):
        states[t] += states[t - 1] @ W_hh.T
        np.tanh(states[t], out=states[t])
    return states[1:]


# %% id=dataclass-state-that-moves style=class mistakes="" origin="immutable states, a new one for each step"
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class State:
    h: np.ndarray
    t: int = 0
    seen: tuple = field(default=(), repr=False)

    def after(self, x_t, W_xh, W_hh, b_h):
        h = np.tanh(x_t @ W_xh.T + self.h @ W_hh.T + b_h)
        return replace(self, h=h, t=self.t + 1, seen=(*self.seen, h))


def rnn_forward(x, h0, W_xh, W_hh, b_h):
    state = State(h0)
    while state.t < len(x):
        state = state.after(x[state.t], W_xh, W_hh, b_h)
    return np.array(state.seen)


# %% id=unit-and-sample-loops style=loop mistakes="" origin="loops over steps, samples and units"
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    T, B, D = x.shape
    H = len(b_h)
    h = np.zeros((T, B, H))
    for t in range(T):
        for b in range(B):
            previous = h0[b] if t == 0 else h[t - 1, b]
            for j in range(H):
                a = b_h[j]
                for d in range(D):
                    a += W_xh[j, d] * x[t, b, d]
                for k in range(H):
                    a += W_hh[j, k] * previous[k]
                h[t, b, j] = np.tanh(a)
    return h


# %% id=layer-that-iterates style=class mistakes="" origin="an iterator class with __next__"
class Unrolled:
    def __init__(self, x, h0, step):
        self.inputs, self.h, self.step = iter(x), h0, step

    def __iter__(self):
        return self

    def __next__(self):
        self.h = self.step(next(self.inputs), self.h)
        return self.h


def rnn_forward(x, h0, W_xh, W_hh, b_h):
    W = np.concatenate([W_xh, W_hh], axis=1).T
    step = lambda x_t, h: np.tanh(np.concatenate([x_t, h], axis=1) @ W + b_h)
    return np.stack(list(Unrolled(x, h0, step)))


# %% id=instance-with-call style=class mistakes="" origin="the exercise's name given to an object with __call__"
class Unroll:
    def __init__(self, activation):
        self.activation = activation

    def __call__(self, x, h0, W_xh, W_hh, b_h):
        trail = [h0]
        for x_t in np.float64(x):
            trail += [self.activation(b_h + np.inner(x_t, W_xh) + np.inner(trail[-1], W_hh))]
        del trail[0]
        return np.float64(trail)


rnn_forward = Unroll(np.tanh)
