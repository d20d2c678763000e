# %% id=shrink-then-subtract style=functional mistakes="" origin="weight decay as a shrinking factor"
def sgd_step(params, grads, learning_rate, weight_decay):
    keep = 1 - learning_rate * weight_decay
    return [keep * p - learning_rate * g for p, g in zip(params, grads)]


# %% id=one-long-vector style=vectorised mistakes="" origin="flattens all parameters into one vector"
def sgd_step(params, grads, learning_rate, weight_decay):
    theta = np.concatenate([np.ravel(p) for p in params])
    g = np.concatenate([np.ravel(p) for p in grads])
    theta = theta - learning_rate * (g + weight_decay * theta)
    ends = np.cumsum([np.size(p) for p in params])
    return [part.reshape(np.shape(p)) for part, p in zip(np.split(theta, ends[:-1]), params)]


# %% id=copies-changed-in-place style=in-place mistakes="" origin="optimiser with a step method on deep copies"
from copy import deepcopy


class SGD:
    def __init__(self, params, lr, weight_decay=0.0):
        self.params = params
        self.lr = lr
        self.weight_decay = weight_decay

    def step(self, grads):
        for p, g in zip(self.params, grads):
            d_p = g.copy()
            d_p += self.weight_decay * p
            p -= self.lr * d_p


def sgd_step(params, grads, learning_rate, weight_decay):
    optimizer = SGD(deepcopy(list(params)), lr=learning_rate, weight_decay=weight_decay)
    optimizer.step(grads)
    return optimizer.params


# %% id=entry-by-entry style=loop mistakes="" origin="nditer over entries"
def sgd_step(params, grads, learning_rate, weight_decay):
    nuevos = []
    for n in range(len(params)):
        nuevo = np.empty(params[n].shape)
        for lugar in np.ndindex(params[n].shape):  # cada número por separado
            pendiente = grads[n][lugar] + weight_decay * params[n][lugar]
            nuevo[lugar] = params[n][lugar] - learning_rate * pendiente
        nuevos.append(nuevo)
    return nuevos


# %% id=two-maps style=closure mistakes="" origin="map with closures"
def sgd_step(params, grads, learning_rate, weight_decay):
    def penalised(p, g):
        return np.add(g, np.multiply(weight_decay, p))

    def moved(p, slope):
        return np.subtract(p, np.multiply(learning_rate, slope))

    return list(map(moved, params, map(penalised, params, grads)))
