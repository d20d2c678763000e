"""Wrap the hand-written functions in `nn.Module`s: stacked layers that train, save and load like torch's own."""

import torch
from torch import nn

from rnncourse import interop
from rnncourse.notation import GRUParams, LSTMParams, RNNParams
from rnncourse.torch.autograd import gru, lstm, rnn
from rnncourse.torch.gru import init_gru
from rnncourse.torch.lstm import init_lstm
from rnncourse.torch.rnn import init_rnn
from rnncourse.torch.validation import check_pair, check_stack


class _Layer(nn.Module):
    """One layer's parameters under the notes' names."""

    def __init__(self, params):
        super().__init__()
        self.kind = type(params)
        for name, value in params._asdict().items():
            self.register_parameter(name, nn.Parameter(value))

    @property
    def params(self):
        return self.kind(*(getattr(self, name) for name in self.kind._fields))


class _Stack(nn.Module):
    """Layers of one kind of cell, each reading the h of the one below; dropout between them while training."""

    kind = init = None  # the cell's parameter container and the function that draws it

    def __init__(
        self,
        D,
        H,
        num_layers=1,
        dropout=0.0,
        *,
        batch_first=False,
        bidirectional=False,
        generator=None,
        dtype=None,
        device=None,
    ):
        super().__init__()
        if batch_first:
            raise ValueError(
                "batch_first=True: arrays here are time-major, (T, B, D); give x.transpose(0, 1) and turn h back alike"
            )
        if bidirectional:
            raise ValueError(
                "bidirectional=True: the notes' cells run one way; run a second module on x.flip(0), flip its h back "
                "and join the two with torch.cat([h, h_back.flip(0)], dim=-1)"
            )
        if min(D, H, num_layers) < 1 or not 0 <= dropout < 1:
            raise ValueError(
                f"D = {D}, H = {H}, num_layers = {num_layers}, dropout = {dropout}; expected sizes of at least 1 and "
                "a dropout in [0, 1)"
            )
        self.D, self.H, self.num_layers, self.dropout = D, H, num_layers, dropout
        dtype = torch.get_default_dtype() if dtype is None else dtype
        drawn = (type(self).init(H if layer else D, H, generator, dtype, device) for layer in range(num_layers))
        self.layers = nn.ModuleList(_Layer(params) for params in drawn)

    def _run(self, x, states, cell):
        """Run each layer from its own initial state; return the last layer's h and every layer's last state."""
        last, h = [], x
        for number, (layer, state0) in enumerate(zip(self.layers, states, strict=True)):
            if number:
                h = nn.functional.dropout(h, self.dropout, self.training)  # (T, B, H)
            h, state_T = cell(h, state0, layer.params)
            last.append(state_T)
        return h, last

    def _initial(self, x, parts):
        """Check x and the initial states against the sizes of this stack; take zeros for those that are None."""
        given = {name: v for name, v in parts.items() if v is not None}
        check_stack(x, self.D, given, (self.num_layers, self.H))
        zeros = x.new_zeros(self.num_layers, x.shape[1], self.H)
        return [given.get(name, zeros).unbind(0) for name in parts]

    def load_torch(self, module):
        """Take over the weights of a `torch.nn` module of the same kind and sizes.

        Parameters
        ----------
        module : torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU
            Its biases b_ih + b_hh become one.

        Returns
        -------
        self
        """
        if module.batch_first:
            raise ValueError(
                "module has batch_first=True; expected time-major: set batch_first = False, turn its input"
            )
        params = interop.from_torch(module)
        layers = [params] if isinstance(params, self.kind) else params
        given = (module.input_size, module.hidden_size, len(layers), type(layers[0]).__name__)
        wanted = (self.D, self.H, self.num_layers, self.kind.__name__)
        if given != wanted:
            raise ValueError(f"module has (D, H, num_layers, kind) = {given}; expected {wanted}")
        with torch.no_grad():
            for layer, values in zip(self.layers, layers, strict=True):
                for own, value in zip(layer.params, values, strict=True):
                    own.copy_(value)
        return self

    def to_torch(self):
        """Make the `torch.nn` module that computes the same, with copies of the weights.

        Returns
        -------
        torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU
        """
        options = {"activation": self.activation} if hasattr(self, "activation") else {}
        module = interop.to_torch([layer.params for layer in self.layers], dropout=self.dropout, **options)
        return module.train(self.training)

    def extra_repr(self):
        return f"D={self.D}, H={self.H}, num_layers={self.num_layers}, dropout={self.dropout}"


class RNN(_Stack):
    """Stacked vanilla RNN: what `torch.nn.RNN` computes, with the hand-written backward.

    Parameters
    ----------
    D, H : int
        Input features and hidden units.
    num_layers : int, optional
    dropout : float, optional
        Between layers, while training.
    activation : {"tanh", "relu"}
    generator : torch.Generator, optional
    dtype : torch.dtype, optional
        torch's default dtype unless given.
    device : torch.device, optional

    Raises
    ------
    ValueError
        ``batch_first=True`` or ``bidirectional=True``, with what to do instead; a size below 1.
    """

    kind, init = RNNParams, staticmethod(init_rnn)

    def __init__(self, D, H, num_layers=1, dropout=0.0, activation="tanh", **options):
        super().__init__(D, H, num_layers, dropout, **options)
        if activation not in ("tanh", "relu"):
            raise ValueError(f'activation is {activation!r}; expected "tanh" or "relu"')
        self.activation = activation

    def load_torch(self, module):
        super().load_torch(module)
        self.activation = module.nonlinearity
        return self

    def forward(self, x, h0=None):
        """Run x (T, B, D) from h0 (num_layers, B, H), None for zeros; return h (T, B, H), h_T (num_layers, B, H)."""
        (states,) = self._initial(x, {"h0": h0})
        h, last = self._run(x, states, lambda *args: rnn(*args, self.activation))
        return h, torch.stack(last)


class LSTM(_Stack):
    """Stacked LSTM: what `torch.nn.LSTM` computes, with the hand-written backward. Parameters as for `RNN`."""

    kind, init = LSTMParams, staticmethod(init_lstm)

    def forward(self, x, state0=None):
        """Run x (T, B, D) from (h0, c0), None for zeros; return h, (h_T, c_T); each state is (num_layers, B, H)."""
        state0 = (None, None) if state0 is None else state0
        check_pair("state0", state0, ("h0", "c0"))
        h0, c0 = self._initial(x, {"h0": state0[0], "c0": state0[1]})
        h, last = self._run(x, zip(h0, c0, strict=True), lstm)
        return h, tuple(torch.stack(part) for part in zip(*last, strict=True))


class GRU(_Stack):
    """Stacked GRU: what `torch.nn.GRU` computes, with the hand-written backward. Parameters as for `RNN`."""

    kind, init = GRUParams, staticmethod(init_gru)

    def forward(self, x, h0=None):
        """Run x (T, B, D) from h0 (num_layers, B, H), None for zeros; return h (T, B, H), h_T (num_layers, B, H)."""
        (states,) = self._initial(x, {"h0": h0})
        h, last = self._run(x, states, gru)
        return h, torch.stack(last)
