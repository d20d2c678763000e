"""The same functions on any device that torch knows: by hand, behind autograd, and as modules.

`rnncourse.torch.rnn`, `.lstm` and `.gru` hold the functions of the other two forms; `rnncourse.torch.autograd` makes
them differentiable; `RNN`, `LSTM` and `GRU` are modules; `rnncourse.torch.graphed` replays them as CUDA graphs.
"""

from rnncourse.torch.modules import GRU, LSTM, RNN

__all__ = ["GRU", "LSTM", "RNN"]
