"""A long formula may be broken where a reader would break it, and a short one may not."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_assets"))

from formula_pieces import pieces

NUMBERS = r"h^{(2)} = \tanh(-0.5 + 0.8 \cdot 0.7616 + 0.1) = \tanh 0.2093 = 0.2063"


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        ("x = 1", ["x = 1"]),
        (r"\partial\mathcal L/\partial W_{hh} = \sum_t \delta^{(t)}", None),
        (NUMBERS, ["h^{(2)}", r"{}= \tanh(-0.5 + 0.8 \cdot 0.7616 + 0.1)", r"{}= \tanh 0.2093", "{}= 0.2063"]),
        (r"a_1 = \left(b = c_{111111111111} + d_{2222222222222}\right)", ["a_1", None]),
        ("u + v = 111111111111111 + 22222222222222222", ["u + v", "{}= 111111111111111", "{}+ 22222222222222222"]),
        (r"\text{long, but } a = b \text{ in words and words}", None),
    ],
)
def test_it_is_cut_before_what_stands_in_no_bracket(tex, wanted):
    found = pieces(tex)
    if wanted is None:
        assert "".join(piece.removeprefix("{}") for piece in found).replace(" ", "") == tex.replace(" ", "")
    else:
        assert len(found) == len(wanted)
        assert all(want in (None, piece) for piece, want in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    "tex", [r"\begin{cases} a = 1 & b = 2 \\ c = 333333333333 & d = 4444444 \end{cases}", "(a = 1 " * 9]
)
def test_what_stands_in_brackets_or_is_not_balanced_is_whole(tex):
    assert pieces(tex) == [tex]


def test_no_sign_is_lost():
    assert "".join(piece.removeprefix("{}") for piece in pieces(NUMBERS)).replace(" ", "") == NUMBERS.replace(" ", "")
