"""Check what a cell is given, with errors in the notes' letters; the same for NumPy arrays and torch tensors.

Only `.shape`, `.dtype` and `.device` are read, so that nothing waits for a GPU. NaN is looked for after the fact: a NaN
in any input reaches the last state (and, backwards, the first), which is cheap to test; `raise_if_nan` then names it.
"""

from functools import lru_cache

from rnncourse.notation import GRUParams, LSTMParams, OutputParams, RNNParams

PARAMETER_SHAPES = {
    RNNParams: (("H", "D"), ("H", "H"), ("H",)),
    LSTMParams: (("H", "H + D"),) * 4 + (("H",),) * 4,
    GRUParams: (("H", "H + D"), ("H", "H + D"), ("H", "D"), ("H", "H")) + (("H",),) * 4,
    OutputParams: (("K", "H"), ("K",)),
}
"""The shape of every parameter, in the order of its container's fields."""


def check_forward(x, state0, params, kind):
    """Check the arguments of `X_forward`.

    Parameters
    ----------
    x : array of shape (T, B, D)
    state0 : array of shape (B, H), or for the LSTM a pair of them
    params : NamedTuple
    kind : type
        What params should be: RNNParams, LSTMParams or GRUParams.

    Raises
    ------
    TypeError
        If params is of another type, an argument is no array, or dtypes differ or are not floating-point.
    ValueError
        If a shape or a device differs from what the others imply.
    """
    check_type(params, kind)
    _check_ndim("x", x, ("T", "B", "D"))
    T, B, D = x.shape
    if 0 in (T, B, D):
        raise ValueError(f"x has shape {tuple(x.shape)}; expected (T, B, D), each at least 1")
    if not _is_floating(x.dtype):
        raise TypeError(f"x has dtype {x.dtype}; expected a float dtype, for example float32 or float64")
    _check_ndim(kind._fields[-1], params[-1], ("H",))
    H = params[-1].shape[0]
    for name, theta, letters, shape in zip(
        kind._fields, params, PARAMETER_SHAPES[kind], _shapes(kind, D, H), strict=True
    ):
        _check_array(name, theta, letters, shape, x, "x")
    for name, s in _named_state(state0, kind, "{}0"):
        _check_array(name, s, ("B", "H"), (B, H), x, "x")


def check_backward(dh, dstate_T, h, kind):
    """Check the arguments of `X_backward` against h of shape (T, B, H) from the forward pass.

    Parameters
    ----------
    dh : array of shape (T, B, H)
    dstate_T : array of shape (B, H), or for the LSTM a pair of them
    h : array of shape (T, B, H)
    kind : type
        RNNParams, LSTMParams or GRUParams.

    Raises
    ------
    TypeError, ValueError
        As `check_forward`.
    """
    _check_array("dh", dh, ("T", "B", "H"), tuple(h.shape), h, "h")
    for name, s in _named_state(dstate_T, kind, "d{}_T"):
        _check_array(name, s, ("B", "H"), tuple(h.shape[1:]), h, "h")


def check_type(params, kind):
    """Refuse params that are not of the named container, which alone says which weight is which."""
    if not isinstance(params, kind):
        fields = ", ".join(kind._fields)
        raise TypeError(f"params is a {type(params).__name__}; expected {kind.__name__}({fields})")


def raise_if_nan(**arrays):
    """Raise ValueError naming the first of the named arrays that holds NaN; a NamedTuple is searched field by field."""
    for name, array in arrays.items():
        if isinstance(array, tuple):
            raise_if_nan(**array._asdict())
        elif (n := int((array != array).sum())) > 0:
            raise ValueError(f"{name} has {n} NaN in an array of shape {tuple(array.shape)}; expected numbers only")


def _named_state(state, kind, pattern):
    """Name the parts of a state: h alone, or h and c."""
    if kind is not LSTMParams:
        return ((pattern.format("h"), state),)
    names = pattern.format("h"), pattern.format("c")
    if hasattr(state, "shape") or len(state) != 2:
        raise TypeError(f"the state of an LSTM is a {type(state).__name__}; expected the pair ({', '.join(names)})")
    return tuple(zip(names, state, strict=True))


def _check_ndim(name, array, letters):
    if not hasattr(array, "shape") or not hasattr(array, "dtype"):
        raise TypeError(f"{name} is a {type(array).__name__}; expected an array of shape {_tuple(letters)}")
    if len(array.shape) != len(letters):
        raise ValueError(f"{name} has shape {tuple(array.shape)}; expected {_tuple(letters)}")


@lru_cache
def _shapes(kind, D, H):
    sizes = {"D": D, "H": H, "H + D": H + D}
    return tuple(tuple(sizes[letter] for letter in letters) for letters in PARAMETER_SHAPES[kind])


def _check_array(name, array, letters, want, like, like_name):
    """Shape as wanted, which the letters spell; dtype and device as those of `like`."""
    if getattr(array, "shape", None) != want:
        _check_ndim(name, array, letters)
        raise ValueError(f"{name} has shape {tuple(array.shape)}; expected {_tuple(letters)} = {want}")
    if array.dtype != like.dtype:
        raise TypeError(f"{name} has dtype {array.dtype}; expected {like.dtype}, the dtype of {like_name}")
    if array.device != like.device:
        raise ValueError(f"{name} is on device {array.device}; expected {like.device}, the device of {like_name}")


def _is_floating(dtype):
    return getattr(dtype, "kind", "") == "f" or getattr(dtype, "is_floating_point", False)


def _tuple(letters):
    return f"({letters[0]},)" if len(letters) == 1 else f"({', '.join(letters)})"
