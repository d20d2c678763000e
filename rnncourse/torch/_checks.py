"""Check tensors at the door: an error names the argument, what it is and what was wanted, in the notes' letters."""

import torch


def check_params(params, kind):
    """Raise TypeError unless `params` is the container `kind`, such as RNNParams."""
    if not isinstance(params, kind):
        raise TypeError(f"params is a {type(params).__name__}; expected {kind.__name__}({', '.join(kind._fields)})")


def check_pair(name, state, parts):
    """Raise TypeError unless the LSTM's state (or its gradient) is a pair."""
    if not isinstance(state, tuple | list) or len(state) != 2:
        what = f"{len(state)} values" if isinstance(state, tuple | list) else f"a {type(state).__name__}"
        raise TypeError(f"{name} is {what}; expected the pair ({', '.join(parts)})")


def check(shapes, tensors, **sizes):
    """Raise unless every tensor has the shape that its letters say, and all agree in dtype and device.

    Parameters
    ----------
    shapes : dict of str to str
        Name of the argument to its axes: ``{"W_f": "H, H + D", "x": "T, B, D"}``. The first argument that shows a
        letter sets its size.
    tensors : dict of str to torch.Tensor
        The same names.
    **sizes : int
        Sizes of letters that are known beforehand: ``H=50``.

    Raises
    ------
    TypeError
        Not a tensor, not floating point, or not of the first tensor's dtype.
    ValueError
        A wrong shape or device, or no time step.
    """
    first = next(iter(shapes))
    for name, axes in shapes.items():
        _check_kind(name, tensors[name], first, tensors[first])
        shape, axes = tuple(tensors[name].shape), axes.split(", ")
        fits = len(shape) == len(axes) and all(_fits(axis, n, sizes) for axis, n in zip(axes, shape, strict=True))
        if not fits:
            raise ValueError(f"{name} has shape {shape}; expected {_wanted(axes, sizes)}")
    if sizes.get("T") == 0:
        raise ValueError("x has T = 0 time steps; expected at least one")


def check_numbers(result, tensors):
    """Raise ValueError that names the tensor holding NaN, if the last state computed from them shows one.

    NaN anywhere in the input reaches the last state, so that (B, H) is all that a good input costs. On the CPU alone:
    elsewhere a look at the values would stop the queue.
    """
    if result.device.type != "cpu" or torch.isfinite(result.sum()):
        return
    for name, v in tensors.items():
        found = torch.isnan(v).nonzero()
        if len(found):
            where = ", ".join(map(str, found[0].tolist()))
            raise ValueError(f"{name} holds NaN, first at {name}[{where}]; expected numbers")


def _check_kind(name, v, first, like):
    if not isinstance(v, torch.Tensor):
        raise TypeError(f"{name} is a {type(v).__module__}.{type(v).__name__}; expected a torch.Tensor")
    if not v.is_floating_point():
        raise TypeError(f"{name} has dtype {v.dtype}; expected real floating point, such as torch.float32")
    if v.dtype != like.dtype:
        raise TypeError(f"{name} has dtype {v.dtype}, {first} has {like.dtype}; convert one: {name}.to({like.dtype})")
    if v.device != like.device:
        raise ValueError(f"{name} is on {v.device}, {first} is on {like.device}; move one: {name}.to({first}.device)")


def _fits(axis, n, sizes):
    """Whether an axis such as "H" or "H + D" may have size n; a letter seen for the first time takes what is left."""
    letters = axis.split(" + ")
    unknown = [letter for letter in letters if letter not in sizes]
    left = n - sum(sizes.get(letter, 0) for letter in letters)
    if len(unknown) == 1 and left >= (1 if len(letters) > 1 else 0):
        sizes[unknown[0]] = left
        return True
    return not unknown and left == 0


def _wanted(axes, sizes):
    def as_tuple(parts):
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"

    def size(axis):
        known = [sizes.get(letter, letter) for letter in axis.split(" + ")]
        return str(sum(known)) if all(isinstance(n, int) for n in known) else " + ".join(map(str, known))

    letters, numbers = as_tuple(axes), as_tuple([size(axis) for axis in axes])
    return letters if letters == numbers else f"{letters} = {numbers}"
