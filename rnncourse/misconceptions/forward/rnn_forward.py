"""List what goes wrong when an RNN runs over a sequence."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import rnn

TEXTBOOK = rnn.rnn_forward

_rnn_forward = partial(Misconception, exercise="rnn_forward")
_SEQUENCE = "01_structure#sec-recurrence"
_SHARING = "01_structure#sec-weight-sharing"
_STEP = "h_t = rnn_step(x[t], h_t, params, activation)"
_LOOP = "for t in range(T):"
_STORE = "h[t] = h_t"

MISCONCEPTIONS = (
    _rnn_forward(
        label="ignores-h0",
        says="the sequence starts from zeros, whatever h0 is",
        right="h_t = h0",
        wrong="h_t = np.zeros_like(h0)",
        hint="h0 is an argument: the caller decides where the memory starts.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="state-never-updated",
        says="every step starts from h0",
        right=f"{_STEP}  # (B, H)\n        {_STORE}",
        wrong="h[t] = rnn_step(x[t], h0, params, activation)",
        hint="What does step t+1 receive as its previous state? Follow the name through two turns of the loop.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="no-recurrence",
        says="every step starts from zeros",
        right=_STEP,
        wrong="h_t = rnn_step(x[t], np.zeros_like(h0), params, activation)",
        hint="The state has to travel from one step to the next, or there is no memory.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="reads-backwards",
        says="the sequence is read from the last step to the first",
        right=_LOOP,
        wrong="for t in reversed(range(T)):",
        hint="The forward pass follows time. Only gradients travel the other way.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="x-lagged",
        says="step t reads the input of step t-1",
        right=_STEP,
        wrong="h_t = rnn_step(x[t - 1], h_t, params, activation)",
        hint="h^(t) is made from x^(t) and h^(t-1). In Python both counts start at 0: which index does each need?",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="first-input-only",
        says="every step reads the first input",
        right=_STEP,
        wrong="h_t = rnn_step(x[0], h_t, params, activation)",
        hint="The weights are shared by all steps. The inputs are not.",
        see=_SHARING,
    ),
    _rnn_forward(
        label="stores-previous-state",
        says="h[t] holds the state before step t, not after it",
        right=f"{_STEP}  # (B, H)\n        {_STORE}",
        wrong=f"{_STORE}\n        {_STEP}",
        hint="h has T entries, from h^(1) to h^(T); h^(0) is not among them. Store after the step, not before.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="aliased-buffer",
        says="all T entries of h are the last state",
        right=f"        {_STORE}",
        wrong="        h[:] = h_t",
        hint="If one array is overwritten at each step and stored T times, you keep T names for one array.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="state-accumulates",
        says="each new state is added to the old one",
        right=_STEP,
        wrong="h_t = h_t + rnn_step(x[t], h_t, params, activation)",
        hint="A step returns the new state. It replaces the old one.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="skips-first-step",
        says="the first step is skipped: h[0] is h0",
        right=f"{_LOOP}\n        {_STEP}",
        wrong="for t in range(T):\n        h_t = h_t if t == 0 else rnn_step(x[t], h_t, params, activation)",
        hint="x has T entries and so has h. If your loop starts at 1, who reads x[0]?",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="skips-last-step",
        says="the last step is skipped: the last entry of h is not filled",
        right="h = np.empty((T, B, len(params.b_h)), dtype=x.dtype)",
        wrong="h = np.zeros((T, B, len(params.b_h)), dtype=x.dtype)",
        also=((_LOOP, "for t in range(T - 1):"),),
        hint="range(T) already stops before T.",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="carries-the-pre-activation",
        says="the pre-activation is carried to the next step, and not the state",
        right=f"{_STEP}  # (B, H)\n        {_STORE}",
        wrong="h_t = x[t] @ params.W_xh.T + h_t @ params.W_hh.T + params.b_h\n        h[t] = np.tanh(h_t)",
        hint="The next step reads h. What has become of a by then?",
        see=_SEQUENCE,
    ),
    _rnn_forward(
        label="bias-at-the-first-step-only",
        says="b_h is added at the first step only",
        right=_STEP,
        wrong="h_t = rnn_step(x[t], h_t, params._replace(b_h=params.b_h * (t == 0)), activation)",
        hint="One set of weights for every step: that goes for the bias too.",
        see=_SHARING,
    ),
    _rnn_forward(
        label="samples-one-after-the-other",
        says="each sample goes on from the last state of the sample before",
        right=_LOOP,
        wrong="for t, b in ((t, b) for b in range(B) for t in range(T)):",
        also=((_STEP, "h_t = rnn_step(x[t, b : b + 1], h_t[:1], params, activation)"), (_STORE, "h[t, b] = h_t[0]")),
        hint="Samples of a batch know nothing of each other.",
        see=_SEQUENCE,
    ),
)
