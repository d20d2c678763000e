"""Provide what tests of grading hand in: right answers to problem set 1."""

import signal

NAME = "ps1_forward"

RIGHT = {
    "shapes": """
def shapes(T, B, D, H, K):
    weights = {"W_xh": (H, D), "W_hh": (H, H), "b_h": (H,), "W_hy": (K, H), "b_y": (K,)}
    return weights | {"x": (T, B, D), "h0": (B, H), "h": (T, B, H), "z": (T, B, K)}""",
    "rnn_step": """
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)""",
    "rnn_forward": """
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h = [h0]
    for x_t in x:
        h.append(rnn_step(x_t, h[-1], W_xh, W_hh, b_h))
    return np.array(h[1:])""",
    "output_layer": """
def output_layer(h, W_hy, b_y):
    return h @ W_hy.T + b_y""",
}


def slow(answers):
    """Make the same answers slow: a run over them does not end before a test can stop it."""
    return answers | {"rnn_step": "import time; time.sleep(0.4)\n" + answers.get("rnn_step", "")}


def hears_ctrl_c():
    """Let SIGINT end a new process, also where the tests run in a shell's background, which has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
