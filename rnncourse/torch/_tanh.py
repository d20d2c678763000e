"""tanh, step by step: on a CPU it is NumPy's, in the tensor's own memory; torch's takes two to seven times as long."""

import numpy as np
import torch

IN_NUMPY = (torch.float32, torch.float64)


def tanh_in_memory(x):
    """How to take tanh of tensors that autograd does not watch, where x is.

    Parameters
    ----------
    x : tensor
        Says on which device and in which dtype.

    Returns
    -------
    tanh : function of (a, out)
        ``np.tanh``, or ``torch.tanh`` off the CPU and for a dtype that NumPy has not, or has not in hardware.
    steps : function of a tensor
        Its first axis as a sequence of what `tanh` takes: arrays that share the tensor's memory, or tensors.
    """
    if x.device.type == "cpu" and x.dtype in IN_NUMPY:
        return np.tanh, torch.Tensor.numpy
    return torch.tanh, torch.Tensor.unbind
