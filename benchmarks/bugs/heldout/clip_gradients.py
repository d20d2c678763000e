# %% id=norm-of-each-array style=loop mistakes="the norm is taken of each array by itself" origin="beginner"
def clip_gradients(grads, max_norm):
    clipped = []
    for g in grads:
        n = np.linalg.norm(g)
        if n > max_norm:
            g = g * max_norm / n
        clipped.append(g)
    return clipped


# %% id=always-to-max-norm style=vectorised mistakes="gradients below max_norm are scaled up" origin="forum"
def clip_gradients(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads])
    length = np.sqrt(flat @ flat)
    if length == 0:
        return [g.copy() for g in grads]
    return [g / length * max_norm for g in grads]


# %% id=clip-by-value style=vectorised mistakes="each entry is clipped by itself" origin="ported from Keras clipvalue"
def clip_gradients(grads, max_norm):
    return [np.clip(g, -max_norm, max_norm) for g in grads]


# %% id=square-root-forgotten style=loop mistakes="the square root of the norm is missing" origin="beginner"
def clip_gradients(grads, max_norm):
    norm = 0.0
    for g in grads:
        norm = norm + (g**2).sum()
    # only shrink, never blow up
    if norm > max_norm:
        grads = [max_norm / norm * g for g in grads]
    return grads


# %% id=times-equals style=loop mistakes="the gradients are changed in place" origin="ported from PyTorch clip_grad_norm_"
def clip_gradients(grads, max_norm):
    total_norm = np.sqrt(sum([np.linalg.norm(p_grad) ** 2 for p_grad in grads]))
    clip_coef = max_norm / (total_norm + 1e-300)
    if clip_coef < 1:
        for p_grad in grads:
            p_grad *= clip_coef
    return grads


# %% id=root-of-the-mean style=class mistakes="the norm is a mean instead of a sum" origin="beginner"
class Clipper:
    def __init__(self, limit):
        self.limit = limit

    def length(self, gs):
        everything = np.hstack([g.flatten() for g in gs])
        return np.sqrt(np.mean(everything**2))

    def __call__(self, gs):
        n = self.length(gs)
        k = self.limit / n if n > self.limit else 1
        return [k * g for g in gs]


def clip_gradients(grads, max_norm):
    return Clipper(max_norm)(grads)


# %% id=only-the-matrices style=loop mistakes="the norm leaves out the biases" origin="beginner"
def clip_gradients(grads, max_norm):
    s = 0
    for g in grads:
        if g.ndim == 2:
            s += np.einsum("ij,ij->", g, g)
    total = np.sqrt(s)
    scale = 1.0
    if total > max_norm:
        scale = max_norm / total
    return [scale * g for g in grads]


# %% id=norms-added-and-in-place style=loop mistakes="the norms of the arrays are added without squares; the gradients are changed in place" origin="beginner"
def clip_gradients(grads, max_norm):
    total = 0
    for i in range(len(grads)):
        total += np.linalg.norm(grads[i])
    if total > max_norm:
        for i in range(len(grads)):
            grads[i][:] = grads[i] * (max_norm / total)
    return grads


# %% id=squared-and-always style=framework mistakes="the square root of the norm is missing; gradients below max_norm are scaled up" origin="ported from a TensorFlow answer"
def clip_gradients(grads, max_norm):
    # tf.clip_by_global_norm: t_list[i] * clip_norm / max(global_norm, clip_norm)
    global_norm = sum(np.sum(np.square(t)) for t in grads)
    global_norm = max(global_norm, 1e-30)
    return [t * max_norm / global_norm for t in grads]


# %% id=largest-of-the-norms style=vectorised mistakes="the largest of the arrays' norms is taken for the global norm; gradients below max_norm are scaled up" origin="beginner"
def clip_gradients(grads, max_norm):
    norm = max(np.linalg.norm(g) for g in grads)
    ratio = max_norm / (norm if norm else 1.0)
    return list(map(lambda g: ratio * g, grads))


# %% id=three-at-once style=loop mistakes="the square root of the norm is missing; gradients below max_norm are scaled up; the gradients are changed in place" origin="beginner"
def clip_gradients(grads, max_norm):
    result = []
    sq = sum([(g * g).sum() for g in grads])
    for g in grads:
        if sq > 0:
            g *= max_norm / sq
        result.append(g)
    return result


# %% id=flat-vector-and-back style=vectorised mistakes="" origin="ported from MATLAB"
def clip_gradients(grads, max_norm):
    sizes = [g.size for g in grads]
    theta = np.concatenate([g.reshape(-1) for g in grads])
    n = np.linalg.norm(theta)
    if n > max_norm:
        theta = theta * (max_norm / n)
    edges = np.cumsum([0] + sizes)
    return [theta[a:b].reshape(g.shape) for a, b, g in zip(edges[:-1], edges[1:], grads)]


# %% id=torch-like-clamp style=framework mistakes="" origin="ported from PyTorch"
def clip_gradients(grads, max_norm):
    norms = [np.linalg.norm(g.ravel(), 2) for g in grads]
    total_norm = np.linalg.norm(np.stack(norms), 2)
    clip_coef = max_norm / total_norm if total_norm > 0 else np.inf
    clip_coef_clamped = np.clip(clip_coef, None, 1.0)
    return [np.multiply(g, clip_coef_clamped) for g in grads]


# %% id=recursion-of-hypot style=recursion mistakes="" origin="beginner who likes functional style"
def clip_gradients(grads, max_norm):
    def length(gs):
        if len(gs) == 0:
            return 0.0
        return np.hypot(np.sqrt(np.sum(gs[0] ** 2)), length(gs[1:]))

    n = length(list(grads))
    return [g / max(n / max_norm, 1) for g in grads]


# %% id=entry-by-entry style=loop mistakes="" origin="beginner from C"
def clip_gradients(grads, max_norm):
    acc = 0.0
    for g in grads:
        for value in g.flat:
            acc += value * value
    acc = acc**0.5
    out = []
    for g in grads:
        new = np.zeros(g.shape)
        for idx in np.ndindex(*g.shape):
            new[idx] = g[idx]
            if acc > max_norm:
                new[idx] = g[idx] * max_norm / acc
        out.append(new)
    return out


# %% id=copy-then-in-place style=loop mistakes="" origin="forum"
def clip_gradients(grads, max_norm):
    mine = [np.array(g, dtype=float) for g in grads]  # own buffers, may be written
    norm = np.sqrt(np.sum([np.vdot(g, g) for g in mine]))
    if norm <= max_norm:
        return mine
    for g in mine:
        np.multiply(g, max_norm / norm, out=g)
    return mine
