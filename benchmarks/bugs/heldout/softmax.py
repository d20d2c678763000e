# %% id=by-the-formula style=vectorised mistakes="the maximum is not subtracted" origin="beginner"
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


# %% id=columns-habit style=vectorised mistakes="softmax runs over the batch axis" origin="ported from code with samples in columns"
def softmax(z):
    e_z = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e_z / np.sum(e_z, axis=1, keepdims=True)


# %% id=one-maximum-for-all style=vectorised mistakes="the maximum is taken over all entries" origin="forum answer for one vector"
def softmax(z):
    m = np.max(z)
    e = np.exp(z - m)
    return e / np.sum(e, axis=2, keepdims=True)


# %% id=sum-of-everything style=framework mistakes="softmax runs over all entries" origin="forum answer for one vector"
def softmax(z):
    shifted = z - np.amax(z, axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps)


# %% id=logarithm-returned style=framework mistakes="the logarithm is returned" origin="ported from log_softmax"
def softmax(z):
    s = z.max(axis=-1, keepdims=True)
    lse = s + np.log(np.exp(z - s).sum(axis=-1, keepdims=True))
    return z - lse


# %% id=minus-equals-max style=in-place mistakes="z is changed in place" origin="performance-minded beginner"
def softmax(z):
    z -= z.max(axis=-1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=-1, keepdims=True)
    return p


# %% id=clipped-exponents style=per-sample mistakes="z is clipped" origin="forum remedy against overflow"
def softmax(z):
    T, B, K = z.shape
    out = np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            v = np.clip(z[t, b], -500, 500)
            out[t, b] = np.exp(v) / np.exp(v).sum()
    return out


# %% id=boltzmann-minus style=vectorised mistakes="z has the wrong sign; softmax runs over the time axis" origin="physics student: energies"
def softmax(z):
    E = z
    w = np.exp(-(E - E.min(axis=-1, keepdims=True)))
    return w / w.sum(axis=0, keepdims=True)


# %% id=naive-over-batch style=loop mistakes="the maximum is not subtracted; softmax runs over the batch axis" origin="beginner"
def softmax(z):
    probs = np.zeros_like(z)
    for t in range(z.shape[0]):
        zt = z[t]
        num = np.exp(zt)
        probs[t] = num / num.sum(axis=0, keepdims=True)
    return probs


# %% id=base-two-unnormalised style=vectorised mistakes="powers of 2 instead of e; the normalising sum is missing" origin="information theory course"
def softmax(z):
    top = z.max(axis=-1)[..., None]
    q = np.exp2(z - top)
    return q


# %% id=minus-log-batch style=einsum mistakes="z has the wrong sign; the logarithm is returned; softmax runs over the batch axis" origin="beginner"
def softmax(z):
    u = -z
    u = u - u.max(axis=2, keepdims=True)
    e = np.exp(u)
    p = e / np.einsum("tbk->tk", e)[:, None, :]
    return np.log(p)


# %% id=in-place-global-two style=in-place mistakes="z is changed in place; softmax runs over the time axis; powers of 2 instead of e" origin="performance-minded beginner"
def softmax(z):
    w = z
    w -= w.max(axis=-1, keepdims=True)
    p = np.power(2.0, w)
    return p / p.sum(axis=0, keepdims=True)


# %% id=logsumexp style=framework mistakes="" origin="ported from scipy"
def softmax(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


# %% id=guess-by-guess style=per-sample mistakes="" origin="beginner"
def softmax(z):
    out = []
    for step in z:
        rows = []
        for guess in step:
            biggest = max(guess)
            powers = [np.exp(value - biggest) for value in guess]
            total = sum(powers)
            rows.append([p / total for p in powers])
        out.append(rows)
    return np.array(out)


# %% id=ratios style=broadcasting mistakes="" origin="divides by the numerator"
def softmax(z):
    # 1 / sum_j exp(z_j - z_k)
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


# %% id=classes-first style=layout mistakes="" origin="course with arrays (n_y, m, T)"
def softmax(z):
    a = np.moveaxis(z, -1, 0)
    e = np.exp(a - a.max(axis=0))
    return np.moveaxis(e / e.sum(axis=0), 0, -1)


# %% id=flat-rows style=in-place mistakes="" origin="performance-minded"
def softmax(z):
    rows = z.reshape(-1, z.shape[-1]).copy()
    rows -= rows.max(axis=1)[:, np.newaxis]
    np.exp(rows, out=rows)
    rows /= rows.sum(axis=1)[:, np.newaxis]
    return rows.reshape(z.shape)


# %% id=along-axis style=vectorize mistakes="" origin="MATLAB user"
def stable(v):
    w = np.exp(v - v.max())
    return w / w.sum()

def softmax(z):
    return np.apply_along_axis(stable, axis=-1, arr=z)


# %% id=shift-a-little-less style=vectorised mistakes="" origin="any constant will do"
def softmax(z):
    c = np.sort(z, axis=-1)[..., -1:] - 1.0
    e = np.exp(z - c)
    return np.einsum("tbk,tb->tbk", e, 1 / e.sum(axis=-1))
