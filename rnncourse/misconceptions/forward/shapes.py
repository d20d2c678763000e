"""List what goes wrong when the shapes of an RNN's arrays are written down: inputs, states, outputs, weights."""

from functools import partial

from rnncourse.misconceptions.forward.shapes_weights import WEIGHTS
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import shapes

TEXTBOOK = shapes.shapes

_shapes = partial(Misconception, exercise="shapes")
_SYMBOLS = "00_notation#sec-symbols"
_OUTPUT = "01_structure#sec-output-layer"
_INITIAL = "02_forward_pass#sec-initial-state"
_BATCH = "02_forward_pass#sec-forward-batch"

_X, _H0, _H, _Z = '"x": (T, B, D)', '"h0": (B, H)', '"h": (T, B, H)', '"z": (T, B, K)'

MISCONCEPTIONS = (
    _shapes(
        label="batch-before-time",
        says="x, h and z have the samples on their first axis and time on their second",
        right=_X,
        wrong='"x": (B, T, D)',
        also=((_H, '"h": (B, T, H)'), (_Z, '"z": (B, T, K)')),
        hint="What should x[t] be: one sample at all its steps, or one step of all samples?",
        see=_SYMBOLS,
    ),
    _shapes(
        label="x-batch-before-time",
        says="x has the samples on its first axis and time on its second",
        right=_X,
        wrong='"x": (B, T, D)',
        hint="Compare x with h. Both have a time axis, and it is the same one.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="samples-as-columns",
        says="each sample is a column: the batch is on the last axis",
        right=_X,
        wrong='"x": (T, D, B)',
        also=((_H0, '"h0": (H, B)'), (_H, '"h": (T, H, B)'), (_Z, '"z": (T, K, B)')),
        hint="On paper one sample is a column. In the code of this course a sample is a row.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="no-batch",
        says="there is one sample only: nothing has a batch axis",
        right=_X,
        wrong='"x": (T, D)',
        also=((_H0, '"h0": (H,)'), (_H, '"h": (T, H)'), (_Z, '"z": (T, K)')),
        hint="The network reads B sequences side by side. Which arrays hold something of each sample?",
        see=_BATCH,
    ),
    _shapes(
        label="h-has-D",
        says="h has D entries for each step and sample, as x has",
        right=_H,
        wrong='"h": (T, B, D)',
        hint="D is what the network reads. How large is what it remembers?",
        see=_SYMBOLS,
    ),
    _shapes(
        label="h-is-the-last-state",
        says="h holds one state for each sample",
        right=_H,
        wrong='"h": (B, H)',
        hint="That is h_t, the state at one step. h holds the states of all steps.",
        see=_SYMBOLS,
    ),
    _shapes(
        label="h-counts-h0",
        says="h has T + 1 states: h0 is among them",
        right=_H,
        wrong='"h": (T + 1, B, H)',
        hint="h[0] is the state after the first step. What comes before it has a name of its own.",
        see=_INITIAL,
    ),
    _shapes(
        label="h0-for-every-step",
        says="h0 has a state for each time step",
        right=_H0,
        wrong='"h0": (T, B, H)',
        hint="How many states are there before the first step?",
        see=_INITIAL,
    ),
    _shapes(
        label="h0-one-for-all",
        says="all samples share one h0",
        right=_H0,
        wrong='"h0": (H,)',
        hint="Each sample has a memory of its own, from the start.",
        see=_INITIAL,
    ),
    _shapes(
        label="h0-has-D",
        says="h0 has as many entries as an input",
        right=_H0,
        wrong='"h0": (B, D)',
        hint="h0 stands in the place of a state. W_hh has to be able to read it.",
        see=_INITIAL,
    ),
    _shapes(
        label="z-has-H",
        says="z has H entries for each step and sample, as h has",
        right=_Z,
        wrong='"z": (T, B, H)',
        hint="z is what W_hy makes of h: one number for each possible answer.",
        see=_OUTPUT,
    ),
    _shapes(
        label="z-of-one-step",
        says="z holds the logits of one step only",
        right=_Z,
        wrong='"z": (B, K)',
        hint="Here the output layer reads every state, so every step has its logits.",
        see=_OUTPUT,
    ),
    *WEIGHTS,
)
