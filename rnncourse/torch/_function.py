"""What the three `autograd.Function`s share: running by hand, and a backward that refuses a second derivative."""

import contextlib
import functools

import torch


@contextlib.contextmanager
def unwatched(tensor):
    """Neither autograd nor autocast looks on: what runs inside is the arithmetic as written, in its own dtype.

    Autocast would lower the precision of some products and not of others: those in place are not its own.
    """
    device = tensor.device.type if isinstance(tensor, torch.Tensor) else "cpu"
    can_cast = torch.amp.is_autocast_available(device)
    with torch.no_grad(), torch.autocast(device, enabled=False) if can_cast else contextlib.nullcontext():
        yield


def by_hand(function):
    """Run a function whose first argument is a tensor `unwatched`."""

    @functools.wraps(function)
    def wrapper(first, *args, **kwargs):
        with unwatched(first):
            return function(first, *args, **kwargs)

    return wrapper


def once_differentiable(backward):
    """Mark a hand-written backward as first order: differentiating its result raises an error that says what to do.

    torch's decorator of the same name forgets that the gradients depend on the saved tensors: with a loss that is
    linear in the output it drops the second derivative in silence. This one ties every gradient to them.
    """

    @functools.wraps(backward)
    def wrapper(ctx, *grads):
        with unwatched(ctx.saved_tensors[0]):
            results = backward(ctx, *grads)
        if not torch.is_grad_enabled():  # no create_graph=True: nobody asks for a second derivative
            return results
        ties = [v for v in (*ctx.saved_tensors, *grads) if isinstance(v, torch.Tensor) and v.requires_grad]
        return tuple(r if r is None else _Refuse.apply(ctx.cell, r, *ties) for r in results)

    return wrapper


class _Refuse(torch.autograd.Function):
    """The identity on its second argument; its own backward raises."""

    @staticmethod
    def forward(ctx, cell, value, *ties):
        ctx.cell = cell
        return value.clone()

    @staticmethod
    def backward(ctx, grad):
        raise RuntimeError(
            f"the hand-written backward of {ctx.cell} gives first derivatives only; for a second derivative loop over "
            f"{ctx.cell}_step, which is plain torch and can be differentiated as often as you like"
        )
