# %% id=typed-state-dataclass style=class mistakes="" origin="a dataclass of the moments for each array"
from dataclasses import dataclass


@dataclass
class Moments:
    m: np.ndarray
    v: np.ndarray

    def update(self, g, beta_1, beta_2):
        return Moments(beta_1 * self.m + (1 - beta_1) * g, beta_2 * self.v + (1 - beta_2) * g**2)

    def direction(self, t, beta_1, beta_2, eps):
        m_hat, v_hat = self.m / (1 - beta_1**t), self.v / (1 - beta_2**t)
        return m_hat / (np.sqrt(v_hat) + eps)


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    states = [Moments(*pair).update(g, beta_1, beta_2) for pair, g in zip(zip(m, v), grads)]
    new = [p - learning_rate * s.direction(t + 1, beta_1, beta_2, eps) for p, s in zip(params, states)]
    return new, t + 1, [s.m for s in states], [s.v for s in states]


# %% id=out-everywhere style=in-place mistakes="" origin="ufuncs with out=, on copies of the moments"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    new_params, new_m, new_v = [], [], []
    for p, g, m_i, v_i in zip(params, grads, m, v):
        m_i, v_i = np.multiply(m_i, beta_1), np.multiply(v_i, beta_2)
        work = np.multiply(g, 1 - beta_1)
        np.add(m_i, work, out=m_i)
        np.square(g, out=work)
        work *= 1 - beta_2
        np.add(v_i, work, out=v_i)
        np.divide(v_i, 1 - beta_2**t, out=work)
        np.sqrt(work, out=work)
        work += eps
        np.divide(m_i, work, out=work)
        work *= learning_rate / (1 - beta_1**t)
        new_params.append(p - work)
        new_m.append(m_i)
        new_v.append(v_i)
    return new_params, t, new_m, new_v


# %% id=indices-and-lists style=loop mistakes="" origin="beginner with range(len(...)) and four lists"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    t = t + 1
    params, m, v = list(params), list(m), list(v)
    for i in range(len(params)):
        m[i] = beta_1 * m[i] + (1 - beta_1) * grads[i]
        v[i] = beta_2 * v[i] + (1 - beta_2) * grads[i] * grads[i]
        m_hat = m[i] / (1 - beta_1 ** t)
        v_hat = v[i] / (1 - beta_2 ** t)
        params[i] = params[i] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return params, t, m, v


# %% id=lerp-helper style=functional mistakes="" origin="a helper for the moving average, type hints"
def ema(old: np.ndarray, new: np.ndarray, beta: float) -> np.ndarray:
    """Exponential moving average."""
    return new + beta * (old - new)


def unbiased(average: np.ndarray, beta: float, steps: int) -> np.ndarray:
    return average / (1.0 - np.power(beta, steps))


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    assert len(params) == len(grads) == len(m) == len(v)
    steps = t + 1
    m = [ema(a, g, beta_1) for a, g in zip(m, grads)]
    v = [ema(a, np.square(g), beta_2) for a, g in zip(v, grads)]
    scaled = [unbiased(a, beta_1, steps) / (unbiased(b, beta_2, steps) ** 0.5 + eps) for a, b in zip(m, v)]
    return [p - learning_rate * s for p, s in zip(params, scaled)], steps, m, v


# %% id=generator-that-yields-triples style=generator mistakes="" origin="a generator of (parameter, m, v)"
def _each(params, grads, m, v, k, eta, b1, b2, eps):
    for p, g, a, s in zip(params, grads, m, v):
        a = a * b1 + g * (1 - b1)
        s = s * b2 + g * g * (1 - b2)
        yield p - eta * (a / (1 - b1**k)) / (eps + (s / (1 - b2**k)) ** 0.5), a, s


def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    triples = [*_each(params, grads, m, v, t + 1, learning_rate, beta_1, beta_2, eps)]
    return [p for p, *_ in triples], t + 1, [a for _, a, _ in triples], [s for *_, s in triples]


# %% id=tuples-and-numpy-integer style=vectorised mistakes="" origin="tuples come back, the count as a NumPy integer"
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    count = np.int64(t) + 1
    b = np.array([beta_1, beta_2])
    correction = 1 - b**count

    def one(p, g, *moments):
        fresh = np.stack([g, g * g])
        m_i, v_i = new = (b * np.stack(moments, axis=-1) + (1 - b) * np.moveaxis(fresh, 0, -1)).transpose(
            g.ndim, *range(g.ndim)
        )
        m_hat, v_hat = (a / c for a, c in zip(new, correction))
        return p - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m_i, v_i

    params, m, v = zip(*(one(*arrays) for arrays in zip(params, grads, m, v)))
    return params, count, m, v
