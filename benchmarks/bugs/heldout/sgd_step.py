# %% id=decay-forgotten style=loop mistakes="weight_decay is left out" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    new_params = []
    for w, dw in zip(params, grads):
        new_params.append(w - learning_rate * dw)
    return new_params


# %% id=minus-equals style=loop mistakes="the parameters are changed in place" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    out = []
    for i in range(len(params)):
        theta = params[i]
        g = grads[i] + weight_decay * theta
        theta -= learning_rate * g
        out.append(theta)
    return out


# %% id=decoupled-without-rate style=vectorised mistakes="weight_decay is not multiplied by learning_rate" origin="half-remembered AdamW"
def sgd_step(params, grads, learning_rate, weight_decay):
    # shrink first, then step
    shrunk = [p * (1 - weight_decay) for p in params]
    return [p - learning_rate * g for p, g in zip(shrunk, grads)]


# %% id=no-decay-on-biases style=framework mistakes="weight_decay leaves out the biases" origin="ported from a training script with parameter groups"
def sgd_step(params, grads, learning_rate, weight_decay):
    updated = []
    for p, g in zip(params, grads):
        wd = weight_decay if p.ndim > 1 else 0.0
        updated.append(p - learning_rate * (g + wd * p))
    return updated


# %% id=uphill style=vectorised mistakes="the step goes up the gradient" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    directions = [weight_decay * p - g for p, g in zip(params, grads)]
    return [p - learning_rate * d for p, d in zip(params, directions)]


# %% id=pull-away-from-zero style=class mistakes="weight_decay has the wrong sign" origin="beginner"
class SGD:
    def __init__(self, lr, wd):
        self.lr, self.wd = lr, wd

    def update(self, w, g):
        return w - self.lr * g + self.lr * self.wd * w


def sgd_step(params, grads, learning_rate, weight_decay):
    opt = SGD(learning_rate, weight_decay)
    return [opt.update(w, g) for w, g in zip(params, grads)]


# %% id=decay-of-the-gradient style=loop mistakes="weight_decay multiplies the gradient instead of the parameter" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    res = []
    for theta, dtheta in zip(params, grads):
        penalty = weight_decay * dtheta
        res.append(theta - learning_rate * (dtheta + penalty))
    return res


# %% id=uphill-in-place style=loop mistakes="the step goes up the gradient; the parameters are changed in place" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    for w, g in zip(params, grads):
        decay = weight_decay * w
        w += learning_rate * g
        w -= learning_rate * decay
    return params


# %% id=twice-the-penalty style=loop mistakes="weight_decay counts twice; weight_decay leaves out the biases" origin="derivative of lambda theta squared"
def sgd_step(params, grads, learning_rate, weight_decay):
    stepped = []
    for w, g in zip(params, grads):
        if len(w.shape) == 1:
            stepped.append(w - learning_rate * g)
            continue
        reg = 2 * weight_decay * w  # d/dw of lambda * w**2
        stepped.append(w - learning_rate * (g + reg))
    return stepped


# %% id=grad-dirtied-and-unscaled style=loop mistakes="the gradients are changed in place; weight_decay is not multiplied by learning_rate" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    for k in range(len(grads)):
        grads[k] *= learning_rate
    return [p - weight_decay * p - g for p, g in zip(params, grads)]


# %% id=three-slips style=framework mistakes="weight_decay has the wrong sign; weight_decay leaves out the biases; the parameters are changed in place" origin="ported from torch.optim"
def sgd_step(params, grads, learning_rate, weight_decay):
    for i, param in enumerate(params):
        d_p = grads[i]
        if weight_decay != 0 and param.ndim == 2:
            d_p = d_p - weight_decay * param
        param += -learning_rate * d_p
    return params


# %% id=map-and-lambda style=vectorised mistakes="" origin="forum"
def sgd_step(params, grads, learning_rate, weight_decay):
    keep = 1.0 - learning_rate * weight_decay
    return list(map(lambda pg: keep * pg[0] - learning_rate * pg[1], zip(params, grads)))


# %% id=flat-and-split style=layout mistakes="" origin="ported from MATLAB"
def sgd_step(params, grads, learning_rate, weight_decay):
    theta = np.concatenate([p.ravel() for p in params])
    J = np.concatenate([g.ravel() for g in grads]) + weight_decay * theta
    theta = theta - learning_rate * J
    pieces = np.split(theta, np.cumsum([p.size for p in params])[:-1])
    return [piece.reshape(p.shape) for piece, p in zip(pieces, params)]


# %% id=generator-of-steps style=generator mistakes="" origin="beginner who likes yield"
def _steps(ps, gs, lr, lam):
    for p, g in zip(ps, gs):
        q = np.empty_like(p)
        np.multiply(p, lam, out=q)
        q += g
        q *= -lr
        q += p
        yield q


def sgd_step(params, grads, learning_rate, weight_decay):
    return [*_steps(params, grads, learning_rate, weight_decay)]


# %% id=head-and-tail style=recursion mistakes="" origin="functional programmer"
def sgd_step(params, grads, learning_rate, weight_decay):
    if not params:
        return []
    (p, *ps), (g, *gs) = params, grads
    return [p - learning_rate * g - learning_rate * weight_decay * p] + sgd_step(ps, gs, learning_rate, weight_decay)


# %% id=copy-then-update style=class mistakes="" origin="ported from a framework"
class Param:
    def __init__(self, data, grad):
        self.data = np.array(data)
        self.grad = np.array(grad)

    def step(self, lr, wd):
        self.grad += wd * self.data
        self.data -= lr * self.grad
        return self.data


def sgd_step(params, grads, learning_rate, weight_decay):
    return [Param(p, g).step(learning_rate, weight_decay) for p, g in zip(params, grads)]
