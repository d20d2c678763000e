"""Problem set 6's torch exercise, through the notebook's own driver: right Functions pass, wrong ones are named."""

from pathlib import Path

import pytest

from rnncourse import check
from rnncourse.authoring.source import read_source

torch = pytest.importorskip("torch")

ROOT = Path(__file__).parents[3]
CELLS = {
    cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source
    for cell in read_source(ROOT / "solutions" / "ps6_beyond" / "ps6_beyond.py").cells
}


def driven(function):
    """The notebook's rnn_function, with this class in the place of the learner's."""
    names = {"torch": torch, "device": torch.device("cuda" if torch.cuda.is_available() else "cpu")}
    exec(CELLS["RNNFunction"], names)
    names["RNNFunction"] = function
    return names["rnn_function"]


class Right(torch.autograd.Function):
    """Loops, as in the book."""

    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        h, h_t = [], h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h

    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        before = torch.cat([h0[None], h[:-1]])
        delta, back = torch.empty_like(h), torch.zeros_like(h0)
        for t in reversed(range(len(x))):
            delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
            back = delta[t] @ W_hh
        weights = torch.einsum("tbh,tbd->hd", delta, x), torch.einsum("tbi,tbj->ij", delta, before)
        return delta @ W_xh, back, *weights, delta.sum(dim=(0, 1))


class Autograd:
    """No Function at all: something with an `apply` that torch differentiates by itself gives the same numbers."""

    @staticmethod
    def apply(x, h0, W_xh, W_hh, b_h):
        h = [h0]
        for x_t in x:
            h.append(torch.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T + b_h))
        return torch.stack(h[1:])


@pytest.mark.parametrize("function", [Right, Autograd])
def test_a_right_function_earns_all_points(function):
    assert check.rnn_function(driven(function)) == 20


class DropsDh0(Right):
    @staticmethod
    def backward(ctx, dh):
        dx, _, *rest = Right.backward(ctx, dh)
        return dx, None, *rest


class Overwrites(Right):
    @staticmethod
    def backward(ctx, dh):
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        back = 0
        for t in reversed(range(len(x))):
            dh[t] += back
            back = (dh[t] * (1 - h[t] ** 2)) @ W_hh
        delta = dh * (1 - h**2)
        before = torch.cat([h0[None], h[:-1]])
        weights = torch.einsum("tbh,tbd->hd", delta, x), torch.einsum("tbi,tbj->ij", delta, before)
        return delta @ W_xh, back, *weights, delta.sum(dim=(0, 1))


class Unwritten(Right):
    @staticmethod
    def backward(ctx, dh):
        raise NotImplementedError("RNNFunction is yours to write")


class Crashes(Right):
    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        return x @ W_xh


@pytest.mark.parametrize(
    "function, points, said",
    [
        (DropsDh0, 17, "is None; expected an array of shape (B, H)"),
        (Overwrites, 16, "mutates-dh"),
        (Unwritten, 0, "rnn_function is not written yet"),
        (Crashes, 0, "raised RuntimeError"),
        (None, 0, "raised AttributeError"),
    ],
)
def test_a_wrong_one_is_told_why(function, points, said):
    result = check.rnn_function(driven(function))
    assert result == points
    assert said in str(result)


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_on_a_card_the_function_sees_tensors_on_the_card():
    seen = []

    class Watched(Right):
        @staticmethod
        def forward(ctx, x, *rest):
            seen.append(x.device.type)
            return Right.forward(ctx, x, *rest)

    assert check.rnn_function(driven(Watched)).passed
    assert set(seen) == {"cuda"}
