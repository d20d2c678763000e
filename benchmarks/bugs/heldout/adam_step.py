# %% id=no-correction style=loop mistakes="the bias correction is left out" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    new_p, new_m, new_v = [], [], []
    for p, g, mi, vi in zip(params, grads, m, v):
        mi = beta_1 * mi + (1 - beta_1) * g
        vi = beta_2 * vi + (1 - beta_2) * g**2
        new_p.append(p - learning_rate * mi / (np.sqrt(vi) + eps))
        new_m.append(mi)
        new_v.append(vi)
    return new_p, t, new_m, new_v


# %% id=eps-under-the-root style=vectorised mistakes="eps is inside the square root" origin="ported from an RMSprop answer"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    m = [beta_1 * a + (1 - beta_1) * g for a, g in zip(m, grads)]
    v = [beta_2 * a + (1 - beta_2) * np.square(g) for a, g in zip(v, grads)]
    c1, c2 = 1 - beta_1**t, 1 - beta_2**t
    params = [p - learning_rate * (a / c1) / np.sqrt(b / c2 + eps) for p, a, b in zip(params, m, v)]
    return params, t, m, v


# %% id=hat-is-kept style=loop mistakes="the corrected m is returned for m" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    P, M, V = [], [], []
    for k in range(len(params)):
        mk = beta_1 * m[k] + (1 - beta_1) * grads[k]
        vk = beta_2 * v[k] + (1 - beta_2) * grads[k] * grads[k]
        mk = mk / (1 - beta_1**t)
        P.append(params[k] - learning_rate * mk / (np.sqrt(vk / (1 - beta_2**t)) + eps))
        M.append(mk)
        V.append(vk)
    return P, t, M, V


# %% id=count-in-the-loop style=loop mistakes="t is counted once for each array" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    out_p, out_m, out_v = [], [], []
    for theta, g, m_i, v_i in zip(params, grads, m, v):
        t = t + 1
        m_i = beta_1 * m_i + (1 - beta_1) * g
        v_i = beta_2 * v_i + (1 - beta_2) * g**2
        step = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
        out_p.append(theta - step * m_i / (np.sqrt(v_i) + eps * np.sqrt(1 - beta_2**t)))
        out_m.append(m_i)
        out_v.append(v_i)
    return out_p, t, out_m, out_v


# %% id=old-t-goes-back style=class mistakes="t is returned as it was given" origin="beginner"
class Moment:
    def __init__(self, value, beta):
        self.value, self.beta = value, beta

    def update(self, new, t):
        self.value = self.beta * self.value + (1 - self.beta) * new
        return self.value / (1 - self.beta ** (t + 1))


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    first = [Moment(a, beta_1) for a in m]
    second = [Moment(a, beta_2) for a in v]
    new = []
    for p, g, a, b in zip(params, grads, first, second):
        top = a.update(g, t)
        bottom = np.sqrt(b.update(g * g, t)) + eps
        new.append(p - learning_rate * top / bottom)
    return new, t, [a.value for a in first], [b.value for b in second]


# %% id=lists-overwritten style=framework mistakes="m and v are changed in place" origin="ported from PyTorch"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    step = t + 1
    new_params = []
    for param, grad, exp_avg, exp_avg_sq in zip(params, grads, m, v):
        # exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1)
        exp_avg *= beta_1
        exp_avg += (1 - beta_1) * grad
        exp_avg_sq *= beta_2
        exp_avg_sq += (1 - beta_2) * grad * grad
        bias_correction1 = 1 - beta_1**step
        bias_correction2 = 1 - beta_2**step
        denom = np.sqrt(exp_avg_sq) / np.sqrt(bias_correction2) + eps
        new_params.append(param - learning_rate / bias_correction1 * exp_avg / denom)
    return new_params, step, m, v


# %% id=betas-mixed-up style=loop mistakes="beta_1 and beta_2 are exchanged" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    b2, b1 = beta_1, beta_2
    t = t + 1
    ms, vs, ps = [], [], []
    for i, g in enumerate(grads):
        ms += [b1 * m[i] + (1 - b1) * g]
        vs += [b2 * v[i] + (1 - b2) * g * g]
        mhat = ms[i] / (1 - b1**t)
        vhat = vs[i] / (1 - b2**t)
        ps += [params[i] - learning_rate * mhat / (vhat**0.5 + eps)]
    return ps, t, ms, vs


# %% id=running-sum-not-mean style=loop mistakes="the new gradient enters m without 1 - beta_1" origin="mixed up with momentum"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    params, m, v = list(params), list(m), list(v)
    for i in range(len(params)):
        m[i] = beta_1 * m[i] + grads[i]
        v[i] = beta_2 * v[i] + (1 - beta_2) * grads[i] ** 2
        mh = m[i] / (1 - beta_1**t)
        vh = v[i] / (1 - beta_2**t)
        params[i] = params[i] - learning_rate * mh / (eps + np.sqrt(vh))
    return params, t, m, v


# %% id=no-square-no-correction style=vectorised mistakes="v uses the gradient without its square; the bias correction of m is left out" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    m = [beta_1 * mi + (1 - beta_1) * g for mi, g in zip(m, grads)]
    v = [beta_2 * vi + (1 - beta_2) * abs(g) for vi, g in zip(v, grads)]
    m_hat = m
    v_hat = [vi / (1 - beta_2**t) for vi in v]
    return [p - learning_rate * a / (np.sqrt(b) + eps) for p, a, b in zip(params, m_hat, v_hat)], t, m, v


# %% id=root-and-place style=loop mistakes="the square root is missing; the parameters are changed in place" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t += 1
    m_new = []
    v_new = []
    for p, g, m0, v0 in zip(params, grads, m, v):
        m1 = beta_1 * m0 + (1 - beta_1) * g
        v1 = beta_2 * v0 + (1 - beta_2) * (g**2)
        p -= learning_rate * (m1 / (1 - beta_1**t)) / (v1 / (1 - beta_2**t) + eps)
        m_new.append(m1)
        v_new.append(v1)
    return params, t, m_new, v_new


# %% id=one-beta-for-both style=framework mistakes="the bias correction of v uses beta_1; t is returned as it was given" origin="ported from an optimiser class"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    fix_1 = 1.0 / (1.0 - beta_1 ** (t + 1))
    fix_2 = 1.0 / (1.0 - beta_1 ** (t + 1))

    def update(p, g, mom, rms):
        mom = mom + (1 - beta_1) * (g - mom)
        rms = rms + (1 - beta_2) * (g * g - rms)
        return p - learning_rate * fix_1 * mom / (np.sqrt(fix_2 * rms) + eps), mom, rms

    p, mom, rms = zip(*[update(*row) for row in zip(params, grads, m, v)])
    return list(p), t, list(mom), list(rms)


# %% id=square-of-mean-uphill style=loop mistakes="v uses the square of m instead of the gradient's; the step goes up the gradient" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    P, M, V = [], [], []
    for theta, g, m_i, v_i in zip(params, grads, m, v):
        m_i = beta_1 * m_i + (1 - beta_1) * g
        v_i = beta_2 * v_i + (1 - beta_2) * m_i**2
        delta = learning_rate * (m_i / (1 - beta_1**t)) / (np.sqrt(v_i / (1 - beta_2**t)) + eps)
        P.append(theta + delta)
        M.append(m_i)
        V.append(v_i)
    return P, t, M, V


# %% id=three-of-adam style=vectorised mistakes="eps is inside the square root; the bias correction of m is left out; the corrected v is returned for v" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    n = t + 1
    m = [beta_1 * q + (1 - beta_1) * g for q, g in zip(m, grads)]
    v = [(beta_2 * q + (1 - beta_2) * g * g) / (1 - beta_2**n) for q, g in zip(v, grads)]
    out = []
    for i in range(len(params)):
        first = m[i]
        out.append(params[i] - learning_rate * first / np.sqrt(v[i] + eps))
    return out, n, m, v


# %% id=three-of-the-betas style=loop mistakes="the new gradient enters v without 1 - beta_2; t is counted once for each array; the corrected m is returned for m" origin="beginner"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    res_p, res_m, res_v = [], [], []
    for p, g, a, b in zip(params, grads, m, v):
        t += 1
        a = beta_1 * a + (1 - beta_1) * g
        b = beta_2 * b + g * g
        a = a / (1 - beta_1**t)
        res_p.append(p - learning_rate * a / (np.sqrt(b / (1 - beta_2**t)) + eps))
        res_m.append(a)
        res_v.append(b)
    return res_p, t, res_m, res_v


# %% id=one-long-vector style=layout mistakes="" origin="ported from MATLAB"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    roll = lambda parts: np.concatenate([np.asarray(p, dtype=float).ravel() for p in parts])

    def unroll(vec):
        pos, parts = 0, []
        for p in params:
            parts.append(vec[pos : pos + p.size].reshape(p.shape))
            pos += p.size
        return parts

    theta, g, M, V = roll(params), roll(grads), roll(m), roll(v)
    t = t + 1
    M = beta_1 * M + (1 - beta_1) * g
    V = beta_2 * V + (1 - beta_2) * g.__pow__(2)
    theta = theta - learning_rate * (M / (1 - beta_1**t)) / (np.sqrt(V / (1 - beta_2**t)) + eps)
    return unroll(theta), t, unroll(M), unroll(V)


# %% id=efficient-form-of-the-paper style=framework mistakes="" origin="ported from PyTorch"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    step = t + 1
    exp_avgs, exp_avg_sqs, updated = [], [], []
    for param, grad, exp_avg, exp_avg_sq in zip(params, grads, m, v):
        exp_avg = exp_avg + (grad - exp_avg) * (1 - beta_1)  # lerp
        exp_avg_sq = exp_avg_sq * beta_2 + grad * grad * (1 - beta_2)
        bias_correction1 = 1 - beta_1**step
        bias_correction2_sqrt = (1 - beta_2**step) ** 0.5
        denom = np.sqrt(exp_avg_sq) / bias_correction2_sqrt + eps
        updated.append(param - (learning_rate / bias_correction1) * (exp_avg / denom))
        exp_avgs.append(exp_avg)
        exp_avg_sqs.append(exp_avg_sq)
    return updated, step, exp_avgs, exp_avg_sqs


# %% id=state-object style=class mistakes="" origin="beginner with object orientation"
class Slot:
    def __init__(self, theta, m, v):
        self.theta, self.m, self.v = theta.copy(), m.copy(), v.copy()

    def step(self, g, n, lr, b1, b2, eps):
        self.m *= b1
        self.m += (1 - b1) * g
        self.v *= b2
        self.v += (1 - b2) * g**2
        self.theta -= lr * self.m / (1 - b1**n) / (eps + (self.v / (1 - b2**n)) ** 0.5)


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    slots = [Slot(*args) for args in zip(params, m, v)]
    t = t + 1
    for slot, g in zip(slots, grads):
        slot.step(g, t, learning_rate, beta_1, beta_2, eps)
    return [s.theta for s in slots], t, [s.m for s in slots], [s.v for s in slots]


# %% id=needless-dictionary style=loop mistakes="" origin="ported from a course with dictionaries"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    cache = {}
    t = int(t) + 1
    for l in range(len(params)):
        cache["m" + str(l)] = beta_1 * m[l] + (1.0 - beta_1) * grads[l]
        cache["v" + str(l)] = beta_2 * v[l] + (1.0 - beta_2) * np.power(grads[l], 2)
        mc = cache["m" + str(l)] / (1.0 - np.power(beta_1, t))
        vc = cache["v" + str(l)] / (1.0 - np.power(beta_2, t))
        cache["p" + str(l)] = params[l] - learning_rate * np.divide(mc, np.sqrt(vc) + eps)
    pick = lambda c: [cache[c + str(l)] for l in range(len(params))]
    return pick("p"), t, pick("m"), pick("v")


# %% id=stacked-moments style=vectorised mistakes="" origin="forum"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    beta = np.array([beta_1, beta_2])
    moments = []
    for g, a, b in zip(grads, m, v):
        shape = (2,) + (1,) * g.ndim
        k = beta.reshape(shape)
        moments.append(k * np.stack([a, b]) + (1 - k) * np.stack([g, g * g]))
    new = []
    for p, mv in zip(params, moments):
        hat = mv / (1 - beta**t).reshape((2,) + (1,) * p.ndim)
        new.append(p - learning_rate * hat[0] / (np.sqrt(hat[1]) + eps))
    return new, t, [mv[0] for mv in moments], [mv[1] for mv in moments]
