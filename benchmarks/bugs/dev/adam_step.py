# %% id=uncorrected style=loop mistakes="the bias correction is missing" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    new_p, new_m, new_v = [], [], []
    for k in range(len(params)):
        new_m.append(beta_1 * m[k] + (1 - beta_1) * grads[k])
        new_v.append(beta_2 * v[k] + (1 - beta_2) * grads[k] * grads[k])
        new_p.append(params[k] - learning_rate * new_m[k] / (np.sqrt(new_v[k]) + eps))
    return new_p, t + 1, new_m, new_v

# %% id=eps-under-the-root style=vectorised mistakes="eps is inside the root" origin="ported from another library"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    m = [beta_1 * a + (1 - beta_1) * g for a, g in zip(m, grads)]
    v = [beta_2 * a + (1 - beta_2) * g**2 for a, g in zip(v, grads)]
    scale = [np.sqrt(a / (1 - beta_2**t) + eps) for a in v]
    return [p - learning_rate * a / (1 - beta_1**t) / s for p, a, s in zip(params, m, scale)], t, m, v

# %% id=uphill-without-root style=class mistakes="the step goes up the gradient; the square root is missing" origin="beginner"
class Adam:
    def __init__(self, lr, b1, b2, eps):
        self.lr, self.b1, self.b2, self.eps = lr, b1, b2, eps

    def update(self, p, g, t, m, v):
        m = self.b1 * m + (1 - self.b1) * g
        v = self.b2 * v + (1 - self.b2) * g**2
        mh, vh = m / (1 - self.b1**t), v / (1 - self.b2**t)
        return p + self.lr * mh / (vh + self.eps), m, v

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    opt = Adam(learning_rate, beta_1, beta_2, eps)
    done = [opt.update(*four[:2], t + 1, *four[2:]) for four in zip(params, grads, m, v)]
    p, m, v = map(list, zip(*done))
    return p, t + 1, m, v

# %% id=v-of-g-no-correction-of-m-old-t style=loop mistakes="v averages absolute values; the bias correction of m is missing; the old t is returned" origin="invented"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    out = ([], [], [])
    for p, g, m_k, v_k in zip(params, grads, m, v):
        m_k = m_k + (1 - beta_1) * (g - m_k)
        v_k = v_k + (1 - beta_2) * (np.abs(g) - v_k)
        v_hat = v_k / (1 - beta_2 ** (t + 1))
        out[0].append(p - learning_rate * m_k / (np.sqrt(v_hat) + eps))
        out[1].append(m_k)
        out[2].append(v_k)
    return out[0], t, out[1], out[2]

# %% id=one-factor style=vectorised mistakes="" origin="the paper's faster order"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    m = [m_k + (1 - beta_1) * (g - m_k) for m_k, g in zip(m, grads)]
    v = [v_k + (1 - beta_2) * (g * g - v_k) for v_k, g in zip(v, grads)]
    root = np.sqrt(1 - beta_2**t)
    rate = learning_rate * root / (1 - beta_1**t)
    return [p - rate * a / (np.sqrt(b) + eps * root) for p, a, b in zip(params, m, v)], t, m, v

# %% id=in-place-on-copies style=framework mistakes="" origin="ported from torch.optim"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    params, m, v = ([a.copy() for a in arrays] for arrays in (params, m, v))
    t += 1
    c1, c2 = 1 - beta_1**t, 1 - beta_2**t
    for p, g, exp_avg, exp_avg_sq in zip(params, grads, m, v):
        exp_avg *= beta_1
        exp_avg += (1 - beta_1) * g
        exp_avg_sq *= beta_2
        exp_avg_sq += (1 - beta_2) * g * g
        p -= learning_rate / c1 * exp_avg / (np.sqrt(exp_avg_sq) / np.sqrt(c2) + eps)
    return params, t, m, v

# %% id=flat-vector style=layout mistakes="" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    flat = lambda arrays: np.concatenate([np.ravel(a) for a in arrays])

    def shaped(vector):
        ends = np.cumsum([a.size for a in params])[:-1]
        return [part.reshape(a.shape) for part, a in zip(np.split(vector, ends), params)]

    g = flat(grads)
    M, V = beta_1 * flat(m) + (1 - beta_1) * g, beta_2 * flat(v) + (1 - beta_2) * g**2
    step = M / (1 - beta_1 ** (t + 1)) / (np.sqrt(V / (1 - beta_2 ** (t + 1))) + eps)
    return shaped(flat(params) - learning_rate * step), t + 1, shaped(M), shaped(V)
