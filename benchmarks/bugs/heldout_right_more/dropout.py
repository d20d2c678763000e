# %% id=match-on-how style=functional mistakes="" origin="a match statement over (train, per)"
def dropout(x, u, rate, per, train):
    match train, per:
        case False, _:
            return x.copy(), np.ones_like(x)
        case True, "step":
            mask = np.where(u >= rate, 1 / (1 - rate), 0)
        case True, "sequence":
            mask = np.broadcast_to(np.where(u[0] >= rate, 1 / (1 - rate), 0), x.shape)
    return x * mask, mask


# %% id=early-return-with-asserts style=vectorised mistakes="" origin="engineer with type hints and asserts"
def dropout(x: np.ndarray, u: np.ndarray, rate: float, per: str, train: bool) -> tuple[np.ndarray, np.ndarray]:
    """Inverted dropout; in evaluation the input passes through."""
    assert 0 <= rate < 1, rate
    assert per in {"step", "sequence"}, per
    if not train:
        return np.array(x), np.ones(x.shape)
    numbers = u if per == "step" else np.tile(u[0], (len(x), 1, 1))
    keep = ~(numbers < rate)
    mask = keep / (1.0 - rate)
    assert mask.shape == x.shape
    return x * mask, mask


# %% id=masked-array-of-the-dropped style=masked mistakes="" origin="np.ma: what is dropped is masked, and filled with 0"
def dropout(x, u, rate, per, train):
    if not train:
        return +x, np.full(x.shape, 1.0)
    source = np.broadcast_to(u[:1], u.shape) if per == "sequence" else u
    dropped = np.ma.masked_less(source, rate)
    mask = np.ma.array(np.full(x.shape, 1 / (1 - rate)), mask=np.ma.getmaskarray(dropped)).filled(0.0)
    return mask * x, mask


# %% id=step-after-step style=loop mistakes="" origin="a loop over steps that keeps the first mask"
def dropout(x, u, rate, per, train):
    ys, masks = [], []
    for t, (x_t, u_t) in enumerate(zip(x, u)):
        if not train:
            m = np.ones(x_t.shape)
        elif per == "step" or t == 0:
            m = (u_t >= rate) / (1 - rate)
        ys.append(x_t * m)
        masks.append(m)
    return np.stack(ys), np.stack(masks)


# %% id=floor-trick style=vectorised mistakes="" origin="framework trick: sign of u - rate"
def dropout(x, u, rate, per, train):
    if train:
        numbers = {"step": u, "sequence": u[[0] * len(u)]}[per]
        binary = np.heaviside(numbers - rate, 1.0)
        mask = binary / (1 - rate)
    else:
        mask = np.ones_like(x, dtype=float)
    y = np.empty(x.shape)
    np.multiply(x, mask, out=y)
    return y, mask


# %% id=broadcast-mask-comes-back style=vectorised mistakes="" origin="the mask is a read-only broadcast view, of integers in evaluation"
def dropout(x, u, rate, per, train):
    if not train:
        mask = np.broadcast_to(1, x.shape)
    else:
        chosen = u[0:1] if per == "sequence" else u
        mask = np.broadcast_to(np.multiply(chosen >= rate, 1 / (1 - rate)), x.shape)
    return np.einsum("tbh,tbh->tbh", x, mask), mask
