"""List what goes wrong where the states of a sequence are stored, and where they begin."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_lstm_forward = partial(Misconception, exercise="lstm_forward", see="05_lstm#sec-lstm-algorithm")
_STEP = "h_t, c_t = lstm_step(x[t], (h_t, c_t), params)"
_LOOP = "for t in range(T):"
_STORE_C = "c[t] = c_t"
_BUFFER = ("h = np.empty((T, B, len(params.b_f)), dtype=x.dtype)", "h = np.zeros((T, B, len(params.b_f)))")
_ZEROS = (_BUFFER, ("c = np.empty_like(h)", "c = np.zeros_like(h)"))

STORING = (
    _lstm_forward(
        label="stores-the-cell-too-early",
        says="c holds at each step the cell before the update",
        right=_STORE_C,
        wrong="c[t] = c_before",
        also=((_STEP, "c_before, (h_t, c_t) = c_t, lstm_step(x[t], (h_t, c_t), params)"),),
        hint="What stands in c[0] when the loop has run once?",
    ),
    _lstm_forward(
        label="begins-with-the-initial-state",
        says="h[0] and c[0] are h0 and c0, and the first input is never read",
        right=_STEP,
        wrong="h_t, c_t = lstm_step(x[t], (h_t, c_t), params) if t else (h_t, c_t)",
        hint="How many inputs are there, and how many steps do you make?",
    ),
    _lstm_forward(
        label="last-step-left-empty",
        says="the first step is made before the loop, which then ends one step early",
        right=_LOOP,
        wrong="for t in range(max(T - 1, 1)):",
        also=_ZEROS,
        hint="Which is the last t of range(1, T)?",
    ),
    _lstm_forward(
        label="samples-one-after-the-other",
        says="each sample goes on from the last state of the sample before",
        right=_LOOP,
        wrong="for t, b in ((t, b) for b in range(B) for t in range(T)):",
        also=(
            (
                _STEP,
                "h_t, c_t = (one[:1] for one in (h_t, c_t)); h_t, c_t = lstm_step(x[t, b : b + 1], (h_t, c_t), params)",
            ),
            ("h[t] = h_t", "h[t, b] = h_t[0]"),
            (_STORE_C, "c[t, b] = c_t[0]"),
        ),
        hint="Samples of a batch know nothing of each other.",
    ),
)
