"""List what else the reset gate is made to multiply."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_gru_step = partial(Misconception, exercise="gru_step", see="05_gru#sec-gru")
_N = "n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)"
_H = "h_t = (1 - u_t) * n_t + u_t * h_prev"
_U = "u_t = sigmoid(v_t @ W_u.T + b_u)"

RESET = (
    _gru_step(
        label="reset-on-input-only",
        says="r multiplies the input term, and not the recurrent one",
        right=_N,
        wrong="n_t = np.tanh(r_t * (x_t @ W_xn.T + b_xn) + m_t)",
        hint="What should a reset of the memory make the candidate forget?",
    ),
    _gru_step(
        label="reset-on-old-state",
        says="the last line multiplies the old state by r as well",
        right=_H,
        wrong="h_t = (1 - u_t) * n_t + u_t * (r_t * h_prev)",
        hint="One gate decides what the candidate reads, another one what is kept. Which is which?",
    ),
    _gru_step(
        label="reset-seen-by-update",
        says="the update gate reads r times the old state",
        right=_U,
        wrong="u_t = sigmoid(np.concatenate([r_t * h_prev, x_t], axis=1) @ W_u.T + b_u)",
        hint="Both gates read the same vector.",
    ),
    _gru_step(
        label="mixes-with-m",
        says="the last line mixes the candidate with the recurrent term, and not with the old state",
        right=_H,
        wrong="h_t = (1 - u_t) * n_t + u_t * m_t",
        hint="Where u is 1 the new state is the old one. Is yours?",
    ),
)
