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

# %% id=reduce-into-four style=functional mistakes="" origin="functional programmer"
from functools import reduce

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    mix = lambda old, new, beta: beta * old + (1 - beta) * new
    n = t + 1

    def push(acc, row):
        p, g, a, b = row
        a, b = mix(a, g, beta_1), mix(b, np.square(g), beta_2)
        new = p - learning_rate * (a / (1 - beta_1**n)) / (eps + (b / (1 - beta_2**n)) ** 0.5)
        return [done + [x] for done, x in zip(acc, (new, a, b))]

    p, m, v = reduce(push, zip(params, grads, m, v), [[], [], []])
    return p, n, m, v

# %% id=slots-per-array style=class mistakes="" origin="ported from Keras, with slots"
class Slot:
    def __init__(self, var, m, v):
        self.var, self.m, self.v = var.copy(), m.copy(), v.copy()

    def apply(self, grad, step, lr, b1, b2, eps):
        self.m += (grad - self.m) * (1 - b1)
        self.v += (grad * grad - self.v) * (1 - b2)
        debiased = self.m / (1 - np.power(b1, step)), self.v / (1 - np.power(b2, step))
        self.var -= lr * debiased[0] / (np.sqrt(debiased[1]) + eps)

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    slots = [Slot(*arrays) for arrays in zip(params, m, v)]
    iterations = t + 1
    for slot, grad in zip(slots, grads):
        slot.apply(grad, iterations, learning_rate, beta_1, beta_2, eps)
    return [s.var for s in slots], iterations, [s.m for s in slots], [s.v for s in slots]

# %% id=named-dictionaries style=dict mistakes="" origin="ported from update_parameters_with_adam"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    names = ["p%d" % k for k in range(len(params))]
    parameters, grad, mom, sq = (dict(zip(names, a)) for a in (params, grads, m, v))
    mom_corrected, sq_corrected = {}, {}
    t = t + 1
    for n in names:
        mom[n] = beta_1 * mom[n] + (1 - beta_1) * grad[n]
        mom_corrected[n] = mom[n] / (1 - beta_1**t)
        sq[n] = beta_2 * sq[n] + (1 - beta_2) * np.power(grad[n], 2)
        sq_corrected[n] = sq[n] / (1 - beta_2**t)
        parameters[n] = parameters[n] - learning_rate * np.divide(mom_corrected[n], np.sqrt(sq_corrected[n]) + eps)
    return list(parameters.values()), t, list(mom.values()), list(sq.values())

# %% id=coroutine-and-lists style=generator mistakes="" origin="pure Python from a blog post"
import math

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    def entries(p, g, a, b):
        for q, d, c, e in zip(p.flat, g.flat, a.flat, b.flat):
            c, e = c * beta_1 + d * (1 - beta_1), e * beta_2 + d * d * (1 - beta_2)
            root = math.sqrt(e / (1 - beta_2 ** (t + 1)))
            yield q - learning_rate * c / (1 - beta_1 ** (t + 1)) / (root + eps), c, e

    lists = ([], [], [])
    for arrays in zip(params, grads, m, v):
        table = np.array(list(entries(*arrays)))
        for k in range(3):
            lists[k].append(table[:, k].reshape(arrays[0].shape).tolist())
    return lists[0], t + 1, lists[1], lists[2]

# %% id=v-not-corrected style=comprehension mistakes="the bias correction of v is missing" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    k = t + 1
    M = [beta_1 * a + (1 - beta_1) * g for a, g in zip(m, grads)]
    V = [beta_2 * a + (1 - beta_2) * g * g for a, g in zip(v, grads)]
    mh = [a / (1 - beta_1**k) for a in M]
    vh = [a for a in V]
    return [p - learning_rate * a / (np.sqrt(b) + eps) for p, a, b in zip(params, mh, vh)], k, M, V

# %% id=same-beta-twice style=loop mistakes="v decays with beta_1 instead of beta_2" origin="copied line"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    P, M, V = [], [], []
    for i, g in enumerate(grads):
        mi = beta_1 * m[i] + (1 - beta_1) * g
        vi = beta_1 * v[i] + (1 - beta_1) * g**2
        m_hat = mi / (1 - beta_1**t)
        v_hat = vi / (1 - beta_2**t)
        P.append(params[i] - learning_rate * m_hat / (np.sqrt(v_hat) + eps))
        M.append(mi)
        V.append(vi)
    return P, t, M, V

# %% id=corrected-mean-is-kept style=framework mistakes="the corrected m is returned for m" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    step, state = t + 1, []
    for exp_avg, exp_avg_sq, grad, p in zip(m, v, grads, params):
        exp_avg = exp_avg * beta_1 + grad * (1 - beta_1)
        exp_avg_sq = exp_avg_sq * beta_2 + grad**2 * (1 - beta_2)
        debiased = exp_avg / (1 - beta_1**step)
        denom = np.sqrt(exp_avg_sq / (1 - beta_2**step)) + eps
        state.append((p - learning_rate * debiased / denom, debiased, exp_avg_sq))
    new_p, new_m, new_v = (list(c) for c in zip(*state))
    return new_p, step, new_m, new_v

# %% id=no-one-minus-beta-absolute-v style=vectorised mistakes="the factor 1 - beta_1 is missing in m; the gradient is not squared in v, its absolute value is taken" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    n = t + 1
    first = [beta_1 * a + g for a, g in zip(m, grads)]
    second = [beta_2 * a + (1 - beta_2) * abs(g) for a, g in zip(v, grads)]
    lr_m, c = learning_rate / (1 - beta_1**n), 1 - beta_2**n
    moved = [p - lr_m * a / (np.sqrt(b / c) + eps) for p, a, b in zip(params, first, second)]
    return moved, n, first, second

# %% id=raw-gradient-steps-up style=class mistakes="the step uses the gradient instead of m_hat; the step goes up the gradient" origin="RMSProp half remembered"
class Optimizer:
    def __init__(self, lr, betas, eps):
        self.lr, (self.b1, self.b2), self.eps = lr, betas, eps

    def one(self, p, g, m, v, t):
        m = self.b1 * m + (1 - self.b1) * g
        v = self.b2 * v + (1 - self.b2) * g * g
        v_hat = v / (1 - self.b2**t)
        m_hat = g
        return p + self.lr * m_hat / (np.sqrt(v_hat) + self.eps), m, v

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    opt, t = Optimizer(learning_rate, (beta_1, beta_2), eps), t + 1
    rows = [opt.one(*row, t) for row in zip(params, grads, m, v)]
    return [r[0] for r in rows], t, [r[1] for r in rows], [r[2] for r in rows]

# %% id=rootless-eps-less-uncorrected-m style=stepwise mistakes="the square root is missing; eps is left out; the bias correction of m is missing" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    theta_new, m_new, v_new = list(params), list(m), list(v)
    for j in range(len(params)):
        g = grads[j]
        m_new[j] = beta_1 * m[j] + (1.0 - beta_1) * g
        v_new[j] = beta_2 * v[j] + (1.0 - beta_2) * g * g
        numerator = m_new[j]
        spread = v_new[j] / (1.0 - beta_2**t)
        denominator = spread
        theta_new[j] = theta_new[j] - learning_rate * numerator / denominator
    return theta_new, t, m_new, v_new

# %% id=eps-inside-linear-beta-growing-v style=nested-functions mistakes="eps is inside the root; the bias correction uses beta_1 t instead of beta_1^t; the factor 1 - beta_2 is missing in v" origin="invented"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    now = t + 1

    def moments(a, b, g):
        return a + (1 - beta_1) * (g - a), beta_2 * b + g**2

    def move(p, a, b):
        up = a / (1 - beta_1 * now)
        down = b / (1 - beta_2**now)
        return p - learning_rate * up / (np.sqrt(down + eps))

    both = [moments(*r) for r in zip(m, v, grads)]
    new = [move(p, *ab) for p, ab in zip(params, both)]
    return new, now, [ab[0] for ab in both], [ab[1] for ab in both]

# %% id=counter-inside-the-loop style=loop mistakes="t is increased for each array instead of once a step" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    new_params, new_m, new_v = [], [], []
    for k in range(len(params)):
        t += 1
        mk = beta_1 * m[k] + (1 - beta_1) * grads[k]
        vk = beta_2 * v[k] + (1 - beta_2) * grads[k] ** 2
        mk_hat = mk / (1 - beta_1 ** t)
        vk_hat = vk / (1 - beta_2 ** t)
        new_params.append(params[k] - learning_rate * mk_hat / (np.sqrt(vk_hat) + eps))
        new_m.append(mk)
        new_v.append(vk)
    return new_params, t, new_m, new_v

# %% id=step-number-one-ahead style=vectorised mistakes="the bias correction uses t + 1 after t has been increased already" origin="off by one"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    m = [beta_1 * a + (1 - beta_1) * g for a, g in zip(m, grads)]
    v = [beta_2 * a + (1 - beta_2) * g * g for a, g in zip(v, grads)]
    c1, c2 = 1 - beta_1 ** (t + 1), 1 - beta_2 ** (t + 1)
    params = [p - learning_rate * (a / c1) / (np.sqrt(b / c2) + eps) for p, a, b in zip(params, m, v)]
    return params, t, m, v

# %% id=second-moment-of-the-mean style=class mistakes="v averages the square of m instead of the square of the gradient" origin="beginner"
class Adam:
    def __init__(self, lr, beta_1, beta_2, eps):
        self.lr, self.beta_1, self.beta_2, self.eps = lr, beta_1, beta_2, eps

    def update(self, theta, g, m, v, t):
        m = self.beta_1 * m + (1 - self.beta_1) * g
        v = self.beta_2 * v + (1 - self.beta_2) * np.square(m)
        m_hat = m / (1 - self.beta_1**t)
        v_hat = v / (1 - self.beta_2**t)
        return theta - self.lr * m_hat / (np.sqrt(v_hat) + self.eps), m, v

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    opt = Adam(learning_rate, beta_1, beta_2, eps)
    done = [opt.update(*arrays, t + 1) for arrays in zip(params, grads, m, v)]
    new_params, new_m, new_v = (list(part) for part in zip(*done))
    return new_params, t + 1, new_m, new_v

# %% id=betas-the-other-way-round style=dictionary mistakes="the gradient is weighted with beta_1 and the old mean with 1 - beta_1 in m" origin="exponential average written the other way"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    state = {"m": list(m), "v": list(v), "t": t + 1}
    updated = []
    for k, (theta, g) in enumerate(zip(params, grads)):
        state["m"][k] = (1 - beta_1) * state["m"][k] + beta_1 * g
        state["v"][k] = beta_2 * state["v"][k] + (1 - beta_2) * g**2
        m_hat = state["m"][k] / (1 - beta_1 ** state["t"])
        v_hat = state["v"][k] / (1 - beta_2 ** state["t"])
        updated.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))
    return updated, state["t"], state["m"], state["v"]

# %% id=both-corrections-with-one-beta style=helper mistakes="v is corrected with beta_1 instead of beta_2" origin="copy and paste"
def running_mean(old, new, beta):
    return beta * old + (1 - beta) * new

def correct(mean, beta, t):
    return mean / (1 - beta**t)

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    new_params, new_m, new_v = [], [], []
    for theta, g, m_old, v_old in zip(params, grads, m, v):
        first = running_mean(m_old, g, beta_1)
        second = running_mean(v_old, g**2, beta_2)
        step = correct(first, beta_1, t) / (np.sqrt(correct(second, beta_1, t)) + eps)
        new_params.append(theta - learning_rate * step)
        new_m.append(first)
        new_v.append(second)
    return new_params, t, new_m, new_v

# %% id=counter-not-handed-back style=framework mistakes="t is returned as it was, not increased" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    exp_avg, exp_avg_sq = [a.copy() for a in m], [a.copy() for a in v]
    step = t + 1
    bias_correction1 = 1 - beta_1**step
    bias_correction2 = 1 - beta_2**step
    out = []
    for p, g, avg, avg_sq in zip(params, grads, exp_avg, exp_avg_sq):
        avg *= beta_1
        avg += (1 - beta_1) * g
        avg_sq *= beta_2
        avg_sq += (1 - beta_2) * g * g
        denom = np.sqrt(avg_sq) / np.sqrt(bias_correction2) + eps
        out.append(p - learning_rate / bias_correction1 * avg / denom)
    return out, t, exp_avg, exp_avg_sq

# %% id=mean-square-over-all-entries style=per-entry mistakes="v averages the mean of g^2 over the array, not g^2 entry by entry" origin="mean of squares taken literally"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    new_params, new_m, new_v = [], [], []
    for p, g, mi, vi in zip(params, grads, m, v):
        mi = beta_1 * mi + (1 - beta_1) * g
        vi = beta_2 * vi + (1 - beta_2) * np.mean(g**2)
        p_new = np.empty_like(p)
        for idx in np.ndindex(p.shape):
            mh = mi[idx] / (1 - beta_1**t)
            vh = vi[idx] / (1 - beta_2**t)
            p_new[idx] = p[idx] - learning_rate * mh / (np.sqrt(vh) + eps)
        new_params.append(p_new)
        new_m.append(mi)
        new_v.append(vi)
    return new_params, t, new_m, new_v

# %% id=old-mean-steps-and-corrected-v-stays style=vectorised mistakes="the step uses the old m, from before this update; the corrected v is stored and returned for v" origin="update in the wrong order"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    new_params, new_m, new_v = [], [], []
    for theta, g, m_i, v_i in zip(params, grads, m, v):
        v_i = beta_2 * v_i + (1 - beta_2) * g**2
        m_hat = m_i / (1 - beta_1**t)
        v_hat = v_i / (1 - beta_2**t)
        new_params.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))
        m_i = beta_1 * m_i + (1 - beta_1) * g
        new_m.append(m_i)
        new_v.append(v_hat)
    return new_params, t, new_m, new_v

# %% id=multiplied-correction-and-bracket-squared style=comprehension mistakes="m is multiplied by 1 - beta_1^t instead of divided; the square is taken of the whole mean in v instead of g alone" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    new_m = [beta_1 * old + (1 - beta_1) * g for old, g in zip(m, grads)]
    new_v = [(beta_2 * old + (1 - beta_2) * g) ** 2 for old, g in zip(v, grads)]
    m_hat = [one * (1 - beta_1**t) for one in new_m]
    v_hat = [one / (1 - beta_2**t) for one in new_v]
    return [p - learning_rate * a / (np.sqrt(b) + eps) for p, a, b in zip(params, m_hat, v_hat)], t, new_m, new_v

# %% id=old-counter-in-the-correction-and-no-eps style=stacked mistakes="the bias corrections use the old t, from before it is increased; eps is left out" origin="off by one, patched after a division by zero"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    flat = lambda arrays: np.concatenate([a.ravel() for a in arrays])
    theta, g, m1, v1 = flat(params), flat(grads), flat(m), flat(v)
    m1 = beta_1 * m1 + (1 - beta_1) * g
    v1 = beta_2 * v1 + (1 - beta_2) * g**2
    power = max(t, 1)
    m_hat = m1 / (1 - beta_1**power)
    v_hat = v1 / (1 - beta_2**power)
    theta = theta - learning_rate * m_hat / np.sqrt(v_hat)
    t = t + 1

    def unflat(vector):
        out, at = [], 0
        for p in params:
            out.append(vector[at : at + p.size].reshape(p.shape))
            at += p.size
        return out

    return unflat(theta), t, unflat(m1), unflat(v1)

# %% id=ascends-constant-correction-root-outside style=loop mistakes="the step is added instead of subtracted; the correction of m uses 1 - beta_1 at every step; eps stands under the square root" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    P, M, V = [], [], []
    for i, theta in enumerate(params):
        M.append(beta_1 * m[i] + (1 - beta_1) * grads[i])
        V.append(beta_2 * v[i] + (1 - beta_2) * np.power(grads[i], 2))
        m_corr = M[i] / (1 - beta_1)
        v_corr = V[i] / (1 - beta_2**t)
        P.append(theta + learning_rate * m_corr / np.sqrt(v_corr + eps))
    return P, t, M, V

# %% id=adagrad-memory-one-beta-no-root style=class mistakes="v adds up g^2 without beta_2, as in AdaGrad; m is corrected with beta_2 instead of beta_1; the square root is missing" origin="optimisers mixed up"
class AdamOptimizer:
    def __init__(self, m, v, t):
        self.m, self.v, self.t = list(m), list(v), t

    def step(self, params, grads, lr, b1, b2, eps):
        self.t += 1
        out = []
        for k, (p, g) in enumerate(zip(params, grads)):
            self.m[k] = b1 * self.m[k] + (1 - b1) * g
            self.v[k] = self.v[k] + g**2
            m_hat = self.m[k] / (1 - b2**self.t)
            v_hat = self.v[k] / (1 - b2**self.t)
            out.append(p - lr * m_hat / (v_hat + eps))
        return out

def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    opt = AdamOptimizer(m, v, t)
    new_params = opt.step(params, grads, learning_rate, beta_1, beta_2, eps)
    return new_params, opt.t, opt.m, opt.v

# %% id=parameters-changed-in-place style=zip mistakes="the given parameters are changed in place instead of new arrays" origin="optimiser of a framework"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    m = [m_i * beta_1 + g * (1 - beta_1) for m_i, g in zip(m, grads)]
    v = [v_i * beta_2 + g * g * (1 - beta_2) for v_i, g in zip(v, grads)]
    lr_t = learning_rate / (1 - beta_1**t)
    for p, m_i, v_i in zip(params, m, v):
        p -= lr_t * m_i / (np.sqrt(v_i / (1 - beta_2**t)) + eps)
    return params, t, m, v
