"""Problem set 1, shapes: any way to write the right dict passes, and no message gives a shape away."""

from collections import ChainMap, OrderedDict

import numpy as np
import pytest
from support.styles import assert_right, every

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.notation import OutputParams, RNNParams
from rnncourse.reference import output, rnn
from rnncourse.reference.shapes import shapes
from rnncourse.validation import PARAMETER_SHAPES


def measured(T, B, D, H, K):
    """The shapes of what the library computes, none of them written down."""
    params, out = (RNNParams(*_zeros(RNNParams, D, H, K)), OutputParams(*_zeros(OutputParams, D, H, K)))
    x, h0 = np.zeros((T, B, D)), np.zeros((B, H))
    h, _, _ = rnn.rnn_forward(x, h0, params)
    z = output.output_layer(h, out)
    arrays = {"x": x, "h0": h0, "h": h, "z": z} | params._asdict() | out._asdict()
    return {name: array.shape for name, array in arrays.items()}


def _zeros(kind, D, H, K):
    sizes = {"D": D, "H": H, "K": K}
    return (np.zeros([sizes[letter] for letter in letters]) for letters in PARAMETER_SHAPES[kind])


def by_names(T, B, D, H, K):
    batch = (T, B)
    answer = dict(x=(*batch, D), h=(*batch, H), z=(*batch, K), h0=(B, H))
    answer.update(W_xh=(H, D), W_hh=(H, H), b_h=(H,))
    return answer | dict(W_hy=(K, H), b_y=(K,))


def from_letters(T, B, D, H, K):
    sizes = {"T": T, "B": B, "D": D, "H": H, "K": K}
    words = "x TBD, h0 BH, W_xh HD, W_hh HH, b_h H, h TBH, W_hy KH, b_y K, z TBK"
    return {name: tuple(sizes[letter] for letter in letters) for name, letters in map(str.split, words.split(", "))}


def line_by_line(T, B, D, H, K):
    answer = {}
    for name, size in (("x", D), ("h", H), ("z", K)):
        answer[name] = T, B, size
    answer["h0"] = answer["h"][1:]
    for name, shape in (("W_xh", (H, D)), ("W_hh", (H, H)), ("W_hy", (K, H))):
        answer[name] = shape
    for name, like in (("b_h", "W_hh"), ("b_y", "W_hy")):
        answer[name] = answer[like][:1]
    return answer


def by_a_product(T, B, D, H, K):
    """Shapes of products of empty arrays."""
    x, W_xh, W_hy, h0 = np.empty((T, B, D)), np.empty((H, D)), np.empty((K, H)), np.empty((B, H))
    h = x @ W_xh.T
    W_hh, b_h, z, b_y = np.outer(W_xh[:, 0], W_xh[:, 0]), W_xh[:, 0], h @ W_hy.T, W_hy[:, 0]
    both = dict(x=x, h0=h0, W_xh=W_xh, W_hh=W_hh, b_h=b_h, h=h, W_hy=W_hy, b_y=b_y, z=z)
    return {name: np.shape(array) for name, array in both.items()}


class Network:
    def __init__(self, T, B, D, H, K):
        self.x, self.h, self.z, self.h0 = (T, B, D), (T, B, H), (T, B, K), (B, H)
        self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y = (H, D), (H, H), (K, H), (H,), (K,)


def ordered(change):
    """The right dict, put together in another way from its items."""
    return lambda *sizes: change(list(shapes(*sizes).items()))


WAYS = {
    "textbook": shapes,
    "measured": measured,
    "by names": by_names,
    "from letters": from_letters,
    "line by line": line_by_line,
    "by products": by_a_product,
    "an object": lambda *sizes: vars(Network(*sizes)),
    "lists": lambda *sizes: {name: list(shape) for name, shape in shapes(*sizes).items()},
    "arrays of sizes": lambda *sizes: {name: np.array(shape) for name, shape in shapes(*sizes).items()},
    "shapes of arrays": lambda *sizes: {name: np.empty(shape).shape for name, shape in shapes(*sizes).items()},
    "shapes of broadcasts": lambda *sizes: {
        name: np.broadcast_to(0, shape).shape for name, shape in shapes(*sizes).items()
    },
    "torch-like sizes": lambda *sizes: {
        name: type("Size", (tuple,), {})(shape) for name, shape in shapes(*sizes).items()
    },
    "NumPy integers": lambda *sizes: shapes(*map(np.int64, sizes)),
    "a name more": lambda *sizes: shapes(*sizes) | {"y_hat": ()},
    "sorted": ordered(lambda items: dict(sorted(items))),
    "reversed": ordered(lambda items: dict(items[::-1])),
    "OrderedDict": ordered(OrderedDict),
    "ChainMap": ordered(lambda items: dict(ChainMap(dict(items[:4]), dict(items[4:])))),
    "zip": ordered(lambda items: dict(zip(*zip(*items, strict=True), strict=True))),
    "a dict of a generator": ordered(lambda items: dict((name, (*shape,)) for name, shape in items)),
}

STYLES = {"shapes": WAYS}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_right_in_any_style(name, way):
    assert_right(name, way)


def other_than(**changes):
    """The right shapes but for some, each made by a function of the sizes."""
    return lambda **sizes: shapes(**sizes) | {name: change(**sizes) for name, change in changes.items()}


def called(function):
    return check.shapes(lambda T, B, D, H, K: function(T=T, B=B, D=D, H=H, K=K))


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda B, D, H, **_: (B, H, D), "W_hh is (B, H, D): too many axes"),
        (lambda H, **_: (H,), "W_hh is (H,): too few axes"),
        (lambda D, H, **_: (H, D + H), "W_hh is (H, 15): axis 1, counted from 0, has another size"),
        (lambda **_: None, "W_hh is not in your dict"),
        (lambda **_: "HH", "W_hh is a str; expected a tuple of sizes"),
        (lambda H, **_: H, "W_hh is the number 7; expected a tuple of sizes, and a tuple of one needs a comma"),
        (lambda H, **_: np.ones((H, H)), "W_hh is an array; expected its shape, a tuple of sizes"),
        (lambda H, **_: (H, (H, H)), "W_hh is a tuple that NumPy cannot read as an array; expected a tuple of sizes"),
    ],
)
def test_a_wrong_shape_is_told_in_letters(change, said):
    result = called(other_than(W_hh=change))
    verdict = next(verdict for verdict in result.verdicts if verdict.output == "W_hh")
    assert (result.points, f"W_hh {verdict.problem}") == (9, said)


def test_sizes_in_another_order_are_told_so():
    result = called(other_than(x=lambda T, B, D, **_: (T, D, B)))
    assert "is (T, D, B): the right sizes in another order" in str(result)


def test_what_is_no_dict_is_told_and_gives_no_shape_away():
    result = check.shapes(lambda T, B, D, H, K: (T, B, D))
    assert result.points == 0
    assert "returned a tuple, where a dict was wanted: name and shape of each array" in str(result)
    assert "Expected to get back: x as a tuple, h0 as a tuple, W_xh as a tuple" in str(result)


def test_three_habits_are_two_mistakes_with_names():
    result = called(
        other_than(
            x=lambda T, B, D, **_: (B, T, D),
            h=lambda T, B, H, **_: (B, T, H),
            z=lambda T, B, K, **_: (B, T, K),
            W_xh=lambda D, H, **_: (D, H),
            W_hy=lambda H, K, **_: (H, K),
        )
    )
    assert set(result.messages[0].labels) == {"batch-before-time", "weights-from-to"}


def test_no_wrong_answer_is_told_the_right_one():
    right = {"x": "(T, B, D)", "h0": "(B, H)", "W_xh": "(H, D)", "h": "(T, B, H)", "W_hy": "(K, H)", "z": "(T, B, K)"}
    said = str(check.shapes(lambda **_: {name: (1,) for name in right})) + str(check.shapes(lambda *_: {}))
    assert not [shape for shape in right.values() if shape in said]
    assert {output.name for output in EXERCISES["shapes"].outputs} == set(shapes(1, 1, 1, 1, 1))
