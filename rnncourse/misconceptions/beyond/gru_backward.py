"""List what goes wrong in the GRU's backpropagation through time."""

from functools import partial

from rnncourse.misconceptions.beyond.gru_backward_gates import TO_THE_GATES
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import gru

TEXTBOOK = gru.gru_backward

_gru_backward = partial(Misconception, exercise="gru_backward", see="05_gru#sec-gru-backward")
_DV = "dv_t = delta_r @ W_r + delta_u @ W_u"
_DX = "dx[t] = dv_t[:, H:] + delta_n @ W_xn"
_DH_NEXT = "dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t * u_t"
_H_PREV = "h_prev = h[t - 1] if t > 0 else h0"
_LOOP = "for t in reversed(range(len(x))):"
_DW_HN = "dW_hn += delta_m.T @ h_prev"
_RETURN = "return dx, dh_next,"

_TO_THE_PAST = (
    _gru_backward(
        label="no-path-through-u",
        says="the direct path u * dh is missing from dh_prev",
        right=_DH_NEXT,
        wrong="dh_next = dv_t[:, :H] + delta_m @ W_hn",
        hint="Four arrows leave h^(t-1). One of them passes no matrix at all: it is why a GRU remembers.",
    ),
    _gru_backward(
        label="no-path-through-n",
        says="the path through the candidate is missing from dh_prev",
        right=_DH_NEXT,
        wrong="dh_next = dv_t[:, :H] + dh_t * u_t",
        hint="Four arrows leave h^(t-1): to r, to u, to the candidate, and straight on.",
    ),
    _gru_backward(
        label="no-path-through-r",
        says="the path through the reset gate is missing",
        right=_DV,
        wrong="dv_t = delta_u @ W_u",
        hint="Four arrows leave h^(t-1): to r, to u, to the candidate, and straight on.",
    ),
    _gru_backward(
        label="no-path-through-update-gate",
        says="the path through the update gate's pre-activation is missing",
        right=_DV,
        wrong="dv_t = delta_r @ W_r",
        hint="Four arrows leave h^(t-1): to r, to u, to the candidate, and straight on.",
    ),
    _gru_backward(
        label="candidate-path-skips-reset",
        says="delta_n, not delta_m, goes back through W_hn",
        right=_DH_NEXT,
        wrong="dh_next = dv_t[:, :H] + delta_n @ W_hn + dh_t * u_t",
        hint="Between W_hn h^(t-1) and the candidate stands r.",
    ),
    _gru_backward(
        label="direct-path-without-gate",
        says="dh goes straight back without the factor u",
        right=_DH_NEXT,
        wrong="dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t",
        hint="How much of h^(t-1) is in h^(t)? The same share comes back.",
    ),
    _gru_backward(
        label="W_hn-not-transposed",
        says="the gradient goes back through W_hn the wrong way round",
        right=_DH_NEXT,
        wrong="dh_next = dv_t[:, :H] + delta_m @ W_hn.T + dh_t * u_t",
        hint="Forwards a row is multiplied by W_hn.T. Backwards by the transpose of that.",
    ),
    _gru_backward(
        label="x-before-h",
        says="dv is cut as if it were [x; h]",
        right=_DX,
        wrong="dx[t] = dv_t[:, : x.shape[2]] + delta_n @ W_xn",
        also=((_DH_NEXT, "dh_next = dv_t[:, x.shape[2] :] + delta_m @ W_hn + dh_t * u_t"),),
        hint="In v^(t) = [h; x] the state comes first, and its gradient lies in the first H columns.",
    ),
    _gru_backward(
        label="dx-from-gates-only",
        says="dx lacks the path through the candidate",
        right=_DX,
        wrong="dx[t] = dv_t[:, H:]",
        hint="x^(t) goes to both gates and to the candidate.",
    ),
    _gru_backward(
        label="dx-from-candidate-only",
        says="dx lacks the paths through the gates",
        right=_DX,
        wrong="dx[t] = delta_n @ W_xn",
        hint="x^(t) goes to both gates and to the candidate.",
    ),
    _gru_backward(
        label="dh0-zero",
        says="dh0 is zero",
        right=_RETURN,
        wrong="return dx, np.zeros_like(h0),",
        hint="Something is left in your hands when the loop ends.",
    ),
)

_THE_WEIGHTS = (
    _gru_backward(
        label="wraps-round-at-first-step",
        says="at the first step h[-1], the last state, stands in for h0",
        right=_H_PREV,
        wrong="h_prev = h[t - 1]",
        hint="In Python an index of -1 is no error: it wraps round to the end. What comes before h[0]?",
    ),
    _gru_backward(
        label="ignores-h0",
        says="zeros stand in for h0 at the first step",
        right=_H_PREV,
        wrong="h_prev = h[t - 1] if t > 0 else np.zeros_like(h0)",
        hint="What state did the first step start from?",
    ),
    _gru_backward(
        label="h_t-for-h_prev",
        says="h^(t) stands in for h^(t-1)",
        right=_H_PREV,
        wrong="h_prev = h[t]",
        hint="Which state did step t start from?",
    ),
    _gru_backward(
        label="dW_hn-uses-delta_n",
        says="dW_hn is built with delta_n",
        right=_DW_HN,
        wrong="dW_hn += delta_n.T @ h_prev",
        hint="Between W_hn h^(t-1) and the candidate stands r.",
    ),
    _gru_backward(
        label="db_hn-is-db_xn",
        says="db_hn is built with delta_n",
        right="db_hn += delta_m.sum(axis=0)",
        wrong="db_hn += delta_n.sum(axis=0)",
        hint="If the two biases had equal gradients, one of them would be for nothing. Which gate stands between them?",
    ),
    _gru_backward(
        label="overwrites-dW_r",
        says="dW_r keeps one time step only",
        right="dW_r += delta_r.T @ v_t",
        wrong="dW_r = delta_r.T @ v_t",
        hint="The same W_r is used at every step, so its gradient is a sum over steps.",
    ),
    _gru_backward(
        label="overwrites-dW_hn",
        says="dW_hn keeps one time step only",
        right=_DW_HN,
        wrong="dW_hn = delta_m.T @ h_prev",
        hint="The same W_hn is used at every step, so its gradient is a sum over steps.",
    ),
    _gru_backward(
        label="averages-db",
        says="the gates' bias gradients are means over the batch",
        right="db_r += delta_r.sum(axis=0)",
        wrong="db_r += delta_r.mean(axis=0)",
        also=(("db_u += delta_u.sum(axis=0)", "db_u += delta_u.mean(axis=0)"),),
        hint="Each sample moves the loss by its own share, and shares add up.",
    ),
    _gru_backward(
        label="loop-runs-forward",
        says="the loop runs from the first step to the last",
        right=_LOOP,
        wrong="for t in range(len(x)):",
        hint="dL/dh^(t) needs what comes back from step t+1. Which of the two has to be computed first?",
    ),
)

MISCONCEPTIONS = TO_THE_GATES + _TO_THE_PAST + _THE_WEIGHTS
