# %% id=match-on-the-name style=functional mistakes="" origin="a match statement for each name"
def _shape(name, T, B, D, H, K):
    match name:
        case "x":
            return T, B, D
        case "h0":
            return B, H
        case "W_xh":
            return H, D
        case "W_hh":
            return H, H
        case "h":
            return T, B, H
        case "W_hy":
            return K, H
        case "z":
            return T, B, K
        case "b_h":
            return (H,)
        case "b_y":
            return (K,)


def shapes(T, B, D, H, K):
    return {n: _shape(n, T, B, D, H, K) for n in "x h0 W_xh W_hh b_h h W_hy b_y z".split()}


# %% id=namedtuple-as-dict style=class mistakes="" origin="a NamedTuple, turned into a dict at the end"
from typing import NamedTuple


class Shapes(NamedTuple):
    x: tuple
    h0: tuple
    W_xh: tuple
    W_hh: tuple
    b_h: tuple
    h: tuple
    W_hy: tuple
    b_y: tuple
    z: tuple


def shapes(T, B, D, H, K):
    return Shapes((T, B, D), (B, H), (H, D), (H, H), (H,), (T, B, H), (K, H), (K,), (T, B, K))._asdict()


# %% id=table-as-text style=functional mistakes="" origin="a table in a string, letters looked up in locals()"
TABLE = """
x     T B D
h0    B H
W_xh  H D
W_hh  H H
b_h   H
h     T B H
W_hy  K H
b_y   K
z     T B K
"""


def shapes(T, B, D, H, K):
    sizes = {"T": T, "B": B, "D": D, "H": H, "K": K}
    out = {}
    for line in TABLE.strip().splitlines():
        name, *letters = line.split()
        out[name] = tuple(sizes[letter] for letter in letters)
    return out


# %% id=layers-as-from-and-to style=functional mistakes="" origin="thinks of each matrix as from and to"
def shapes(T, B, D, H, K):
    def dense(n_from, n_to):
        return (n_to, n_from), (n_to,)

    (W_xh, b_h), (W_hh, _), (W_hy, b_y) = dense(D, H), dense(H, H), dense(H, K)
    per_step = {"x": D, "h": H, "z": K}
    weights = {"W_xh": W_xh, "W_hh": W_hh, "b_h": b_h, "W_hy": W_hy, "b_y": b_y}
    return weights | {"h0": (B, H)} | {name: (T, B, n) for name, n in per_step.items()}


# %% id=one-line-dict style=vectorised mistakes="" origin="a literal, with a walrus"
def shapes(T: int, B: int, D: int, H: int, K: int) -> dict[str, tuple[int, ...]]:
    """All shapes of the vanilla RNN."""
    return dict(
        h0=(state := (B, H)), h=(T, *state), x=(T, B, D), W_xh=(H, D), W_hh=(H,) * 2, b_h=(H,), W_hy=(K, H), b_y=(K,),
        z=(T, B, K),
    )
