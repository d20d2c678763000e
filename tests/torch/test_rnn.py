"""The torch RNN against the NumPy reference, autograd through a plain loop, torch.nn.RNN and its own promises."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch.testing import assert_close  # noqa: E402
from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

from rnncourse.notation import RNNParams  # noqa: E402
from rnncourse.reference import rnn as reference  # noqa: E402
from rnncourse.torch.autograd import rnn  # noqa: E402
from rnncourse.torch.rnn import init_rnn, rnn_backward, rnn_forward, rnn_step, rnn_step_backward  # noqa: E402

NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.cuda, NO_GPU])]
# (T, B, D, H): one of everything, one step, one sample, D = H, the general case, a long sequence
SHAPES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 3, 2), (4, 2, 3, 3), (7, 3, 5, 4), (300, 2, 3, 5)]
NAMES = ("x", "h0", "W_xh", "W_hh", "b_h")
EXACT = {"rtol": 1e-12, "atol": 1e-13}
CLOSE = {"rtol": 1e-10, "atol": 1e-12}

on_devices = pytest.mark.parametrize("device", DEVICES)
over_shapes = pytest.mark.parametrize("shape", SHAPES, ids=str)
with_activations = pytest.mark.parametrize("activation", ["tanh", "relu"])


def draw(shape, seed=0):
    """x, h0, params, dh, dh_T as NumPy float64: biases, h0 and both gradients are nonzero."""
    T, B, D, H = shape
    rng = np.random.default_rng(seed)
    params = reference.init_rnn(D, H, rng)._replace(b_h=0.3 * rng.standard_normal(H))
    x, h0 = rng.standard_normal((T, B, D)), rng.standard_normal((B, H))
    return x, h0, params, rng.standard_normal((T, B, H)), rng.standard_normal((B, H))


def tensors(arrays, device="cpu", dtype=torch.float64):
    """The same nest of tuples with tensors in place of arrays."""
    if isinstance(arrays, np.ndarray):
        return torch.tensor(arrays, dtype=dtype, device=device)
    moved = [tensors(v, device, dtype) for v in arrays]
    return type(arrays)(*moved) if hasattr(arrays, "_fields") else tuple(moved)


def plain_loop(x, h0, params, activation="tanh"):
    """What autograd differentiates by itself."""
    h, h_t = [], h0
    for x_t in x.unbind(0):
        h_t = rnn_step(x_t, h_t, params, activation)
        h.append(h_t)
    return torch.stack(h), h_t


def gradients(function, x, h0, params, dh, dh_T, activation="tanh"):
    """Gradients of <h, dh> + <h_T, dh_T>, either of which may be None, in the order of NAMES."""
    leaves = [v.clone().requires_grad_() for v in (x, h0, *params)]
    h, h_T = function(leaves[0], leaves[1], RNNParams(*leaves[2:]), activation)
    loss = sum((a * b).sum() for a, b in ((h, dh), (h_T, dh_T)) if b is not None)
    return torch.autograd.grad(loss, leaves)


@on_devices
@over_shapes
@with_activations
def test_equals_the_numpy_reference(shape, activation, device):
    x, h0, params, dh, dh_T = draw(shape)
    h, h_T, cache = reference.rnn_forward(x, h0, params, activation)
    dx, dh0, dparams = reference.rnn_backward(dh, dh_T, cache)

    x, h0, params, dh, dh_T = tensors((x, h0, params, dh, dh_T), device)
    our_h, our_h_T, our_cache = rnn_forward(x, h0, params, activation)
    our_dx, our_dh0, our_dparams = rnn_backward(dh, dh_T, our_cache)

    assert_close((our_h, our_h_T), tensors((h, h_T), device), **EXACT)
    assert isinstance(our_dparams, RNNParams)
    assert_close((our_dx, our_dh0, *our_dparams), tensors((dx, dh0, *dparams), device), **CLOSE)


@on_devices
@over_shapes
@with_activations
def test_equals_autograd_through_a_plain_loop(shape, activation, device):
    inputs = tensors(draw(shape, seed=1), device)
    assert_close(gradients(rnn, *inputs, activation), gradients(plain_loop, *inputs, activation), **CLOSE)


@pytest.mark.parametrize("unused", ["h", "h_T"])
def test_an_output_that_nothing_reads_counts_as_zero(unused):
    x, h0, params, dh, dh_T = tensors(draw((7, 3, 5, 4)))
    dh, dh_T = (None, dh_T) if unused == "h" else (dh, None)
    ours, autograd = (gradients(f, x, h0, params, dh, dh_T) for f in (rnn, plain_loop))
    assert_close(ours, autograd, **CLOSE)


@on_devices
@over_shapes
@with_activations
def test_equals_torch_nn_rnn(shape, activation, device):
    x, h0, params, dh, dh_T = tensors(draw(shape, seed=2), device)
    module = torch.nn.RNN(shape[2], shape[3], nonlinearity=activation, dtype=torch.float64, device=device)
    weights = (*params, torch.zeros_like(params.b_h))
    with torch.no_grad():
        for own, given in zip(module.parameters(), weights, strict=True):
            own.copy_(given)
    x_leaf, h0_leaf = x.clone().requires_grad_(), h0[None].clone().requires_grad_()
    h, h_T = module(x_leaf, h0_leaf)
    W_xh, W_hh, b_h, _ = module.parameters()
    theirs = torch.autograd.grad((h * dh).sum() + (h_T[0] * dh_T).sum(), [x_leaf, h0_leaf, W_xh, W_hh, b_h])
    ours = gradients(rnn, x, h0, params, dh, dh_T, activation)
    assert_close(ours, (theirs[0], theirs[1][0], *theirs[2:]), **CLOSE)


@with_activations
def test_gradcheck(activation):
    x, h0, params, *_ = tensors(draw((4, 2, 3, 5), seed=3))
    leaves = [v.requires_grad_() for v in (x, h0, *params)]
    assert torch.autograd.gradcheck(lambda x, h0, *p: rnn(x, h0, RNNParams(*p), activation), leaves)


@with_activations
def test_one_step_and_its_backward_equal_the_reference(activation):
    x, h0, params, dh, _ = draw((1, 3, 5, 4))
    h_t = reference.rnn_step(x[0], h0, params, activation)
    wanted = reference.rnn_step_backward(dh[0], x[0], h0, h_t, params, activation)
    x_t, h_prev, params, dh_t = tensors((x[0], h0, params, dh[0]))
    our_h_t = rnn_step(x_t, h_prev, params, activation)
    assert_close(our_h_t, tensors(h_t), **EXACT)
    assert_close(rnn_step_backward(dh_t, x_t, h_prev, our_h_t, params, activation), tensors(wanted), **EXACT)


@on_devices
def test_float32_stays_float32_and_is_near_float64(device):
    arrays = draw((7, 3, 5, 4))
    in_32, in_64 = (gradients(rnn, *tensors(arrays, device, dtype)) for dtype in (torch.float32, torch.float64))
    assert {v.dtype for v in in_32} == {torch.float32}
    assert_close([v.double() for v in in_32], list(in_64), rtol=1e-4, atol=1e-5)


def test_autocast_leaves_it_alone():
    inputs = tensors(draw((7, 3, 5, 4)), dtype=torch.float32)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        inside = gradients(rnn, *inputs)
    assert_close(inside, gradients(rnn, *inputs), rtol=0, atol=0)


def test_inputs_are_not_changed_and_the_cache_serves_twice():
    inputs = tensors(draw((7, 3, 5, 4)))
    kept = [v.clone() for v in (*inputs[:2], *inputs[2], *inputs[3:])]
    x, h0, params, dh, dh_T = inputs
    _, h_T, cache = rnn_forward(x, h0, params)
    first = rnn_backward(dh, dh_T, cache)
    h_T.zero_()  # the last state is a tensor of its own: changing it must not reach the cache
    assert_close(rnn_backward(dh, dh_T, cache), first, rtol=0, atol=0)
    assert_close([x, h0, *params, dh, dh_T], kept, rtol=0, atol=0)


def test_a_view_of_other_memory_order_gives_the_same():
    x, h0, params, dh, dh_T = tensors(draw((7, 3, 5, 4)))
    turned = [v.mT.contiguous().mT for v in (x, h0, dh, dh_T)]
    assert not turned[0].is_contiguous()
    ours = gradients(rnn, *turned[:2], params, *turned[2:])
    assert_close(ours, gradients(rnn, x, h0, params, dh, dh_T), **EXACT)


@pytest.mark.parametrize("wanted", NAMES)
def test_only_what_is_asked_for_is_computed(wanted):
    x, h0, params, dh, dh_T = tensors(draw((7, 3, 5, 4)))
    full = dict(zip(NAMES, gradients(rnn, x, h0, params, dh, dh_T), strict=True))

    def backward(*names):
        leaves = {n: v.clone().requires_grad_(n in names) for n, v in zip(NAMES, (x, h0, *params), strict=True)}
        h, h_T = rnn(leaves["x"], leaves["h0"], RNNParams(*list(leaves.values())[2:]))
        with FlopCounterMode(display=False) as flops:
            ((h * dh).sum() + (h_T * dh_T).sum()).backward()
        return leaves, flops.get_total_flops()

    leaves, flops = backward(wanted)
    assert_close(leaves[wanted].grad, full[wanted], **EXACT)
    assert all(leaves[n].grad is None for n in NAMES if n != wanted)
    assert flops < backward(*NAMES)[1]


def test_second_derivatives_are_refused():
    x, h0, params, *_ = tensors(draw((4, 2, 3, 5)))
    x.requires_grad_()
    h, _ = rnn(x, h0, params)
    (dx,) = torch.autograd.grad(h.sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match=r"backward of rnn gives first derivatives only; .* loop over rnn_step"):
        torch.autograd.grad((dx**2).sum(), x)


@pytest.mark.parametrize(
    ("name", "bad", "error", "message"),
    [
        ("W_hh", lambda v: v[:, :3], ValueError, r"W_hh has shape \(4, 3\); expected \(H, H\) = \(4, 4\)"),
        ("b_h", lambda v: v[None], ValueError, r"b_h has shape \(1, 4\); expected \(H,\) = \(4,\)"),
        ("x", lambda v: v[0], ValueError, r"x has shape \(3, 5\); expected \(T, B, D\) = \(T, B, 5\)"),
        ("x", lambda v: v[..., :2], ValueError, r"x has shape \(7, 3, 2\); expected \(T, B, D\) = \(7, 3, 5\)"),
        ("x", lambda v: v[:0], ValueError, r"x has T = 0 time steps; expected at least one"),
        ("h0", lambda v: v[:2], ValueError, r"h0 has shape \(2, 4\); expected \(B, H\) = \(3, 4\)"),
        ("h0", lambda v: v.float(), TypeError, r"h0 has dtype torch.float32, W_xh has torch.float64; convert one"),
        ("h0", lambda v: None, TypeError, r"h0 is a builtins.NoneType; expected a torch.Tensor"),
        ("x", lambda v: v.numpy(), TypeError, r"x is a numpy.ndarray; expected a torch.Tensor"),
        ("x", lambda v: v.long(), TypeError, r"x has dtype torch.int64; expected real floating point"),
        ("x", lambda v: v.to("meta"), ValueError, r"x is on meta, W_xh is on cpu; move one: x.to\(W_xh.device\)"),
        (
            "x",
            lambda v: v.where(v != v[2, 1, 0], torch.nan),
            ValueError,
            r"x holds NaN, first at x\[2, 1, 0\]; expected numbers",
        ),
        ("activation", lambda v: "sigmoid", ValueError, r"""activation is 'sigmoid'; expected "tanh" or "relu\""""),
    ],
)
@pytest.mark.parametrize("function", [rnn, rnn_forward])
def test_bad_input_is_named(function, name, bad, error, message):
    x, h0, params, *_ = tensors(draw((7, 3, 5, 4)))
    values = {"x": x, "h0": h0, **params._asdict(), "activation": "tanh"}
    values[name] = bad(values[name])
    params = RNNParams(values["W_xh"], values["W_hh"], values["b_h"])
    with pytest.raises(error, match=message):
        function(values["x"], values["h0"], params, values["activation"])


def test_bad_gradient_is_named():
    x, h0, params, dh, dh_T = tensors(draw((7, 3, 5, 4)))
    _, _, cache = rnn_forward(x, h0, params)
    with pytest.raises(ValueError, match=r"dh has shape \(3, 4\); expected \(T, B, H\) = \(7, 3, 4\)"):
        rnn_backward(dh[0], dh_T, cache)


def test_init_draws_the_same_weights_from_the_same_seed():
    first, second = (init_rnn(5, 4, torch.Generator().manual_seed(7), torch.float32) for _ in range(2))
    assert_close(first, second, rtol=0, atol=0)
    assert [tuple(v.shape) for v in first] == [(4, 5), (4, 4), (4,)]
    assert {v.dtype for v in first} == {torch.float32}
    assert_close(first.W_hh @ first.W_hh.T, torch.eye(4), rtol=0, atol=1e-6)
