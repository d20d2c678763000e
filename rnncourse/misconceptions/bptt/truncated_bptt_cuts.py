"""List where else the cuts fall, and what crosses them."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_truncated = partial(Misconception, exercise="truncated_bptt", see="03_vanishing#sec-truncated-bptt")
_CHUNKS = "for start in range(0, T, tau):"
_END = "end = min(start + tau, T)"
_START = "h_start = h_t"
_DELTA = "delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)"

CUTS = (
    _truncated(
        label="cut-after-the-first-step",
        says="each cut lies one step late: between the first and the second step of a chunk",
        right=_CHUNKS,
        wrong="for start in [0]:",
        also=(
            (_END, "end = T"),
            (_DELTA, "delta_h = (dh[t] + dh_next * (t % tau != 0)) * (1 - h[t] ** 2)"),
        ),
        hint="Nothing comes back from the first step of a chunk. Is it t or t + 1 that is a multiple of tau?",
    ),
    _truncated(
        label="cut-before-the-last-step",
        says="each cut lies one step early: before the last step of a chunk",
        right=_CHUNKS,
        wrong="for start in [0]:",
        also=(
            (_END, "end = T"),
            (_DELTA, "delta_h = (dh[t] + dh_next * ((t + 2) % tau != 0)) * (1 - h[t] ** 2)"),
        ),
        hint="Nothing comes back from the first step of a chunk. To which t does that happen?",
    ),
    _truncated(
        label="carries-the-first-state",
        says="a chunk starts from the first state of the one before, and not from the last",
        right=_START,
        wrong="h_start = h_t = h[start - tau] if start else h0",
        hint="A chunk goes on where the last one ended.",
    ),
    _truncated(
        label="gradients-of-the-first-chunk",
        says="every chunk reads the dh of the first one",
        right=_DELTA,
        wrong="delta_h = (dh[t - start] + dh_next) * (1 - h[t] ** 2)",
        hint="Count the steps of the chunk, and those of the whole sequence. With which of the two is dh read?",
    ),
    _truncated(
        label="mean-over-the-chunk",
        says="the gradients of a chunk are divided by its length",
        right=_DELTA,
        wrong="delta_h = (dh[t] / (end - start) + dh_next) * (1 - h[t] ** 2)",
        hint="The loss is a sum over all steps. What does a chunk add to it?",
    ),
)
