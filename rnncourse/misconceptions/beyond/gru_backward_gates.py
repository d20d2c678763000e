"""List what goes wrong on the way from a GRU's state back to its gates."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_gru_backward = partial(Misconception, exercise="gru_backward", see="05_gru#sec-gru-backward")
_DH = "dh_t = dh[t] + dh_next"
_DELTA_U = "delta_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)"
_DELTA_N = "delta_n = dh_t * (1 - u_t) * (1 - n_t**2)"
_DELTA_M = "delta_m = delta_n * r_t"
_DELTA_R = "delta_r = delta_n * m_t * r_t * (1 - r_t)"
_DH_NEXT = "dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t * u_t"

TO_THE_GATES = (
    _gru_backward(
        label="no-recurrent-term",
        says="nothing comes back from step t+1",
        right=_DH,
        wrong="dh_t = dh[t]",
        hint="Two arrows leave h^(t): one to its output, one to step t+1.",
    ),
    _gru_backward(
        label="u-sign",
        says="delta_u has the wrong sign: n - h_prev in the place of h_prev - n",
        right=_DELTA_U,
        wrong="delta_u = dh_t * (n_t - h_prev) * u_t * (1 - u_t)",
        hint="Open the gate u a little. Which of the two does h^(t) move towards?",
    ),
    _gru_backward(
        label="u-without-candidate",
        says="delta_u sees h_prev alone: the 1 - u on the candidate is forgotten",
        right=_DELTA_U,
        wrong="delta_u = dh_t * h_prev * u_t * (1 - u_t)",
        hint="u occurs twice in h^(t).",
    ),
    _gru_backward(
        label="u-slope-missing",
        says="delta_u lacks the sigmoid's derivative",
        right=_DELTA_U,
        wrong="delta_u = dh_t * (h_prev - n_t)",
        hint="delta is a gradient with respect to a pre-activation. What lies between u and its pre-activation?",
    ),
    _gru_backward(
        label="r-slope-missing",
        says="delta_r lacks the sigmoid's derivative",
        right=_DELTA_R,
        wrong="delta_r = delta_n * m_t",
        hint="delta is a gradient with respect to a pre-activation. What lies between r and its pre-activation?",
    ),
    _gru_backward(
        label="n-slope-missing",
        says="delta_n lacks the derivative of tanh",
        right=_DELTA_N,
        wrong="delta_n = dh_t * (1 - u_t)",
        hint="n^(t) = tanh(...): to get behind it the gradient is multiplied by tanh'.",
    ),
    _gru_backward(
        label="n-slope-of-sigmoid",
        says="delta_n has the sigmoid's derivative, n (1 - n)",
        right=_DELTA_N,
        wrong="delta_n = dh_t * (1 - u_t) * n_t * (1 - n_t)",
        hint="The gates are sigmoids. And the candidate?",
    ),
    _gru_backward(
        label="n-without-update-gate",
        says="delta_n lacks the factor 1 - u",
        right=_DELTA_N,
        wrong="delta_n = dh_t * (1 - n_t**2)",
        hint="How much of the candidate went into h^(t)? The same share comes back.",
    ),
    _gru_backward(
        label="update-inverted",
        says="u and 1 - u have changed places",
        right=_DELTA_N,
        wrong="delta_n = dh_t * u_t * (1 - n_t**2)",
        also=(
            (_DELTA_U, "delta_u = dh_t * (n_t - h_prev) * u_t * (1 - u_t)"),
            (_DH_NEXT, "dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t * (1 - u_t)"),
        ),
        hint="In this course, as in torch, u = 1 keeps the old state. Is it so in your forward pass too?",
    ),
    _gru_backward(
        label="r-from-h_prev",
        says="delta_r is made with h_prev in the place of m = W_hn h_prev + b_hn",
        right=_DELTA_R,
        wrong="delta_r = delta_n * h_prev * r_t * (1 - r_t)",
        hint="What did r multiply on the way forwards?",
    ),
    _gru_backward(
        label="m-without-bias",
        says="m is recomputed without b_hn",
        right="m_t = h_prev @ W_hn.T + b_hn",
        wrong="m_t = h_prev @ W_hn.T",
        hint="b_hn stands inside the bracket that r multiplies.",
    ),
    _gru_backward(
        label="reset-ignored",
        says="W_hn and b_hn get delta_n: the reset gate is left out",
        right=_DELTA_M,
        wrong="delta_m = delta_n",
        hint="Between m and the candidate stands r. What was scaled forwards is scaled backwards.",
    ),
)
