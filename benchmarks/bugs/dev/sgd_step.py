# %% id=shrink-then-step style=vectorised mistakes="" origin="the decay as a factor"
def sgd_step(params, grads, learning_rate, weight_decay):
    shrink = 1 - learning_rate * weight_decay
    return [np.subtract(shrink * w, learning_rate * g) for w, g in zip(params, grads)]

# %% id=optimizer-with-groups style=framework mistakes="" origin="ported from torch.optim.SGD"
class SGD:
    def __init__(self, params, lr, weight_decay):
        self.param_groups = [{"params": [p.copy() for p in params], "lr": lr, "weight_decay": weight_decay}]

    def step(self, grads):
        for group in self.param_groups:
            for p, grad in zip(group["params"], grads):
                d_p = grad.copy()
                if group["weight_decay"] != 0:
                    d_p += group["weight_decay"] * p
                p += -group["lr"] * d_p
        return self.param_groups[0]["params"]

def sgd_step(params, grads, learning_rate, weight_decay):
    return SGD(params, learning_rate, weight_decay).step(grads)

# %% id=entry-by-entry-lists style=float-lists mistakes="" origin="pure Python from a blog post"
def sgd_step(params, grads, learning_rate, weight_decay):
    def move(p, g):
        if isinstance(p, list):
            return [move(a, b) for a, b in zip(p, g)]
        return p - learning_rate * (g + weight_decay * p)
    return [move(np.asarray(p).tolist(), np.asarray(g).tolist()) for p, g in zip(params, grads)]

# %% id=generator-of-updates style=generator mistakes="" origin="streaming code"
import operator
from functools import partial

def updates(params, grads, eta, lam):
    for k, theta in enumerate(params):
        slope = np.einsum("...,->...", theta, lam) + grads[k]
        yield theta + np.negative(eta) * slope

def sgd_step(params, grads, learning_rate, weight_decay):
    step = partial(updates, eta=learning_rate, lam=weight_decay)
    return list(step(params, grads))

# %% id=uphill style=loop mistakes="the step goes up the gradient of the loss" origin="gradient ascent from a policy-gradient script"
def sgd_step(params, grads, learning_rate, weight_decay):
    new = []
    for i in range(len(params)):
        decay = weight_decay * params[i]
        new.append(params[i] - learning_rate * (-grads[i] + decay))
    return new

# %% id=decay-ignored style=comprehension mistakes="weight_decay is left out" origin="plain SGD from the notes"
def sgd_step(params, grads, learning_rate, weight_decay):
    return [w - learning_rate * dw for w, dw in zip(params, grads)]

# %% id=bias-spared style=framework mistakes="the bias gets no weight decay" origin="common practice in torch code"
def sgd_step(params, grads, learning_rate, weight_decay):
    out = []
    for p, g in zip(params, grads):
        wd = weight_decay if p.ndim > 1 else 0.0
        out.append(p - learning_rate * (g + wd * p))
    return out

# %% id=decay-without-rate-doubled style=vectorised mistakes="weight_decay is not multiplied by learning_rate; the gradient is doubled" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    res = []
    for theta, d in zip(params, grads):
        step = learning_rate * 2 * d
        step = step + weight_decay * theta
        res.append(theta - step)
    return res

# %% id=growing-weights-rate-squared style=map mistakes="weight_decay has the wrong sign; the learning rate multiplies the gradient twice" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    eta = learning_rate

    def one(pair):
        p, g = pair
        return p - eta * (eta * g - weight_decay * p)

    return list(map(one, zip(params, grads)))

# %% id=l1-sign-mean style=class mistakes="the decay uses the sign of theta; the step goes up the gradient of the loss; the bias is not updated" origin="invented"
class Updater:
    def __init__(self, eta, lam):
        self.eta, self.lam = eta, lam

    def pull(self, w):
        return self.lam * np.sign(w)

    def __call__(self, w, g):
        return w - self.eta * (self.pull(w) - g)

def sgd_step(params, grads, learning_rate, weight_decay):
    upd = Updater(learning_rate, weight_decay)
    done = [upd(w, g) for w, g in zip(params, grads)]
    done[-1] = np.array(params[-1])
    return done

# %% id=decay-of-gradient-neighbour-normalised style=stepwise mistakes="weight_decay multiplies the gradient instead of the parameter; each gradient is divided by its norm; W_hh gets no weight decay" origin="invented"
def sgd_step(params, grads, learning_rate, weight_decay):
    W_xh, W_hh, b_h = params
    decays = [weight_decay, 0.0, weight_decay]
    result = []
    for p, g, lam in zip((W_xh, W_hh, b_h), grads, decays):
        direction = g / np.linalg.norm(g)
        shrink = lam * g
        result.append(p - learning_rate * direction - learning_rate * shrink)
    return result
