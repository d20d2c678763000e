"""Weights to and from torch.nn: the same outputs on both sides, nothing lost on the way, and clear refusals."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse import interop  # noqa: E402
from rnncourse.reference import gru, lstm, rnn  # noqa: E402

CLOSE = {"rtol": 1e-10, "atol": 1e-12}
T, B, D, H = 6, 3, 5, 4
CELLS = {
    torch.nn.RNN: (rnn.init_rnn, rnn.rnn_forward),
    torch.nn.LSTM: (lstm.init_lstm, lstm.lstm_forward),
    torch.nn.GRU: (gru.init_gru, gru.gru_forward),
}
over_kinds = pytest.mark.parametrize("kind", CELLS, ids=lambda kind: kind.__name__)


def draw(kind, D=D):
    rng = np.random.default_rng(0)
    params = CELLS[kind][0](D, H, rng)
    return type(params)(*(v if v.ndim == 2 else rng.standard_normal(H) for v in params))


def reference(kind, x, params, *options):
    """h of the NumPy reference from a zero state."""
    zeros = np.zeros((B, H))
    state0 = (zeros, zeros) if kind is torch.nn.LSTM else zeros
    return CELLS[kind][1](x, state0, interop.to_numpy(params), *options)[0]


@pytest.mark.parametrize("bias", [True, False])
@over_kinds
def test_what_is_read_computes_what_the_module_computes(kind, bias):
    torch.manual_seed(0)
    module = kind(D, H, bias=bias, dtype=torch.float64)
    x = torch.randn(T, B, D, dtype=torch.float64)
    h = reference(kind, x.numpy(), interop.from_torch(module))
    assert_close(torch.from_numpy(h), module(x)[0].detach(), **CLOSE)


@over_kinds
def test_what_is_written_computes_what_the_reference_computes(kind):
    params = draw(kind)
    x = np.random.default_rng(1).standard_normal((T, B, D))
    module = interop.to_torch(params)
    zeros = np.zeros((B, H))
    h, *_ = CELLS[kind][1](x, (zeros, zeros) if kind is torch.nn.LSTM else zeros, params)
    assert_close(module(torch.from_numpy(x))[0].detach(), torch.from_numpy(h), **CLOSE)
    if kind is not torch.nn.GRU:
        assert not module.bias_hh_l0.any()


def test_relu_is_written_and_read():
    params = draw(torch.nn.RNN)
    x = np.random.default_rng(1).standard_normal((T, B, D))
    module = interop.to_torch(params, activation="relu")
    h = reference(torch.nn.RNN, x, interop.from_torch(module), "relu")
    assert_close(module(torch.from_numpy(x))[0].detach(), torch.from_numpy(h), **CLOSE)


@over_kinds
def test_the_way_there_and_back_changes_nothing(kind):
    layers = [draw(kind), draw(kind, D=H), draw(kind, D=H)]
    for given in (layers[0], layers):
        back = interop.from_torch(interop.to_torch(given, dropout=0.2 if given is layers else 0.0))
        for params, wanted in zip([back] if given is layers[0] else back, layers, strict=False):
            assert type(params) is type(wanted)
            assert_close(list(params), [torch.from_numpy(v) for v in wanted], rtol=0, atol=0)


@over_kinds
def test_stacked_layers_are_read_in_order(kind):
    torch.manual_seed(0)
    module = kind(D, H, num_layers=2, dtype=torch.float64)
    x = torch.randn(T, B, D, dtype=torch.float64)
    bottom, top = interop.from_torch(module)
    h = reference(kind, reference(kind, x.numpy(), bottom), top)
    assert_close(torch.from_numpy(h), module(x)[0].detach(), **CLOSE)


@over_kinds
def test_weights_are_copies(kind):
    module = kind(D, H, dtype=torch.float32)
    params = interop.from_torch(module)
    assert {v.dtype for v in params} == {torch.float32}
    kept = [p.clone() for p in module.parameters()]
    for v in params:
        assert not v.requires_grad
        v.zero_()
    assert_close(list(module.parameters()), kept, rtol=0, atol=0)
    again = interop.to_torch(params)
    for v in params:
        v.fill_(1)
    assert not any(p.any() for p in again.parameters())


def test_what_has_no_place_here_is_refused():
    with pytest.raises(TypeError, match=r"module is a Linear; expected a torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU"):
        interop.from_torch(torch.nn.Linear(2, 3))
    with pytest.raises(ValueError, match="module is bidirectional; expected one direction"):
        interop.from_torch(torch.nn.GRU(D, H, bidirectional=True))
    with pytest.raises(ValueError, match="module has proj_size = 2; expected 0"):
        interop.from_torch(torch.nn.LSTM(D, H, proj_size=2))
    with pytest.raises(TypeError, match="params is RNNParams, LSTMParams; expected"):
        interop.to_torch([draw(torch.nn.RNN), draw(torch.nn.LSTM)])
    with pytest.raises(TypeError, match="params is nothing; expected"):
        interop.to_torch([])
    with pytest.raises(ValueError, match=r"layer 1 maps D = 5 to H = 4; expected 4 to 4"):
        interop.to_torch([draw(torch.nn.LSTM), draw(torch.nn.LSTM)])


@over_kinds
def test_packed_weights_lie_in_one_piece_each(kind):
    packed = interop.pack(draw(kind))
    assert {name: v.is_contiguous() for name, v in packed.items()} == dict.fromkeys(interop.NAMES, True)
