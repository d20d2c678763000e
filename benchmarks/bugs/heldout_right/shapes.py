# %% id=letters-looked-up style=functional mistakes="" origin="einsum user who writes subscripts down first"
def shapes(T, B, D, H, K):
    size = dict(zip("tbdhk", (T, B, D, H, K)))
    subscripts = "x:tbd h0:bh W_xh:hd W_hh:hh b_h:h h:tbh W_hy:kh b_y:k z:tbk"
    return {name: tuple(map(size.get, letters)) for name, letters in (pair.split(":") for pair in subscripts.split())}


# %% id=measured-on-arrays style=vectorised mistakes="" origin="asks NumPy instead of thinking"
def shapes(T, B, D, H, K):
    x = np.empty((T, B, D))
    W_xh = np.empty((H, D))
    W_hh = np.empty((H, H))
    W_hy = np.empty((K, H))
    h = x @ W_xh.T
    z = h @ W_hy.T
    found = dict(x=x, h0=h[0], W_xh=W_xh, W_hh=W_hh, b_h=W_hh[0], h=h, W_hy=W_hy, b_y=W_hy[:, 0], z=z)
    return {k: v.shape for k, v in found.items()}


# %% id=added-tuples style=loop mistakes="" origin="builds larger shapes from smaller ones"
def shapes(T: int, B: int, D: int, H: int, K: int) -> dict:
    out = dict()
    out["b_h"] = H,
    out["b_y"] = K,
    for entree, nom in ((D, "W_xh"), (H, "W_hh")):  # les poids : (vers, depuis)
        out[nom] = out["b_h"] + (entree,)
    out["W_hy"] = out["b_y"] + out["b_h"]
    out["h0"] = (B,) + out["b_h"]
    lot = T, B
    out["x"] = lot + (D,)
    out["h"] = (T,) + out["h0"]
    out["z"] = lot + out["b_y"]
    return out


# %% id=object-with-properties style=class mistakes="" origin="object-oriented programmer"
class _Sizes:
    def __init__(self, *sizes):
        self.T, self.B, self.D, self.H, self.K = sizes

    x = property(lambda s: (s.T, s.B, s.D))
    h0 = property(lambda s: (s.B, s.H))
    W_xh = property(lambda s: (s.H, s.D))
    W_hh = property(lambda s: (s.H,) * 2)
    b_h = property(lambda s: (s.H,))
    h = property(lambda s: (s.T, *s.h0))
    W_hy = property(lambda s: (*s.b_y, s.H))
    b_y = property(lambda s: (s.K,))
    z = property(lambda s: s.h[:2] + s.b_y)


def shapes(T, B, D, H, K):
    sizes = _Sizes(T, B, D, H, K)
    names = [name for name, value in vars(_Sizes).items() if isinstance(value, property)]
    return {name: getattr(sizes, name) for name in names}


# %% id=assigned-in-branches style=loop mistakes="" origin="long-hand, a question for each axis"
def shapes(T, B, D, H, K):
    answer = {}
    for name in ["x", "h0", "W_xh", "W_hh", "b_h", "h", "W_hy", "b_y", "z"]:
        axes = []
        if name in ("x", "h", "z"):
            axes.append(T)
        if name in ("x", "h0", "h", "z"):
            axes.append(B)
        if name == "x":
            axes.append(D)
        elif name == "W_xh":
            axes.extend([H, D])
        elif name == "W_hh":
            axes.extend([H, H])
        elif name == "W_hy":
            axes.extend([K, H])
        elif name in ("b_y", "z"):
            axes.append(K)
        else:
            axes.append(H)
        answer[name] = tuple(axes)
    return answer
