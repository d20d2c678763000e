"""List what goes wrong when BPTT is cut into chunks."""

from functools import partial

from rnncourse.misconceptions.bptt.truncated_bptt_cuts import CUTS
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import truncated

TEXTBOOK = truncated.truncated_bptt

_truncated = partial(Misconception, exercise="truncated_bptt", see="03_vanishing#sec-truncated-bptt")
_CHUNKS = "for start in range(0, T, tau):"
_END = "end = min(start + tau, T)"
_START = "h_start = h_t"
_DH_NEXT = "dh_next = np.zeros_like(h0)"
_H_PREV = "h_prev = h[t - 1] if t > start else h_start"
_DELTA = "delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)"
_H_0 = "h_t = h0"
_BACK = "for t in reversed(range(start, end)):"

MISCONCEPTIONS = (
    _truncated(
        label="no-cut",
        says="the gradient crosses the cuts: this is full BPTT",
        right=_CHUNKS,
        wrong="for start in [0]:",
        also=((_END, "end = T"),),
        hint="At the end of a chunk nothing comes back from the next one: where does delta_h start again from zero?",
    ),
    _truncated(
        label="state-reset-at-chunk",
        says="every chunk starts from h0 again",
        right=_START,
        wrong="h_t = h_start = h0",
        hint="The gradient is cut, the memory is not. A chunk starts from the state in which the last one ended.",
    ),
    _truncated(
        label="state-zeroed-at-chunk",
        says="every chunk but the first starts from zeros",
        right=_START,
        wrong="h_t = h_start = np.where(start == 0, h_t, 0)",
        hint="What the network knew at the end of a chunk, it should know at the start of the next.",
    ),
    _truncated(
        label="ignores-h0",
        says="the first chunk starts from zeros, and h0 plays no part",
        right=_H_0,
        wrong="h_t = np.zeros_like(h0)",
        hint="What comes before the first step?",
    ),
    _truncated(
        label="chunk-one-too-long",
        says="a chunk has tau + 1 steps",
        right=_CHUNKS,
        wrong="for start in range(0, T, tau + 1):",
        also=((_END, "end = min(start + tau + 1, T)"),),
        hint="Count the steps in a chunk for tau = 2. Is the last index inside or outside?",
    ),
    _truncated(
        label="chunk-one-too-short",
        says="a chunk has tau - 1 steps",
        right=_CHUNKS,
        wrong="for start in range(0, T, tau - 1):",
        also=((_END, "end = min(start + tau - 1, T)"),),
        hint="Count the steps in a chunk for tau = 2. Is the last index inside or outside?",
    ),
    _truncated(
        label="cut-one-step-early",
        says="the gradient is cut one step before the end of each chunk as well",
        right=_DELTA,
        wrong="delta_h = (dh[t] + dh_next * (t < end - 2)) * (1 - h[t] ** 2)",
        hint="Count the arrows that a gradient may follow in a chunk of tau steps: there are tau - 1.",
    ),
    _truncated(
        label="first-chunk-short",
        says="the chunks are counted from the end: the first one is the short one",
        right=_CHUNKS,
        wrong="for start in [0, *range(T % tau or tau, T, tau)]:",
        also=((_END, "end = T % tau or tau if start == 0 else start + tau"),),
        hint="When T is no multiple of tau, one chunk is shorter. The text is read from its beginning: which one?",
    ),
    _truncated(
        label="drops-last-chunk",
        says="the steps after the last whole chunk get no gradient",
        right=_BACK,
        wrong="for t in reversed(range(start, end if end - start == tau else start)):",
        hint="When T is no multiple of tau, the last chunk is shorter. It has a loss all the same.",
    ),
    _truncated(
        label="last-chunk-only",
        says="the gradients keep the last chunk's share only",
        right=_DH_NEXT,
        wrong="dh_next, dW_xh, dW_hh, db_h = np.zeros_like(h0), 0 * W_xh, 0 * W_hh, 0 * b_h",
        hint="The weights were used in every chunk. When are their gradients set to zero?",
    ),
    _truncated(
        label="carried-state-missing-in-dW_hh",
        says="at a chunk's first step dW_hh is built with zeros in the place of the carried state",
        right=_H_PREV,
        wrong="h_prev = h[t - 1] if t > start else np.zeros_like(h0)",
        hint="The carried state is a number that W_hh multiplied. W_hh has a gradient from there, even if the state "
        "has none.",
    ),
    _truncated(
        label="h0-in-every-chunk",
        says="at a chunk's first step dW_hh is built with h0",
        right=_H_PREV,
        wrong="h_prev = h[t - 1] if t > start else h0",
        hint="Which state came before the first step of the third chunk?",
    ),
    _truncated(
        label="no-recurrent-term",
        says="nothing comes back from step t+1, not even inside a chunk: tau is 1",
        right=_DELTA,
        wrong="delta_h = dh[t] * (1 - h[t] ** 2)",
        hint="The cut is between chunks. Inside a chunk this is BPTT as before.",
    ),
    _truncated(
        label="loss-at-chunk-ends-only",
        says="only the last step of each chunk has an upstream gradient",
        right=_DELTA,
        wrong="delta_h = (dh[t] * (t == end - 1) + dh_next) * (1 - h[t] ** 2)",
        hint="Each step has an output of its own. Where does dh[t] come in?",
    ),
    *CUTS,
)
