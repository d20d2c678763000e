"""Replay a differentiable cell as a CUDA graph: one launch where a Python loop makes several per time step."""

import warnings

import torch

from rnncourse.torch.autograd import lstm


def cuda_graph(cell, x, state0, params, **options):
    """Capture `rnn`, `lstm` or `gru`, forwards and backwards, at the shapes of the arguments given.

    At small B and H a GPU waits for Python to launch the next tiny kernel. A graph records the launches of the whole
    sequence once; a call then copies its arguments into the recorded ones and replays.

    Parameters
    ----------
    cell : {rnn, lstm, gru} of `rnncourse.torch.autograd`
    x : tensor of shape (T, B, D)
        On a CUDA device, as everything else. Only shapes, dtypes and `requires_grad` of the arguments count: calls
        must repeat them. Values are not looked at, so NaN goes through.
    state0 : tensor of shape (B, H), or the LSTM's pair
    params : RNNParams, LSTMParams or GRUParams
    **options
        ``activation`` for `rnn`.

    Returns
    -------
    function of (x, state0, params)
        Returns what `cell` returns. The outputs live in the graph's own memory: the next call overwrites them, so copy
        what must outlast it; and run each backward before the next call.

    Raises
    ------
    RuntimeError
        No CUDA device, or x is not on one.
    """
    where = x.device if isinstance(x, torch.Tensor) else type(x).__name__
    if not torch.cuda.is_available() or not isinstance(x, torch.Tensor) or not x.is_cuda:
        found = "is one" if torch.cuda.is_available() else "is none here"
        raise RuntimeError(
            f"a CUDA graph needs a CUDA device (there {found}) and x on it (x: {where}); call the cell itself"
        )
    kind, pair = type(params), cell is lstm

    def flat(x, *rest):
        state = tuple(rest[:2]) if pair else rest[0]
        h, state_T = cell(x, state, kind(*rest[1 + pair :]), **options)
        return (h, *state_T) if pair else (h, state_T)

    def arguments(x, state0, params):
        return (x, *state0, *params) if pair else (x, state0, *params)

    sample = tuple(v.detach().clone().requires_grad_(v.requires_grad) for v in arguments(x, state0, params))
    with warnings.catch_warnings():
        # torch warns of its own capture, which runs on one stream and warms up on another
        warnings.filterwarnings("ignore", "The AccumulateGrad node's stream does not match")
        replay = torch.cuda.make_graphed_callables(flat, sample)

    def run(x, state0, params):
        h, *state_T = replay(*arguments(x, state0, params))
        return h, tuple(state_T) if pair else state_T[0]

    return run
