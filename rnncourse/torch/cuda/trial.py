"""Try the time loops of a cell on a short sequence: they have to give what plain torch does on a CPU."""

import torch

from rnncourse.torch.cpu import loops as cpu_loops

SHAPE = (3, 2)
"""(T, B) of a trial."""
TOLERANCE = {torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 1e-1}
"""The largest relative difference, as norms: some ten times what sums in another order and rounded factors make."""


def try_loops(loops, matrices, H, dtype, device):
    """Run a cell forwards and backwards in two ways.

    Parameters
    ----------
    loops : what has the functions of `cpu.loops`
    matrices : int
        1 for an RNN, 4 for an LSTM, 3 for a GRU.
    H : int
    dtype : torch.dtype
    device : torch.device

    Raises
    ------
    ArithmeticError
        The results differ, or are no numbers.
    """
    run = {1: _rnn, 4: _lstm, 3: _gru}[matrices]
    # in float32 on a CPU, where no setting lets a product be less exact
    found, expected = run(loops, H, dtype, device), run(cpu_loops, H, torch.float32, torch.device("cpu"))
    for got, wanted in zip(found, expected, strict=True):
        difference = ((got.cpu().float() - wanted).norm() / wanted.norm()).item()
        if not difference <= TOLERANCE[dtype]:
            raise ArithmeticError(f"a trial at H = {H} in {dtype} is off by {difference:.1e}, relative to plain torch")


def _draw(H, dtype, device, *sizes):
    """Draw tensors (..., H), and last W (rows, H) of norm near one; on a CPU, so that they are the same each time."""
    generator = torch.Generator().manual_seed(0)
    *tensors, W = (torch.randn(*size, H, generator=generator) for size in sizes)
    return [v.to(device, dtype) for v in (*tensors, W / H**0.5)]


def _rnn(loops, H, dtype, device):
    a, h0, dh, dh_T, W = _draw(H, dtype, device, SHAPE, SHAPE[1:], SHAPE, SHAPE[1:], (H,))
    loops.rnn_steps(a, h0, W.T, "tanh")
    return a, loops.rnn_deltas(dh, dh_T, a, "tanh", W, True), dh_T


def _lstm(loops, H, dtype, device):
    gates, h0, c0, dh, dh_T, dc_T, W = _draw(
        H, dtype, device, (*SHAPE, 4), SHAPE[1:], SHAPE[1:], SHAPE, SHAPE[1:], SHAPE[1:], (4 * H,)
    )
    h, c, tanh_c = (torch.empty_like(dh) for _ in range(3))
    loops.lstm_steps(gates, h0, c0, W.T, h, c, tanh_c)
    delta = torch.empty_like(gates)
    loops.lstm_deltas(dh, dh_T, dc_T, gates, (c0, h, c, tanh_c), W, delta, True)
    return gates, h, c, delta, dh_T, dc_T


def _gru(loops, H, dtype, device):
    gates, h0, dh, dh_T, W = _draw(H, dtype, device, (*SHAPE, 4), SHAPE[1:], SHAPE, SHAPE[1:], (3 * H,))
    h, delta = torch.empty_like(dh), torch.empty_like(gates)
    loops.gru_steps(gates, h0, W.T, h)
    loops.gru_deltas(dh, dh_T, gates, (h0, h), W, delta, True)
    return gates, h, delta, dh_T
