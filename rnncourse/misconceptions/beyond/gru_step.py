"""List what goes wrong in one step of a GRU."""

from functools import partial

from rnncourse.misconceptions.beyond.gru_step_reset import RESET
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import gru_gates

TEXTBOOK = gru_gates.gru_gates

_gru_step = partial(Misconception, exercise="gru_step", see="05_gru#sec-gru")
_V = "v_t = np.concatenate([h_prev, x_t], axis=1)"
_R = "r_t = sigmoid(v_t @ W_r.T + b_r)"
_U = "u_t = sigmoid(v_t @ W_u.T + b_u)"
_M = "m_t = h_prev @ W_hn.T + b_hn"
_N = "n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * m_t)"
_H = "h_t = (1 - u_t) * n_t + u_t * h_prev"

MISCONCEPTIONS = (
    _gru_step(
        label="reset-ignored",
        says="the reset gate plays no part in the candidate",
        right=_N,
        wrong="n_t = np.tanh(x_t @ W_xn.T + b_xn + m_t)",
        hint="What is r^(t) for? It decides how much of the past the candidate may see.",
    ),
    _gru_step(
        label="reset-before-product",
        says="the reset gate scales h^(t-1) before the product with W_hn",
        right=_M,
        wrong="m_t = (r_t * h_prev) @ W_hn.T + b_hn",
        also=((_N, "n_t = np.tanh(x_t @ W_xn.T + b_xn + m_t)"),),
        hint="That is the original form of 2014. Here, as in torch and cuDNN, the gate comes after the product.",
    ),
    _gru_step(
        label="reset-misses-b_hn",
        says="the reset gate scales W_hn h^(t-1), and b_hn is added outside of it",
        right=_M,
        wrong="m_t = h_prev @ W_hn.T",
        also=((_N, "n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * m_t + b_hn)"),),
        hint="Look where the bracket closes. A GRU has two biases in its candidate, and this is why.",
    ),
    _gru_step(
        label="reset-on-input-too",
        says="the reset gate scales the input's share of the candidate as well",
        right=_N,
        wrong="n_t = np.tanh(r_t * (x_t @ W_xn.T + b_xn + m_t))",
        hint="Resetting is about the past. Should it silence the present?",
    ),
    _gru_step(
        label="update-inverted",
        says="u and 1 - u have changed places",
        right=_H,
        wrong="h_t = u_t * n_t + (1 - u_t) * h_prev",
        hint="In this course, as in torch, u = 1 keeps the old state; some texts have it the other way round.",
    ),
    _gru_step(
        label="no-u-on-h_prev",
        says="the old state is kept whole: u does not scale it",
        right=_H,
        wrong="h_t = (1 - u_t) * n_t + h_prev",
        hint="The new state is an average of two. What do the two weights add up to?",
    ),
    _gru_step(
        label="old-state-dropped",
        says="the old state is missing from the new one",
        right=_H,
        wrong="h_t = (1 - u_t) * n_t",
        hint="Where u is 1, the state stays as it was. Where does it come from in your line?",
    ),
    _gru_step(
        label="no-update-gate",
        says="the new state is the candidate: u plays no part",
        right=_H,
        wrong="h_t = n_t",
        hint="The candidate is an offer. Which gate decides how much of it is taken?",
    ),
    _gru_step(
        label="gates-swapped",
        says="r and u have changed places",
        right=_N,
        wrong="n_t = np.tanh(x_t @ W_xn.T + b_xn + u_t * m_t)",
        also=((_H, "h_t = (1 - r_t) * n_t + r_t * h_prev"),),
        hint="One gate looks at the past, the other decides what is kept. Which is which?",
    ),
    _gru_step(
        label="gate-weights-swapped",
        says="r is made with W_u and b_u, and u with W_r and b_r",
        right=_R,
        wrong="r_t = sigmoid(v_t @ W_u.T + b_u)",
        also=((_U, "u_t = sigmoid(v_t @ W_r.T + b_r)"),),
        hint="A weight bears the name of its gate.",
    ),
    _gru_step(
        label="x-before-h",
        says="the gates read [x; h]",
        right=_V,
        wrong="v_t = np.concatenate([x_t, h_prev], axis=1)",
        hint="The order in v^(t) is part of the weights' meaning: in this course h comes first.",
    ),
    _gru_step(
        label="tanh-gates",
        says="the gates are tanhs",
        right=_R,
        wrong="r_t = np.tanh(v_t @ W_r.T + b_r)",
        also=((_U, "u_t = np.tanh(v_t @ W_u.T + b_u)"),),
        hint="A gate is a share, between 0 and 1.",
    ),
    _gru_step(
        label="sigmoid-candidate",
        says="the candidate is a sigmoid",
        right=_N,
        wrong="n_t = sigmoid(x_t @ W_xn.T + b_xn + r_t * m_t)",
        hint="The candidate is a state, and states may be negative.",
    ),
    _gru_step(
        label="no-activation",
        says="the candidate lacks its tanh",
        right=_N,
        wrong="n_t = x_t @ W_xn.T + b_xn + r_t * m_t",
        hint="What keeps the state between -1 and 1?",
    ),
    _gru_step(
        label="no-b_hn",
        says="b_hn is never added",
        right=_M,
        wrong="m_t = h_prev @ W_hn.T",
        hint="The candidate has two biases. Count yours.",
    ),
    _gru_step(
        label="no-b_xn",
        says="b_xn is never added",
        right=_N,
        wrong="n_t = np.tanh(x_t @ W_xn.T + r_t * m_t)",
        hint="The candidate has two biases. Count yours.",
    ),
    _gru_step(
        label="no-gate-biases",
        says="the gates have no bias",
        right=_R,
        wrong="r_t = sigmoid(v_t @ W_r.T)",
        also=((_U, "u_t = sigmoid(v_t @ W_u.T)"),),
        hint="Where is a gate at rest? A bias says so.",
    ),
    _gru_step(
        label="transposed-W_hn",
        says="W_hn is used the wrong way round",
        right=_M,
        wrong="m_t = h_prev @ W_hn + b_hn",
        hint="A weight is (to, from) and a sample is a row. W_hn is square: the shapes cannot warn you.",
    ),
    *RESET,
)
