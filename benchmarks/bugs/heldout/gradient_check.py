# %% id=absolute-distance style=loop mistakes="the tolerance is absolute" origin="beginner"
def gradient_check(f, df, theta):
    eps, tol = 1e-6, 1e-5
    grad = np.asarray(df(theta.copy()))
    if grad.shape != theta.shape:
        return False
    num = np.zeros_like(theta)
    for idx in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[idx] += eps
        down[idx] -= eps
        num[idx] = (f(up) - f(down)) / (2 * eps)
    scale = 1.0
    return bool(np.linalg.norm(grad - num) <= tol * scale)


# %% id=missing-two style=vectorised mistakes="the 2 of 2 eps is missing" origin="beginner"
def gradient_check(f, df, theta):
    eps = 1e-6
    analytic = df(theta)
    if np.shape(analytic) != np.shape(theta):
        return False
    steps = eps * np.eye(theta.size).reshape((theta.size,) + theta.shape)
    numeric = np.array([(f(theta + s) - f(theta - s)) / (eps) for s in steps]).reshape(theta.shape)
    distance = np.sqrt(np.sum((analytic - numeric) ** 2))
    scale = max(np.sqrt(np.sum(analytic ** 2)), np.sqrt(np.sum(numeric ** 2)))
    return bool(distance <= 1e-5 * scale)


# %% id=nan-slips-through style=loop mistakes="nan is accepted" origin="tests for too large instead of small enough"
def gradient_check(f, df, theta):
    g = np.array(df(theta), dtype=float)
    if g.shape != theta.shape:
        return False
    n = np.zeros(theta.shape)
    for i in np.ndindex(*theta.shape):
        e = np.zeros(theta.shape)
        e[i] = 1e-6
        n[i] = (f(theta + e) - f(theta - e)) / 2e-6
    diff = np.linalg.norm(g - n)
    size = max(np.linalg.norm(g), np.linalg.norm(n))
    if diff > 1e-5 * size:
        return False
    return True


# %% id=zero-over-zero style=framework mistakes="two zero gradients are rejected" origin="formula typed as it stands"
def gradient_check(f, df, theta):
    def numerical():
        out = np.empty(theta.shape)
        for index in np.ndindex(theta.shape):
            step = np.zeros(theta.shape)
            step[index] = 1e-6
            out[index] = (f(theta + step) - f(theta - step)) / 2e-6
        return out

    claimed, measured = df(theta), numerical()
    if claimed.shape != measured.shape:
        return False
    top = np.linalg.norm(claimed - measured)
    bottom = max(np.linalg.norm(claimed), np.linalg.norm(measured))
    with np.errstate(all="ignore"):
        return bool(np.float64(top) / bottom <= 1e-5)


# %% id=shapes-not-compared style=loop mistakes="the shape is not compared" origin="NumPy broadcasts in silence"
def gradient_check(f, df, theta):
    h = 1e-6
    d = df(theta)
    approx = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        dtheta = np.zeros(theta.shape)
        dtheta[i] = h
        approx[i] = (f(theta + dtheta) - f(theta - dtheta)) / (2 * h)
    err = np.linalg.norm(d - approx)
    return bool(err <= 1e-5 * max(np.linalg.norm(d), np.linalg.norm(approx)))


# %% id=generous style=loop mistakes="the tolerance is too large" origin="made the check pass"
def gradient_check(f, df, theta):
    EPS = 1e-6
    TOL = 1e-2
    ana = df(theta.copy())
    if ana.shape != theta.shape:
        return False
    num = np.zeros_like(theta)
    for k in np.ndindex(theta.shape):
        t1 = theta.copy(); t1[k] += EPS
        t2 = theta.copy(); t2[k] -= EPS
        num[k] = (f(t1) - f(t2)) / (2 * EPS)
    return bool(np.linalg.norm(ana - num) <= TOL * max(np.linalg.norm(ana), np.linalg.norm(num)))


# %% id=left-where-it-was-moved style=in-place mistakes="theta is changed in place" origin="moves entries and forgets to put them back"
def gradient_check(f, df, theta):
    grad = np.array(df(theta))
    if grad.shape != theta.shape:
        return False
    num = np.zeros(theta.shape)
    for ix in np.ndindex(theta.shape):
        theta[ix] += 1e-6
        plus = f(theta)
        theta[ix] -= 2e-6
        minus = f(theta)
        num[ix] = (plus - minus) / 2e-6
        theta[ix] += 1e-6   # back again, up to rounding
    return bool(np.linalg.norm(grad - num) <= 1e-5 * max(np.linalg.norm(grad), np.linalg.norm(num)))


# %% id=first-row-is-enough style=loop mistakes="only the first entry is compared" origin="spot check"
def gradient_check(f, df, theta):
    g = df(theta)
    if g.shape != theta.shape:
        return False
    places = list(np.ndindex(theta.shape))[:1]
    a, b = [], []
    for place in places:
        e = np.zeros(theta.shape)
        e[place] = 1e-6
        a.append(g[place])
        b.append((f(theta + e) - f(theta - e)) / 2e-6)
    a, b = np.array(a), np.array(b)
    return bool(np.linalg.norm(a - b) <= 1e-5 * max(np.linalg.norm(a), np.linalg.norm(b)))


# %% id=forward-difference style=loop mistakes="the difference is one-sided" origin="definition of the derivative"
def gradient_check(f, df, theta):
    eps = 1e-6
    g = df(theta)
    if np.shape(g) != theta.shape:
        return False
    n = np.zeros(theta.shape)
    f0 = f(theta)
    for i in np.ndindex(theta.shape):
        moved = theta.copy()
        moved[i] += eps
        n[i] = (f(moved) - f0) / eps
    return bool(np.linalg.norm(g - n) <= 1e-5 * max(np.linalg.norm(g), np.linalg.norm(n)))


# %% id=absolute-and-broadcast style=vectorised mistakes="the tolerance is absolute; the shape is not compared" origin="beginner"
def gradient_check(f, df, theta):
    claimed = np.asarray(df(theta))
    eye = np.eye(theta.size) * 1e-6
    central = [(f(theta + e.reshape(theta.shape)) - f(theta - e.reshape(theta.shape))) / 2e-6 for e in eye]
    central = np.reshape(central, theta.shape)
    gap = np.sqrt(((claimed - central) ** 2).sum())
    size = max(np.sqrt((claimed ** 2).sum()), np.sqrt((central ** 2).sum()))
    return bool(gap <= 1e-5)


# %% id=nan-and-lengths style=loop mistakes="nan is accepted; only the lengths are compared" origin="compares norms"
def gradient_check(f, df, theta):
    g = df(theta)
    if g.shape != theta.shape:
        return False
    n = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = 1e-6
        n[i] = (f(theta + e) - f(theta - e)) / 2e-6
    ng, nn = np.linalg.norm(g), np.linalg.norm(n)
    diff = abs(ng - nn)
    bad = diff > 1e-5 * max(ng, nn)
    return not bad


# %% id=quotient-and-broadcast style=framework mistakes="two zero gradients are rejected; the shape is not compared" origin="formula typed as it stands"
def rel_error(a, b):
    with np.errstate(all="ignore"):
        return np.linalg.norm(a - b) / np.maximum(np.linalg.norm(a), np.linalg.norm(b))

def gradient_check(f, df, theta):
    analytic = np.asarray(df(theta))
    numeric = np.zeros(theta.shape)
    for ix in np.ndindex(theta.shape):
        bump = np.zeros(theta.shape)
        bump[ix] = 1e-6
        numeric[ix] = (f(theta + bump) - f(theta - bump)) / 2e-6
    return bool(rel_error(analytic, numeric) <= 1e-5)


# %% id=generous-and-first-only style=loop mistakes="the tolerance is too large; only the first entry is compared" origin="made the check pass"
def gradient_check(f, df, theta):
    g = np.array(df(theta))
    if g.shape != theta.shape:
        return False
    n = np.zeros_like(g)
    for i in np.ndindex(theta.shape):
        d = np.zeros_like(theta)
        d[i] = 1e-6
        n[i] = (f(theta + d) - f(theta - d)) / 2e-6
    g, n = g.ravel()[:1], n.ravel()[:1]
    return bool(np.linalg.norm(g - n) <= 0.01 * max(np.linalg.norm(g), np.linalg.norm(n)))


# %% id=generous-nan-and-broadcast style=loop mistakes="the tolerance is too large; nan is accepted; the shape is not compared" origin="beginner"
def gradient_check(f, df, theta):
    eps = 1e-6
    got = df(theta)
    ref = np.zeros(theta.shape)
    for pos in np.ndindex(theta.shape):
        d = np.zeros(theta.shape)
        d[pos] = eps
        ref[pos] = (f(theta + d) - f(theta - d)) / (2 * eps)
    limit = 1e-2 * max(np.linalg.norm(got), np.linalg.norm(ref))
    wrong = np.linalg.norm(got - ref) > limit
    return bool(not wrong)


# %% id=absolute-nan-lengths style=vectorised mistakes="the tolerance is absolute; nan is accepted; only the lengths are compared" origin="beginner"
def gradient_check(f, df, theta):
    a = df(theta)
    if np.shape(a) != np.shape(theta):
        return False
    shifts = 1e-6 * np.eye(theta.size).reshape(-1, *theta.shape)
    n = np.array([(f(theta + s) - f(theta - s)) / 2e-6 for s in shifts]).reshape(theta.shape)
    la, ln = np.linalg.norm(a), np.linalg.norm(n)
    error = np.abs(la - ln)
    allowed = 1e-5
    if error > allowed:
        return False
    return True


# %% id=flat-lambda style=layout mistakes="" origin="works on a flat copy"
def gradient_check(f, df, theta):
    flat = theta.ravel().copy()
    F = lambda v: f(v.reshape(theta.shape))
    g = np.asarray(df(theta.copy()))
    if g.shape != theta.shape:
        return False
    num = np.zeros(flat.size)
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + 1e-6
        up = F(flat)
        flat[i] = old - 1e-6
        down = F(flat)
        flat[i] = old
        num[i] = (up - down) / 2e-6
    return bool(np.linalg.norm(g.ravel() - num) <= 1e-5 * max(np.linalg.norm(g), np.linalg.norm(num)))


# %% id=guarded-quotient style=framework mistakes="" origin="types the formula and guards it"
def gradient_check(f, df, theta):
    def length(v):
        return float(np.sqrt(np.sum(np.square(v))))

    g = np.array(df(np.array(theta)))
    if np.shape(g) != np.shape(theta) or np.any(np.isnan(g)):
        return False
    n = np.full(theta.shape, np.nan)
    unit = np.zeros(theta.shape)
    for idx in np.ndindex(theta.shape):
        unit[idx] = 1
        n[idx] = (f(theta + 1e-6 * unit) - f(theta - 1e-6 * unit)) / (2 * 1e-6)
        unit[idx] = 0
    denominator = max(length(g), length(n))
    if denominator == 0.0:
        return True
    return length(g - n) / denominator <= 1e-5


# %% id=nditer style=loop mistakes="" origin="ported from a course with np.nditer"
def gradient_check(f, df, theta):
    point = np.array(theta, copy=True)
    grad = df(point)
    if np.shape(grad) != point.shape:
        return False
    numeric = np.zeros_like(point)
    walker = np.nditer(point, flags=["multi_index"], op_flags=["readwrite"])
    while not walker.finished:
        ix = walker.multi_index
        keep = point[ix]
        point[ix] = keep + 1e-6
        fp = f(point)
        point[ix] = keep - 1e-6
        fm = f(point)
        point[ix] = keep
        numeric[ix] = (fp - fm) / 2e-6
        walker.iternext()
    a, b = np.linalg.norm(grad), np.linalg.norm(numeric)
    return bool(np.linalg.norm(grad - numeric) <= 1e-5 * np.maximum(a, b))


# %% id=checker-object style=class mistakes="" origin="object-oriented beginner"
class Checker:
    eps, tol = 1e-6, 1e-5

    def __init__(self, f, theta):
        self.f, self.theta = f, theta

    def slope(self, place):
        e = np.zeros(self.theta.shape)
        e[place] = self.eps
        return (self.f(self.theta + e) - self.f(self.theta - e)) / (2 * self.eps)

    def agrees(self, g):
        if np.shape(g) != self.theta.shape:
            return False
        n = np.array([self.slope(p) for p in np.ndindex(self.theta.shape)]).reshape(self.theta.shape)
        return bool(np.linalg.norm(g - n) <= self.tol * max(np.linalg.norm(g), np.linalg.norm(n)))

def gradient_check(f, df, theta):
    return Checker(f, theta).agrees(df(theta))
