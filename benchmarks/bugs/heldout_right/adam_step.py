# %% id=efficient-form style=vectorised mistakes="" origin="bias corrections folded into step size and epsilon"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    m = [a + (1 - beta_1) * (g - a) for a, g in zip(m, grads)]
    v = [a + (1 - beta_2) * (g * g - a) for a, g in zip(v, grads)]
    c = np.sqrt(1 - beta_2**t)
    alpha = learning_rate * c / (1 - beta_1**t)
    params = [p - alpha * a / (np.sqrt(b) + c * eps) for p, a, b in zip(params, m, v)]
    return params, t, m, v


# %% id=optimiser-object-with-slots style=class mistakes="" origin="ported from a framework's optimiser"
class Adam:
    def __init__(self, lr, betas, eps):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.state = {}

    def load(self, step, exp_avg, exp_avg_sq):
        self.state = {
            i: {"exp_avg": a.copy(), "exp_avg_sq": b.copy()} for i, (a, b) in enumerate(zip(exp_avg, exp_avg_sq))
        }
        self.step_count = step

    def step(self, params, grads):
        self.step_count += 1
        beta1, beta2 = self.betas
        bias1 = 1 - beta1**self.step_count
        bias2 = 1 - beta2**self.step_count
        updated = []
        for i, (p, g) in enumerate(zip(params, grads)):
            s = self.state[i]
            s["exp_avg"] *= beta1
            s["exp_avg"] += g * (1 - beta1)
            s["exp_avg_sq"] *= beta2
            s["exp_avg_sq"] += g * g * (1 - beta2)
            denom = np.sqrt(s["exp_avg_sq"] / bias2) + self.eps
            updated.append(p - self.lr * (s["exp_avg"] / bias1) / denom)
        return updated


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    opt = Adam(learning_rate, (beta_1, beta_2), eps)
    opt.load(t, m, v)
    new = opt.step(params, grads)
    states = opt.state.values()
    return new, opt.step_count, [s["exp_avg"] for s in states], [s["exp_avg_sq"] for s in states]


# %% id=one-vector-for-everything style=vectorised mistakes="" origin="stacks gradient and state into rows of one array"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    pack = lambda arrays: np.concatenate([np.reshape(a, -1) for a in arrays])

    def unpack(vector):
        out, at = [], 0
        for p in params:
            out.append(vector[at : at + p.size].reshape(p.shape))
            at += p.size
        return out

    theta, g = pack(params), pack(grads)
    beta = np.array([[beta_1], [beta_2]])
    moments = beta * np.stack([pack(m), pack(v)]) + (1 - beta) * np.stack([g, g**2])
    corrected = moments / (1 - beta ** (t + 1))
    theta = theta - learning_rate * corrected[0] / (corrected[1] ** 0.5 + eps)
    return unpack(theta), t + 1, unpack(moments[0]), unpack(moments[1])


# %% id=number-by-number style=loop mistakes="" origin="C programmer"
from math import sqrt


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    step = t + 1
    P, M, V = [], [], []
    for i in range(len(params)):
        p, mi, vi = np.zeros_like(params[i]), np.zeros_like(params[i]), np.zeros_like(params[i])
        for j in np.ndindex(*params[i].shape):
            g = grads[i][j]
            mi[j] = beta_1 * m[i][j] + (1.0 - beta_1) * g
            vi[j] = beta_2 * v[i][j] + (1.0 - beta_2) * g * g
            mh = mi[j] / (1.0 - beta_1**step)
            vh = vi[j] / (1.0 - beta_2**step)
            p[j] = params[i][j] - learning_rate * mh / (sqrt(vh) + eps)
        P.append(p)
        M.append(mi)
        V.append(vi)
    return P, step, M, V


# %% id=zip-star-transposed style=closure mistakes="" origin="a closure for one array, then zip(*)"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = 1 + t

    def one(θ, g, m, v):
        m = np.average([m, g], axis=0, weights=[beta_1, 1 - beta_1])
        v = np.average([v, np.square(g)], axis=0, weights=[beta_2, 1 - beta_2])
        m̂ = m / -np.expm1(t * np.log(beta_1))
        v̂ = v / -np.expm1(t * np.log(beta_2))
        return θ - learning_rate * m̂ / (eps + np.sqrt(v̂)), m, v

    new, m, v = (list(column) for column in zip(*map(one, params, grads, m, v)))
    return new, t, m, v
