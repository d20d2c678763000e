"""The modules against torch.nn with the same weights, and as modules: train, save, load, refuse."""

import io

import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402

from rnncourse import interop  # noqa: E402
from rnncourse.torch.modules import GRU, LSTM, RNN  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
CLOSE = {"rtol": 1e-10, "atol": 1e-12}
T, B, D, H, LAYERS = 7, 3, 5, 4, 3
PEERS = {RNN: torch.nn.RNN, LSTM: torch.nn.LSTM, GRU: torch.nn.GRU}

over_modules = pytest.mark.parametrize("ours", PEERS, ids=lambda module: module.__name__)


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def make(module, num_layers=LAYERS, device="cpu", **options):
    return module(D, H, num_layers, dtype=torch.float64, device=device, **options)


def inputs(module, device="cpu"):
    x = torch.randn(T, B, D, dtype=torch.float64, device=device)
    states = torch.randn(2, LAYERS, B, H, dtype=torch.float64, device=device)
    return x, tuple(states) if module in (LSTM, torch.nn.LSTM) else states[0]


def flat(outputs):
    h, state = outputs
    return [h, *state] if isinstance(state, tuple) else [h, state]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("start", ["zeros", "given"])
@over_modules
def test_equals_torch_nn_with_the_same_weights(ours, start, device):
    theirs = make(PEERS[ours], device=device)
    module = make(ours, device=device).load_torch(theirs)
    x, state0 = inputs(ours, device)
    args = (x.requires_grad_(),) if start == "zeros" else (x.requires_grad_(), state0)
    assert_close(flat(module(*args)), flat(theirs(*args)), **CLOSE)
    grads = [torch.randn_like(v) for v in flat(theirs(*args))]
    dx = [torch.autograd.grad(flat(run(*args)), x, grads)[0] for run in (module, theirs, module.to_torch())]
    assert_close(dx[0], dx[1], **CLOSE)
    assert_close(dx[0], dx[2], **CLOSE)


@over_modules
def test_gradients_of_every_layer_equal_those_through_torch_nn(ours):
    module, theirs = make(ours), make(PEERS[ours])
    x, state0 = inputs(ours)
    packed = {
        f"{name}_l{number}": v
        for number, layer in enumerate(module.layers)
        for name, v in interop.pack(layer.params).items()  # autograd follows torch's gradients back through the packing
    }
    outputs = flat(torch.func.functional_call(theirs, packed, (x, state0)))
    grads = [torch.randn_like(v) for v in outputs]
    wanted = torch.autograd.grad(outputs, list(module.parameters()), grads)
    torch.autograd.backward(flat(module(x, state0)), grads)
    assert_close([p.grad for p in module.parameters()], list(wanted), **CLOSE)


def test_relu_comes_along_with_the_weights():
    theirs = make(torch.nn.RNN, nonlinearity="relu")
    module = make(RNN).load_torch(theirs)
    x, h0 = inputs(RNN)
    assert_close(module(x, h0), theirs(x, h0), **CLOSE)
    assert module.to_torch().nonlinearity == "relu"


@over_modules
def test_dropout_acts_between_layers_while_training_only(ours):
    module = make(ours, dropout=0.5)
    x, _ = inputs(ours)
    first, second = module(x)[0], module(x)[0]
    assert not torch.equal(first, second)
    module.eval()
    assert torch.equal(module(x)[0], module(x)[0])
    alone = make(ours, num_layers=1, dropout=0.5)  # nothing above it: no dropout
    assert torch.equal(alone(x)[0], alone(x)[0])
    assert module.to_torch().dropout == 0.5


@over_modules
def test_state_dict_carries_everything(ours):
    saved, other = make(ours), make(ours)
    file = io.BytesIO()
    torch.save(saved.state_dict(), file)
    file.seek(0)
    other.load_state_dict(torch.load(file, weights_only=True))
    x, state0 = inputs(ours)
    assert_close(flat(other(x, state0)), flat(saved(x, state0)), rtol=0, atol=0)
    assert set(saved.state_dict()) == {f"layers.{k}.{name}" for k in range(LAYERS) for name in ours.kind._fields}


@over_modules
def test_a_generator_repeats_the_weights(ours):
    first, second = (make(ours, generator=torch.Generator().manual_seed(3)) for _ in range(2))
    assert_close(list(first.parameters()), list(second.parameters()), rtol=0, atol=0)
    assert {p.dtype for p in ours(D, H).parameters()} == {torch.get_default_dtype()}


@over_modules
def test_what_is_not_supported_says_what_to_do(ours):
    with pytest.raises(ValueError, match=r"batch_first=True: arrays here are time-major.*x.transpose\(0, 1\)"):
        make(ours, batch_first=True)
    with pytest.raises(ValueError, match=r"bidirectional=True: .* second module on x.flip\(0\)"):
        make(ours, bidirectional=True)
    with pytest.raises(ValueError, match="expected sizes of at least 1 and a dropout"):
        ours(D, 0)
    with pytest.raises(ValueError, match="module has batch_first=True; expected time-major"):
        make(ours).load_torch(make(PEERS[ours], batch_first=True))
    with pytest.raises(
        ValueError, match=r"module has \(D, H, num_layers, kind\) = \(5, 4, 2, '\w+'\); expected \(5, 4, 3"
    ):
        make(ours).load_torch(make(PEERS[ours], num_layers=2))


@over_modules
def test_another_kind_of_module_is_not_loaded(ours):
    other = torch.nn.GRU if ours is not GRU else torch.nn.LSTM
    with pytest.raises(ValueError, match=r"kind\) = .*; expected"):
        make(ours).load_torch(make(other))


@over_modules
def test_bad_input_is_named(ours):
    module = make(ours)
    x, state0 = inputs(ours)
    with pytest.raises(ValueError, match=r"x has shape \(7, 3, 4\); expected \(T, B, D\) with D = 5"):
        module(x[..., :4])
    with pytest.raises(ValueError, match=r"x has shape \(3, 5\); expected \(T, B, D\) with D = 5"):
        module(x[0])
    with pytest.raises(TypeError, match=r"W_\w+ has dtype torch.float64; expected torch.float32, the dtype of x"):
        module(x.float())
    short = tuple(v[:2] for v in state0) if ours is LSTM else state0[:2]
    with pytest.raises(ValueError, match=r"h0 has shape \(2, 3, 4\); expected \(num_layers, B, H\) = \(3, 3, 4\)"):
        module(x, short)


def test_an_unknown_activation_is_named():
    with pytest.raises(ValueError, match='activation is \'gelu\'; expected "tanh" or "relu"'):
        RNN(D, H, activation="gelu")
