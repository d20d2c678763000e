# %% id=hints-and-strict-zip style=functional mistakes="" origin="engineer: type hints, asserts, strict zip"
def sgd_step(
    params: list[np.ndarray], grads: list[np.ndarray], learning_rate: float, weight_decay: float
) -> list[np.ndarray]:
    """One step of gradient descent with L2 decay; nothing is changed in place."""
    updated = []
    for theta, g in zip(params, grads, strict=True):
        assert theta.shape == g.shape, (theta.shape, g.shape)
        updated.append(theta - learning_rate * (g + weight_decay * theta))
    return updated


# %% id=out-arguments style=in-place mistakes="" origin="ufuncs with out="
def sgd_step(params, grads, learning_rate, weight_decay):
    new = []
    for p, g in zip(params, grads):
        step = np.multiply(p, weight_decay)
        np.add(step, g, out=step)
        np.multiply(step, learning_rate, out=step)
        new.append(np.subtract(p, step, out=step))
    return new


# %% id=generator-in-a-list style=generator mistakes="" origin="a generator of updates"
def _updates(params, grads, eta, lam):
    for i in range(len(params)):
        yield params[i] - eta * grads[i] - eta * lam * params[i]


def sgd_step(params, grads, learning_rate, weight_decay):
    return [*_updates(params, grads, learning_rate, weight_decay)]


# %% id=axpy-closure style=closure mistakes="" origin="BLAS habit: axpy, twice"
def axpy(alpha):
    return lambda x, y: alpha * x + y


def sgd_step(params, grads, learning_rate, weight_decay):
    add_decay, descend = axpy(weight_decay), axpy(-learning_rate)
    return [descend(add_decay(p, g), p) for p, g in zip(params, grads)]


# %% id=parameter-groups style=framework mistakes="" origin="ported from a framework: parameter groups, a state dict"
class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad.copy()


class Optimizer:
    defaults = {"lr": 0.01, "weight_decay": 0.0}

    def __init__(self, params, **options):
        self.param_groups = [{"params": list(params), **self.defaults, **options}]

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if group["weight_decay"]:
                    p.grad += group["weight_decay"] * p.data
                p.data -= group["lr"] * p.grad


def sgd_step(params, grads, learning_rate, weight_decay):
    parameters = [Parameter(p, g) for p, g in zip(params, grads)]
    Optimizer(parameters, lr=learning_rate, weight_decay=weight_decay).step()
    return [p.data for p in parameters]


# %% id=vectorised-scalar-rule style=functional mistakes="" origin="the rule for one number, through np.frompyfunc"
def sgd_step(params, grads, learning_rate, weight_decay):
    rule = np.frompyfunc(lambda p, g: p - learning_rate * (g + weight_decay * p), 2, 1)
    return [np.asarray(rule(p, g), dtype=float).reshape(p.shape) for p, g in zip(params, grads)]
