"""Keep autograd out of the hand-written passes, and refuse a second derivative of them."""

import contextlib
import functools

import torch


@contextlib.contextmanager
def autograd_and_autocast_off(tensor):
    """Switch off autograd and autocast on a tensor's device: the arithmetic runs as written, in its own dtype.

    Autocast would lower the precision of some products and not of others: those in place are not its own.
    """
    device = tensor.device.type if isinstance(tensor, torch.Tensor) else "cpu"
    can_cast = torch.amp.is_autocast_available(device)
    with torch.no_grad(), torch.autocast(device, enabled=False) if can_cast else contextlib.nullcontext():
        yield


def no_autograd(function):
    """Run a function with autograd and autocast off on the device of its first argument."""

    @functools.wraps(function)
    def wrapper(first, *args, **kwargs):
        with autograd_and_autocast_off(first):
            return function(first, *args, **kwargs)

    return wrapper


def first_order_only(backward):
    """Mark a hand-written backward as first order: differentiating its result raises an error that says what to do.

    torch's `once_differentiable` forgets that the gradients depend on the saved tensors: with a loss that is linear
    in the output it drops the second derivative in silence. This decorator ties every gradient to them.
    """

    @functools.wraps(backward)
    def wrapper(ctx, *grads):
        with autograd_and_autocast_off(ctx.saved_tensors[0]):
            results = backward(ctx, *grads)
        if not torch.is_grad_enabled():  # no create_graph=True: nobody asks for a second derivative
            return results
        tied = [v for v in (*ctx.saved_tensors, *grads) if isinstance(v, torch.Tensor) and v.requires_grad]
        return tuple(r if r is None else _RefuseBackward.apply(ctx.cell, r, *tied) for r in results)

    return wrapper


class _RefuseBackward(torch.autograd.Function):
    """The identity on `value`; its own backward raises, whichever of the tied tensors a gradient is asked for."""

    @staticmethod
    def forward(ctx, cell, value, *_tied):  # autograd reads off the arguments what the result depends on
        ctx.cell = cell
        return value.clone()

    @staticmethod
    def backward(ctx, _grad):
        raise RuntimeError(
            f"the hand-written backward of {ctx.cell} gives first derivatives only; for a second derivative loop over "
            f"{ctx.cell}_step, which is plain torch and can be differentiated as often as you like"
        )
