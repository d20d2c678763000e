"""Define the symbols of the course: names, shapes, parameter containers and gate order.

Arrays are time-major and a sample is a row, so a whole input is `x` of shape (T, B, D). A weight is (to, from):
`W_xh` is (H, D), and one step reads ``a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h``. `d` + a name is the gradient of
the loss with respect to that name; `delta` is a gradient with respect to a pre-activation.
"""

from typing import Any, NamedTuple

Array = Any  # a NumPy array or a torch tensor: the containers below hold either


class RNNParams(NamedTuple):
    """Parameters of a vanilla RNN: ``W_xh`` (H, D), ``W_hh`` (H, H), ``b_h`` (H,)."""

    W_xh: Array
    W_hh: Array
    b_h: Array


class OutputParams(NamedTuple):
    """Parameters of the output layer: ``W_hy`` (K, H), ``b_y`` (K,)."""

    W_hy: Array
    b_y: Array


class LSTMParams(NamedTuple):
    """Parameters of an LSTM: each ``W`` is (H, H + D) and acts on [h; x], h first; each ``b`` is (H,)."""

    W_f: Array
    W_i: Array
    W_c: Array
    W_o: Array
    b_f: Array
    b_i: Array
    b_c: Array
    b_o: Array


class GRUParams(NamedTuple):
    """Parameters of a GRU in the reset-after form (torch, cuDNN).

    ``W_r``, ``W_u`` are (H, H + D) and act on [h; x]; ``W_xn`` is (H, D), ``W_hn`` (H, H); each ``b`` is (H,).
    """

    W_r: Array
    W_u: Array
    W_xn: Array
    W_hn: Array
    b_r: Array
    b_u: Array
    b_xn: Array
    b_hn: Array


class MinGRUParams(NamedTuple):
    """Parameters of a minGRU, whose gate sees x alone: each ``W`` is (H, D), each ``b`` is (H,)."""

    W_z: Array
    W_n: Array
    b_z: Array
    b_n: Array


class MinLSTMParams(NamedTuple):
    """Parameters of a minLSTM, whose gates see x alone: each ``W`` is (H, D), each ``b`` is (H,)."""

    W_f: Array
    W_i: Array
    W_n: Array
    b_f: Array
    b_i: Array
    b_n: Array


LSTM_GATES = ("f", "i", "c", "o")
"""Order of the LSTM's gates wherever they are stacked (torch packs i, f, c, o: see `rnncourse.interop`)."""

GRU_GATES = ("r", "u", "n")
"""Order of the GRU's gates wherever they are stacked."""

SIZES = {
    "T": "time steps",
    "B": "samples in a batch",
    "D": "input features",
    "H": "hidden units",
    "K": "outputs",
}


class Symbol(NamedTuple):
    """One row of the book's symbol table: LaTeX, name in code, shape, meaning."""

    latex: str
    code: str
    shape: str
    meaning: str


SYMBOLS = (
    Symbol(r"x^{(t)}", "x_t", "(B, D)", "input at step t"),
    Symbol(r"x^{(1)}, \dots, x^{(T)}", "x", "(T, B, D)", "whole input sequence"),
    Symbol(r"h^{(t)}", "h_t", "(B, H)", "hidden state at step t"),
    Symbol(r"h^{(t-1)}", "h_prev", "(B, H)", "hidden state one step earlier"),
    Symbol(r"h^{(1)}, \dots, h^{(T)}", "h", "(T, B, H)", "all hidden states"),
    Symbol(r"h^{(0)}", "h0", "(B, H)", "initial hidden state"),
    Symbol(r"a^{(t)}", "a_t", "(B, H)", "pre-activation of the hidden layer"),
    Symbol(r"W_{xh}", "W_xh", "(H, D)", "input to hidden weights"),
    Symbol(r"W_{hh}", "W_hh", "(H, H)", "hidden to hidden weights"),
    Symbol(r"b_h", "b_h", "(H,)", "hidden bias"),
    Symbol(r"z^{(t)}", "z_t", "(B, K)", "logits: output before its activation"),
    Symbol(r"W_{hy}", "W_hy", "(K, H)", "hidden to output weights"),
    Symbol(r"b_y", "b_y", "(K,)", "output bias"),
    Symbol(r"\hat y^{(t)}", "y_hat", "(B, K)", "prediction"),
    Symbol(r"y^{(t)}", "y", "(T, B)", "target: class indices, or (T, B, K) for real targets"),
    Symbol(r"\mathcal L", "loss", "()", "loss: sum over time, mean over the batch"),
    Symbol(r"\delta_y^{(t)}", "delta_y", "(T, B, K)", "gradient of the loss with respect to the logits"),
    Symbol(r"\delta_h^{(t)}", "delta_h", "(B, H)", "gradient of the loss with respect to the pre-activation"),
    Symbol(r"\partial\mathcal L/\partial h^{(t)}", "dh_t", "(B, H)", "gradient of the loss with respect to the state"),
    Symbol(r"\partial\mathcal L/\partial W_{xh}", "dW_xh", "(H, D)", "gradient of a weight: the weight's own shape"),
    Symbol(r"c^{(t)}", "c_t", "(B, H)", "LSTM cell state"),
    Symbol(r"f^{(t)}, i^{(t)}, o^{(t)}", "f_t, i_t, o_t", "(B, H)", "forget, input and output gates"),
    Symbol(r"\tilde c^{(t)}", "c_tilde_t", "(B, H)", "LSTM candidate"),
    Symbol(r"W_f, W_i, W_c, W_o", "W_f, W_i, W_c, W_o", "(H, H + D)", "LSTM weights on [h; x], h first"),
    Symbol(r"r^{(t)}, u^{(t)}, n^{(t)}", "r_t, u_t, n_t", "(B, H)", "GRU reset, update and candidate"),
)

COLOURS = {
    "x": "#56B4E9",
    "h": "#0072B2",
    "c": "#009E73",
    "f": "#D55E00",
    "i": "#E69F00",
    "o": "#CC79A7",
}
"""One colour per symbol in every figure (Okabe-Ito, safe for colour-blind readers)."""


def check_activation(activation):
    """Check the name of the function phi.

    Raises
    ------
    ValueError
        If it is neither "tanh" nor "relu".
    """
    if activation not in ("tanh", "relu"):
        raise ValueError(f'activation is {activation!r}; expected "tanh" or "relu"')
