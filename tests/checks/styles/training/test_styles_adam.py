"""Problem set 4, Adam: right answers in any style pass."""

import math

import numpy as np
import pytest
from support.styles import assert_right, each, every, packed


def by_comprehension(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    m = [beta_1 * mean + (1 - beta_1) * g for mean, g in zip(m, grads, strict=True)]
    v = [beta_2 * mean + (1 - beta_2) * np.square(g) for mean, g in zip(v, grads, strict=True)]
    t += 1
    rate = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)  # the efficient form of the paper, its eps as here
    small = eps * np.sqrt(1 - beta_2**t)
    return [p - rate * a / (np.sqrt(b) + small) for p, a, b in zip(params, m, v, strict=True)], t, m, v


def by_index(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    m, v, params = list(m), list(v), list(params)
    for i in range(len(params)):
        m[i] = m[i] + (1 - beta_1) * (grads[i] - m[i])
        v[i] = v[i] + (1 - beta_2) * (grads[i] * grads[i] - v[i])
        root = np.sqrt(v[i] / (1 - math.pow(beta_2, t + 1)))
        params[i] = params[i] - learning_rate / (1 - beta_1 ** (t + 1)) * m[i] / (root + eps)
    return params, t + 1, m, v


def in_own_buffers(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    params, m, v = ([array.copy() for array in arrays] for arrays in (params, m, v))
    for p, g, a, b in zip(params, grads, m, v, strict=True):
        a *= beta_1
        a += (1 - beta_1) * g
        b *= beta_2
        b += (1 - beta_2) * g**2
        p -= learning_rate * (a / (1 - beta_1 ** (t + 1))) / ((b / (1 - beta_2 ** (t + 1))) ** 0.5 + eps)
    return [params, np.int64(t + 1), m, v]


def as_numpy_objects(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    params, t, m, v = by_index(params, grads, int(t), m, v, learning_rate, beta_1, beta_2, eps)
    return tuple(params), float(t), tuple(m), tuple(v)


def one_by_one(step):
    """A helper for one parameter, called for each."""

    def adam_step(params, grads, t, m, v, *rates):
        t = t + 1
        each_updated = [step(*arrays, t, *rates) for arrays in zip(params, grads, m, v, strict=True)]
        params, m, v = ([updated[k] for updated in each_updated] for k in range(3))
        return params, t, m, v

    return adam_step


def named_lines(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    first = beta_1 * m
    first = first + (1 - beta_1) * g
    second = beta_2 * v
    second = second + (1 - beta_2) * g * g
    m_hat = first / (1 - beta_1**t)
    v_hat = second / (1 - beta_2**t)
    step = m_hat / (np.sqrt(v_hat) + eps)
    return theta - learning_rate * step, first, second


def scalars(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    theta, m, v = theta.copy(), m.copy(), v.copy()
    for index, slope in np.ndenumerate(g):
        m[index] += (1 - beta_1) * (slope - m[index])
        v[index] += (1 - beta_2) * (slope * slope - v[index])
        root = math.sqrt(v[index] / (1 - beta_2**t))
        theta[index] -= learning_rate * m[index] / (1 - beta_1**t) / (root + eps)
    return theta, m, v


def averages(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    m = np.average([m, g], axis=0, weights=[beta_1, 1 - beta_1])
    v = np.average([v, g**2], axis=0, weights=[beta_2, 1 - beta_2])
    return theta - learning_rate * (m / (1 - beta_1**t)) / (eps + (v / (1 - beta_2**t)) ** 0.5), m, v


def functions_of_numpy(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    m = np.add(np.multiply(beta_1, m), np.multiply(np.subtract(1, beta_1), g))
    v = np.add(np.multiply(beta_2, v), np.multiply(np.subtract(1, beta_2), np.power(g, 2)))
    m_hat, v_hat = np.divide(m, 1 - np.power(beta_1, t)), np.divide(v, 1 - np.power(beta_2, t))
    return np.subtract(theta, learning_rate * np.divide(m_hat, np.add(np.sqrt(v_hat), eps))), m, v


def flat(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    new = named_lines(*(array.ravel() for array in (theta, g, m, v)), t, learning_rate, beta_1, beta_2, eps)
    return tuple(array.reshape(theta.shape) for array in new)


def corrections_as_sums(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    """1 - beta^t is what the weights of the average add up to."""
    total = lambda beta: sum((1 - beta) * beta**k for k in range(int(t)))  # noqa: E731
    m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
    return theta - learning_rate * (m / total(beta_1)) / (np.sqrt(v / total(beta_2)) + eps), m, v


def by_einsum(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    m = np.einsum("i,i...", [beta_1, 1 - beta_1], np.stack([m, g]))
    v = np.einsum("i,i...", [beta_2, 1 - beta_2], np.stack([v, g * g]))
    return theta - learning_rate * m / (1 - beta_1**t) / (np.sqrt(v / (1 - beta_2**t)) + eps), m, v


def out_buffers(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    step, m = np.empty_like(theta), beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    np.divide(v, 1 - beta_2**t, out=step)
    np.sqrt(step, out=step)
    step += eps
    np.divide(m, step, out=step)
    step *= -learning_rate / (1 - beta_1**t)
    step += theta
    return step, m, v


class Moment:
    def __init__(self, beta, value, power):
        self.beta, self.value, self.power = beta, value, power

    def __call__(self, g, t):
        self.value = self.beta * self.value + (1 - self.beta) * g**self.power
        return self.value / (1 - self.beta**t)


def objects(theta, g, m, v, t, learning_rate, beta_1, beta_2, eps):
    first, second = Moment(beta_1, m, 1), Moment(beta_2, v, 2)
    return theta - learning_rate * first(g, t) / (second(g, t) ** 0.5 + eps), first.value, second.value


def one_long_vector(params, grads, t, m, v, *rates):
    join = lambda arrays: np.concatenate([array.ravel() for array in arrays])  # noqa: E731
    new = named_lines(join(params), join(grads), join(m), join(v), t + 1, *rates)
    cut = params[0].size
    params, m, v = ((vector[:cut].reshape(params[0].shape), vector[cut:]) for vector in new)
    return params, t + 1, m, v


def recursive(params, grads, t, m, v, *rates):
    if len(params) == 0:
        return [], t + 1, [], []
    theta, first, second = named_lines(params[0], grads[0], m[0], v[0], t + 1, *rates)
    rest = recursive(params[1:], grads[1:], t, m[1:], v[1:], *rates)
    return [theta, *rest[0]], rest[1], [first, *rest[2]], [second, *rest[3]]


def single(*arguments):
    lower = lambda a: a.astype(np.float32)  # noqa: E731
    return each(lower, by_comprehension(*each(lower, list(arguments))))


ADAM = {
    "comprehensions": by_comprehension,
    "by index": by_index,
    "own buffers": in_own_buffers,
    "tuples, and t as a float": as_numpy_objects,
    "named lines": one_by_one(named_lines),
    "scalar by scalar": one_by_one(scalars),
    "np.average": one_by_one(averages),
    "np.add and np.multiply": one_by_one(functions_of_numpy),
    "flat": one_by_one(flat),
    "corrections as sums": one_by_one(corrections_as_sums),
    "einsum": one_by_one(by_einsum),
    "out=": one_by_one(out_buffers),
    "objects": one_by_one(objects),
    "one long vector": one_long_vector,
    "recursive": recursive,
    "float32": single,
    "t as an array": lambda *a: (lambda p, t, m, v: (p, np.array(t), m, v))(*by_comprehension(*a)),
} | packed(by_comprehension)

STYLES = {"adam_step": ADAM}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
