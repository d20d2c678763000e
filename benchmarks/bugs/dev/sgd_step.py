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

# %% id=penalty-itself-added style=loop mistakes="the sum of the squared weights is added instead of the weights themselves" origin="CS231n: loss += reg * sum(W * W), once more in the update"
def sgd_step(params, grads, learning_rate, weight_decay):
    new_params = []
    for W, dW in zip(params, grads):
        reg = weight_decay * np.sum(W * W)
        new_params.append(W - learning_rate * (dW + reg))
    return new_params

# %% id=two-lambda style=dictionary mistakes="the decay counts twice (factor 2)" origin="derivative of lambda W^2 without the half"
def sgd_step(params, grads, learning_rate, weight_decay):
    keys = ["W_xh", "W_hh", "b_h"]
    model = dict(zip(keys, params))
    gradient = dict(zip(keys, grads))
    for k in keys:
        gradient[k] = gradient[k] + 2 * weight_decay * model[k]
    return [model[k] - learning_rate * gradient[k] for k in keys]

# %% id=step-before-decay style=stepwise mistakes="the decay reads the parameter that is already updated" origin="two updates one after the other"
def sgd_step(params, grads, learning_rate, weight_decay):
    updated = []
    for p, g in zip(params, grads):
        q = p - learning_rate * g
        q = q - learning_rate * weight_decay * q
        updated.append(q)
    return updated

# %% id=default-rate style=class mistakes="learning_rate is not used, a fixed 0.01 stands in its place" origin="ported from a Keras-like optimizer class"
class SGD:
    def __init__(self, learning_rate=0.01, decay=0.0):
        self.learning_rate = learning_rate
        self.decay = decay

    def apply_gradients(self, pairs):
        return [var - self.learning_rate * (grad + self.decay * var) for grad, var in pairs]

def sgd_step(params, grads, learning_rate, weight_decay):
    optimizer = SGD(decay=weight_decay)
    return optimizer.apply_gradients(zip(grads, params))

# %% id=minus-equals style=in-place mistakes="the caller's parameters are overwritten in place" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    for i in range(len(params)):
        params[i] -= learning_rate * (grads[i] + weight_decay * params[i])
    return params

# %% id=return-indented style=loop mistakes="the return stands inside the loop, so only the first parameter comes back" origin="indentation"
def sgd_step(params, grads, learning_rate, weight_decay):
    result = []
    for theta, grad in zip(params, grads):
        slope = grad + weight_decay * theta
        result.append(theta - learning_rate * slope)
        return result
    return result

# %% id=rate-on-decay-only style=comprehension mistakes="the gradient is not multiplied by the learning rate" origin="misplaced bracket"
def sgd_step(params, grads, learning_rate, weight_decay):
    decay = [learning_rate * weight_decay * p for p in params]
    return [p - g - d for p, g, d in zip(params, grads, decay)]

# %% id=row-mean-and-double-decay style=helper mistakes="the gradient is divided by its number of rows; the decay counts twice (factor 2)" origin="beginner"
def regularised(theta, dtheta, lam):
    n = dtheta.shape[0]
    data = dtheta / n
    return data + 2.0 * lam * theta

def sgd_step(params, grads, learning_rate, weight_decay):
    return [p - learning_rate * regularised(p, g, weight_decay) for p, g in zip(params, grads)]

# %% id=no-brackets style=vectorised mistakes="the weight decay has the wrong sign; the weight decay is not multiplied by the learning rate" origin="brackets left out"
def sgd_step(params, grads, learning_rate, weight_decay):
    out = []
    for i, theta in enumerate(params):
        out.append(theta - learning_rate * grads[i] + weight_decay * theta)
    return out

# %% id=velocity-from-zero-biased-decay style=framework mistakes="the gradient is multiplied by 0.1, a momentum average that starts at zero; only W_hh gets weight decay" origin="the specialisation's update_parameters_with_momentum"
def sgd_step(params, grads, learning_rate, weight_decay):
    beta = 0.9
    v = [np.zeros_like(p) for p in params]
    lam = [0.0, weight_decay, 0.0]
    new = []
    for l in range(len(params)):
        v[l] = beta * v[l] + (1 - beta) * grads[l]
        new.append(params[l] - learning_rate * v[l] - learning_rate * lam[l] * params[l])
    return new

# %% id=climbing-with-squares style=map mistakes="the step goes up the gradient; the decay uses the square of the parameter; the decay is not multiplied by the learning rate" origin="invented"
def sgd_step(params, grads, learning_rate, weight_decay):
    def move(theta, g):
        theta_new = theta + learning_rate * g
        pull = theta**2
        return theta_new - weight_decay * pull

    return list(map(move, params, grads))

# %% id=halved-shared-array-no-rate style=loop mistakes="the decay is halved; the caller's arrays are overwritten in place; the gradient is not multiplied by the learning rate" origin="beginner"
def sgd_step(params, grads, learning_rate, weight_decay):
    new = [p for p in params]
    for k in range(len(new)):
        decay = 0.5 * weight_decay * new[k]
        new[k] -= learning_rate * decay + grads[k]
    return new
