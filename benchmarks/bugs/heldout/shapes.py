# %% id=weights-from-to style=literal mistakes="W_xh is transposed" origin="lecture notes with W_xh of D x H"
def shapes(T, B, D, H, K):
    return {
        "x": (T, B, D),
        "h0": (B, H),
        "W_xh": (D, H),
        "W_hh": (H, H),
        "b_h": (H,),
        "h": (T, B, H),
        "W_hy": (K, H),
        "b_y": (K,),
        "z": (T, B, K),
    }


# %% id=batch-first-input style=literal mistakes="x has time and batch exchanged" origin="Keras user"
def shapes(T, B, D, H, K):
    s = {}
    s["x"] = (B, T, D)   # batch, timesteps, features
    s["h0"] = (B, H)
    s["W_xh"] = (H, D)
    s["W_hh"] = (H, H)
    s["b_h"] = (H,)
    s["h"] = (T, B, H)
    s["W_hy"] = (K, H)
    s["b_y"] = (K,)
    s["z"] = (T, B, K)
    return s


# %% id=forgot-the-comma style=literal mistakes="b_h is a number instead of a tuple" origin="beginner"
def shapes(T, B, D, H, K):
    x = (T, B, D)
    h0 = (B, H)
    W_xh, W_hh, b_h = (H, D), (H, H), (H)
    h = (T, B, H)
    W_hy, b_y = (K, H), (K,)
    z = (T, B, K)
    return dict(x=x, h0=h0, W_xh=W_xh, W_hh=W_hh, b_h=b_h, h=h, W_hy=W_hy, b_y=b_y, z=z)


# %% id=one-state-too-many style=literal mistakes="h has T + 1 steps" origin="counts h0 among the states"
def shapes(T, B, D, H, K):
    n_states = T + 1  # h(0) ... h(T)
    return {"x": (T, B, D), "h0": (B, H), "W_xh": (H, D), "W_hh": (H, H), "b_h": (H,),
            "h": (n_states, B, H), "W_hy": (K, H), "b_y": (K,), "z": (T, B, K)}


# %% id=z-like-a-state style=arrays mistakes="z ends in H instead of K" origin="beginner"
def shapes(T, B, D, H, K):
    arrays = {
        "x": np.zeros((T, B, D)),
        "h0": np.zeros((B, H)),
        "W_xh": np.zeros((H, D)),
        "W_hh": np.zeros((H, H)),
        "b_h": np.zeros(H),
        "h": np.zeros((T, B, H)),
        "W_hy": np.zeros((K, H)),
        "b_y": np.zeros(K),
    }
    arrays["z"] = np.zeros_like(arrays["h"])
    return {name: a.shape for name, a in arrays.items()}


# %% id=h-to-y-read-as-written style=vectorised mistakes="W_hy is transposed" origin="reads hy as (H, K)"
def shapes(T, B, D, H, K):
    names = ["x", "h0", "W_xh", "W_hh", "b_h", "h", "W_hy", "b_y", "z"]
    sizes = [(T, B, D), (B, H), (H, D), (H, H), (H,), (T, B, H), (H, K), (K,), (T, B, K)]
    return dict(zip(names, sizes))


# %% id=start-state-for-every-step style=literal mistakes="h0 has a time axis" origin="beginner"
def shapes(T, B, D, H, K):
    state = (T, B, H)
    return {
        "x": (T, B, D), "h0": state, "h": state, "z": (T, B, K),
        "W_xh": (H, D), "W_hh": (H, H), "W_hy": (K, H),
        "b_h": (H,), "b_y": (K,),
    }


# %% id=forgot-a-key style=literal mistakes="the key b_y is missing" origin="beginner"
def shapes(T, B, D, H, K):
    out = {"x": (T, B, D), "h0": (B, H)}
    out.update({"W_xh": (H, D), "W_hh": (H, H), "b_h": (H,)})
    out.update({"h": (T, B, H), "W_hy": (K, H)})
    out.update({"z": (T, B, K)})
    return out


# %% id=both-weights-from-to style=literal mistakes="W_xh is transposed; W_hy is transposed" origin="Keras kernels"
def shapes(T, B, D, H, K):
    dense = lambda n_in, n_out: (n_in, n_out)
    head = lambda n_in, n_out: (n_in, n_out)
    return {
        "x": (T, B, D), "h0": (B, H),
        "W_xh": dense(D, H), "W_hh": dense(H, H), "b_h": (H,),
        "h": (T, B, H),
        "W_hy": head(H, K), "b_y": (K,), "z": (T, B, K),
    }


# %% id=one-state-for-all style=literal mistakes="h0 has no batch axis; b_y has H entries instead of K" origin="beginner"
def shapes(T, B, D, H, K):
    return {
        "x": (T, B, D),
        "h0": (H,),  # the same start for everybody
        "W_xh": (H, D),
        "W_hh": (H, H),
        "b_h": (H,),
        "h": (T, B, H),
        "W_hy": (K, H),
        "b_y": (H,),
        "z": (T, B, K),
    }


# %% id=row-vectors style=framework mistakes="b_h is a row (1, H); h has time and batch exchanged" origin="ported from MATLAB"
def shapes(T, B, D, H, K):
    sz = dict()
    sz['x'] = (T, B, D)
    sz['h0'] = (B, H)
    sz['W_xh'] = (H, D)
    sz['W_hh'] = (H, H)
    sz['b_h'] = (1, H)
    sz['h'] = (B, T, H)
    sz['W_hy'] = (K, H)
    sz['b_y'] = (K,)
    sz['z'] = (T, B, K)
    return sz


# %% id=three-guesses style=literal mistakes="h0 has a time axis; W_hy is transposed; z has no time axis" origin="beginner"
def shapes(T, B, D, H, K):
    d = {"x": (T, B, D), "h": (T, B, H)}
    d["h0"] = (1, B, H)
    d["W_xh"], d["W_hh"], d["b_h"] = (H, D), (H, H), (H,)
    d["W_hy"], d["b_y"] = (H, K), (K,)
    d["z"] = (B, K)  # many to one
    return d


# %% id=sizes-mixed-up style=vectorised mistakes="W_hh ends in D instead of H; h has T + 1 steps; b_y is a number instead of a tuple" origin="beginner"
def shapes(T, B, D, H, K):
    weights = dict(W_xh=(H, D), W_hh=(H, D), W_hy=(K, H))
    biases = dict(b_h=(H,), b_y=K)
    series = dict(x=(T, B, D), h=(T + 1, B, H), z=(T, B, K))
    return {**weights, **biases, **series, "h0": (B, H)}


# %% id=letters style=string mistakes="" origin="einsum user"
def shapes(T, B, D, H, K):
    size = {"T": T, "B": B, "D": D, "H": H, "K": K}
    spec = "x:TBD h0:BH W_xh:HD W_hh:HH b_h:H h:TBH W_hy:KH b_y:K z:TBK"
    answer = {}
    for part in spec.split():
        name, letters = part.split(":")
        answer[name] = tuple(size[c] for c in letters)
    return answer


# %% id=run-it-and-look style=arrays mistakes="" origin="beginner who tries it out"
def shapes(T, B, D, H, K):
    x, h0 = np.ones((T, B, D)), np.ones((B, H))
    W_xh, W_hh, b_h = np.ones((H, D)), np.ones((H, H)), np.ones(H)
    W_hy, b_y = np.ones((K, H)), np.ones(K)
    h = np.array([np.tanh(x[t] @ W_xh.T + h0 @ W_hh.T + b_h) for t in range(T)])
    z = h @ W_hy.T + b_y
    names = "x h0 W_xh W_hh b_h h W_hy b_y z".split()
    return {n: v.shape for n, v in zip(names, [x, h0, W_xh, W_hh, b_h, h, W_hy, b_y, z])}


# %% id=numpy-sizes style=framework mistakes="" origin="ported from MATLAB size()"
def shapes(T, B, D, H, K):
    out = {}
    out["x"] = tuple(np.array([T, B, D]))
    out["h"] = out["x"][:2] + (H,)
    out["z"] = out["x"][:2] + (K,)
    out["h0"] = out["h"][1:]
    out["b_h"], out["b_y"] = out["h"][-1:], out["z"][-1:]
    out["W_xh"] = out["b_h"] + (D,)
    out["W_hh"] = out["b_h"] * 2
    out["W_hy"] = out["b_y"] + out["b_h"]
    return out


# %% id=layers-with-shapes style=class mistakes="" origin="object-oriented beginner"
class Linear:
    def __init__(self, n_in, n_out):
        self.weight = (n_out, n_in)
        self.bias = n_out,

def shapes(T, B, D, H, K):
    x2h, h2h, h2y = Linear(D, H), Linear(H, H), Linear(H, K)
    steps = (T, B)
    return {
        "x": (*steps, D), "h0": (B, H), "h": (*steps, H), "z": (*steps, K),
        "W_xh": x2h.weight, "W_hh": h2h.weight, "b_h": h2h.bias, "W_hy": h2y.weight, "b_y": h2y.bias,
    }


# %% id=ordered-reverse style=generator mistakes="" origin="functional style"
from collections import OrderedDict

def shapes(T, B, D, H, K):
    def pairs():
        yield "z", (T, B, K)
        yield "b_y", (K,)
        yield "W_hy", (K, H)
        yield "h", (T, B, H)
        yield "b_h", (H,)
        yield from (("W_hh", (H, H)), ("W_xh", (H, D)))
        yield "h0", (B, H)
        yield "x", (T, B, D)
    return OrderedDict(pairs())
