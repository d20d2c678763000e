# %% id=letters-in-a-string style=generator mistakes="" origin="student who dislikes typing"
SPEC = "x:TBD h0:BH W_xh:HD W_hh:HH b_h:H h:TBH W_hy:KH b_y:K z:TBK"

def shapes(T, B, D, H, K):
    size = {"T": T, "B": B, "D": D, "H": H, "K": K}
    return {name: tuple(size[c] for c in letters) for name, letters in (item.split(":") for item in SPEC.split())}

# %% id=dry-run-with-zeros style=simulation mistakes="" origin="student who asks NumPy"
def shapes(T, B, D, H, K):
    arrays = {}
    arrays["x"] = np.zeros((T, B, D))
    arrays["W_xh"], arrays["W_hh"], arrays["b_h"] = np.ones((H, D)), np.eye(H), np.zeros(H)
    arrays["h0"] = arrays["x"][0] @ arrays["W_xh"].T
    arrays["h"] = np.stack([arrays["h0"] for _ in range(T)])
    arrays["W_hy"], arrays["b_y"] = np.ones((K, H)), np.zeros(K)
    arrays["z"] = arrays["h"] @ arrays["W_hy"].T + arrays["b_y"]
    return {name: a.shape for name, a in arrays.items()}

# %% id=module-with-properties style=class mistakes="" origin="ported from a framework module"
class Net:
    def __init__(self, n_in, n_hid, n_out):
        self.n_in, self.n_hid, self.n_out = n_in, n_hid, n_out

    def parameters(self):
        for suffix, (fan_out, fan_in) in (("xh", (self.n_hid, self.n_in)), ("hh", (self.n_hid, self.n_hid)), ("hy", (self.n_out, self.n_hid))):
            yield "W_" + suffix, (fan_out, fan_in)
        yield from (("b_h", (self.n_hid,)), ("b_y", (self.n_out,)))

    def activations(self, steps, batch):
        lead = (steps, batch)
        return {"x": lead + (self.n_in,), "h": lead + (self.n_hid,), "z": lead + (self.n_out,), "h0": (batch, self.n_hid)}

def shapes(T, B, D, H, K):
    net = Net(D, H, K)
    return {**net.activations(T, B), **dict(net.parameters())}

# %% id=lists-updated-by-loop style=loop mistakes="" origin="beginner"
def shapes(T, B, D, H, K):
    d = {}
    for name, last in [("x", D), ("h", H), ("z", K)]:
        d[name] = [T, B]
        d[name].append(last)
    d.update(h0=[B, H], b_h=[H], b_y=[K])
    for name, to, frm in [("W_xh", H, D), ("W_hh", H, H), ("W_hy", K, H)]:
        d[name] = [to, frm]
    return d

# %% id=output-bias-sized-like-hidden style=literal mistakes="b_y has H entries instead of K" origin="copied line"
def shapes(T, B, D, H, K):
    return {
        "x": (T, B, D),
        "h0": (B, H),
        "h": (T, B, H),
        "z": (T, B, K),
        "W_xh": (H, D),
        "W_hh": (H, H),
        "W_hy": (K, H),
        "b_h": (H,),
        "b_y": (H,),
    }

# %% id=fence-post-states style=dict-call mistakes="h has T + 1 steps" origin="student who stores h0 in h"
def shapes(T, B, D, H, K):
    seq = lambda n, steps=T: (steps, B, n)
    return dict(x=seq(D), h=seq(H, T + 1), z=seq(K), h0=(B, H), W_xh=(H, D), W_hh=(H, H), b_h=(H,), W_hy=(K, H), b_y=(K,))

# %% id=last-state-only-read style=stepwise mistakes="z has no time axis" origin="many-to-one habit"
def shapes(T, B, D, H, K):
    inp = (T, B, D)
    start = (B, H)
    states = (T,) + start
    logits = states[1:-1] + (K,)
    out = {"x": inp, "h0": start, "h": states, "z": logits}
    out["W_xh"], out["W_hh"], out["W_hy"] = (H, D), (H, H), (K, H)
    out["b_h"], out["b_y"] = (H,), (K,)
    return out

# %% id=batch-first-input-wide-z style=zip mistakes="x has time and batch exchanged; z ends in H instead of K" origin="batch_first=True in a framework"
def shapes(T, B, D, H, K):
    names = ["x", "h0", "W_xh", "W_hh", "b_h", "h", "W_hy", "b_y", "z"]
    dims = [(B, T, D), (B, H), (H, D), (H, H), (H,), (T, B, H), (K, H), (K,), (T, B, H)]
    return dict(zip(names, dims))

# %% id=keras-kernels style=framework mistakes="W_xh is transposed; W_hy is transposed" origin="ported from Keras, whose kernels are (in, out)"
def dense(units, inputs):
    return (units, inputs)

def shapes(T, B, D, H, K):
    kernel = dense(D, H)
    recurrent_kernel = dense(H, H)
    head = dense(H, K)
    return {"x": (T, B, D), "h0": (B, H), "W_xh": kernel, "W_hh": recurrent_kernel, "b_h": (H,), "h": (T, B, H), "W_hy": head, "b_y": (K,), "z": (T, B, K)}

# %% id=three-slips-in-a-table style=table mistakes="h0 has no batch axis; W_hh ends in D instead of H; b_h has D entries instead of H" origin="beginner"
def shapes(T, B, D, H, K):
    table = (
        ("x", T, B, D),
        ("h0", H),
        ("W_xh", H, D),
        ("W_hh", H, D),
        ("b_h", D),
        ("h", T, B, H),
        ("W_hy", K, H),
        ("b_y", K),
        ("z", T, B, K),
    )
    return {row[0]: tuple(row[1:]) for row in table}

# %% id=columns-and-copies style=layout mistakes="h0 has a time axis; b_h is a column (H, 1); z has time and batch exchanged" origin="ported from column-vector notes"
def shapes(T, B, D, H, K):
    n_x, n_a, n_y, m, T_x = D, H, K, B, T
    shape = {}
    shape["x"] = (T_x, m, n_x)
    shape["h0"] = (T_x, m, n_a)
    shape["h"] = (T_x, m, n_a)
    shape["z"] = (m, T_x, n_y)
    shape["W_xh"], shape["W_hh"], shape["W_hy"] = (n_a, n_x), (n_a, n_a), (n_y, n_a)
    shape["b_h"], shape["b_y"] = (n_a, 1), (n_y,)
    return shape
