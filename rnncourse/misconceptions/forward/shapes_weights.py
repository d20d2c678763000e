"""List what goes wrong when the shapes of an RNN's weights and biases are written down."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_shapes = partial(Misconception, exercise="shapes")
_SYMBOLS = "00_notation#sec-symbols"
_SHARING = "01_structure#sec-weight-sharing"
_OUTPUT = "01_structure#sec-output-layer"

_W_XH, _W_HH, _W_HY = '"W_xh": (H, D)', '"W_hh": (H, H)', '"W_hy": (K, H)'
_B_H, _B_Y = '"b_h": (H,)', '"b_y": (K,)'

_BIAS = "One number for each unit: a bias has one axis, and NumPy adds it to every row by itself."

WEIGHTS = (
    _shapes(
        label="weights-from-to",
        says="W_xh and W_hy are the wrong way round",
        right=_W_XH,
        wrong='"W_xh": (D, H)',
        also=((_W_HY, '"W_hy": (H, K)'),),
        hint="A weight is (to, from): a row for each unit that it speaks to.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="W_xh-from-to",
        says="W_xh is the wrong way round",
        right=_W_XH,
        wrong='"W_xh": (D, H)',
        hint="A weight is (to, from). Read its name from left to right: from x, to h.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="W_hy-from-to",
        says="W_hy is the wrong way round",
        right=_W_HY,
        wrong='"W_hy": (H, K)',
        hint="A weight is (to, from). Read its name from left to right: from h, to y.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="swapped-weights",
        says="W_xh and W_hh have changed places",
        right=_W_XH,
        wrong='"W_xh": (H, H)',
        also=((_W_HH, '"W_hh": (H, D)'),),
        hint="The letters after the W say what goes in, and then what comes out.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="W_xh-square",
        says="W_xh maps states to states",
        right=_W_XH,
        wrong='"W_xh": (H, H)',
        hint="How many numbers does W_xh read for each sample? As many as x has.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="W_hh-reads-x",
        says="W_hh maps inputs to states",
        right=_W_HH,
        wrong='"W_hh": (H, D)',
        hint="What does W_hh read, and what does it make? Both are states.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="one-joined-weight",
        says="W_xh holds the weights of [h; x], glued together",
        right=_W_XH,
        wrong='"W_xh": (H, H + D)',
        hint="The LSTM of chapter 5 does so. Here each of the two products has a matrix of its own.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="W_hy-reads-x",
        says="W_hy maps inputs to outputs",
        right=_W_HY,
        wrong='"W_hy": (K, D)',
        hint="The output layer reads the state, and never sees the input.",
        see=_OUTPUT,
    ),
    _shapes(
        label="weights-for-every-step",
        says="there is a set of weights for each time step",
        right=_W_XH,
        wrong='"W_xh": (T, H, D)',
        also=((_W_HH, '"W_hh": (T, H, H)'), (_B_H, '"b_h": (T, H)')),
        hint="How many cells does the network have? The same one is used T times.",
        see=_SHARING,
    ),
    _shapes(
        label="weights-for-every-sample",
        says="there is a set of weights for each sample",
        right=_W_XH,
        wrong='"W_xh": (B, H, D)',
        also=((_W_HH, '"W_hh": (B, H, H)'), (_B_H, '"b_h": (B, H)')),
        hint="All samples are read by the same network. Which of its arrays can know B?",
        see=_SHARING,
    ),
    _shapes(
        label="bias-is-a-column",
        says="b_h and b_y are columns",
        right=_B_H,
        wrong='"b_h": (H, 1)',
        also=((_B_Y, '"b_y": (K, 1)'),),
        hint=f"{_BIAS} On rows a column does not fit.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="bias-is-a-row",
        says="b_h and b_y are rows of a matrix with one row",
        right=_B_H,
        wrong='"b_h": (1, H)',
        also=((_B_Y, '"b_y": (1, K)'),),
        hint=_BIAS,
        see=_SYMBOLS,
    ),
    _shapes(
        label="bias-for-every-sample",
        says="b_h and b_y have a row for each sample",
        right=_B_H,
        wrong='"b_h": (B, H)',
        also=((_B_Y, '"b_y": (B, K)'),),
        hint=_BIAS,
        see=_SYMBOLS,
    ),
    _shapes(
        label="bracket-is-no-tuple",
        says="the shapes of b_h and b_y are numbers, and no tuples",
        right=_B_H,
        wrong='"b_h": (H)',
        also=((_B_Y, '"b_y": (K)'),),
        hint="Python reads (5) as the number 5. A tuple of one needs a comma.",
        see=_SYMBOLS,
    ),
)
