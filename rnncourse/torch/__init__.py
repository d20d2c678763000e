"""Run and differentiate the three cells on any device that torch knows, by the notes' equations.

`rnncourse.torch.rnn`, `.lstm` and `.gru` hold the functions of the other two forms; `rnncourse.torch.autograd` makes
them differentiable; `RNN`, `LSTM` and `GRU` are modules; `rnncourse.torch.cuda_graph` replays them as CUDA graphs.
"""

from rnncourse.torch.modules import GRU, LSTM, RNN

__all__ = ["GRU", "LSTM", "RNN"]
