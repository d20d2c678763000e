"""List the titles of the book's sections to which a report may point: a learner may lack the book."""

from rnncourse.language import said, say

CHAPTERS = {
    "00_notation": "0 · Notation",
    "01_structure": "1 · Structure",
    "02_forward_pass": "2 · Forward pass",
    "03_loss_and_bptt": "3 · Loss and BPTT",
    "03_bptt": "3 · Backpropagation through time",
    "03_gradient_check": "3 · Checking a gradient",
    "03_vanishing": "3 · Vanishing and exploding gradients",
    "04_training": "4 · Training",
    "05_lstm": "5 · LSTM",
    "05_lstm_backward": "5 · LSTM BPTT",
    "05_cell_path": "5 · How far an LSTM remembers",
    "05_gru": "5 · The GRU",
    "06_long_memory": "6 · Long memory",
    "07_gpu": "7 · From equations to a GPU",
}
"""Page and title, as in the book's table of contents."""

SECTIONS = {
    "sec-symbols": "The symbols",
    "sec-activations": "The activation: tanh or ReLU",
    "sec-output-layer": "The output layer",
    "sec-recurrence": "The recurrence",
    "sec-weight-sharing": "One set of weights for every step",
    "sec-forward-batch": "A batch at once",
    "sec-initial-state": "Initialise the hidden state",
    "sec-bptt-h0": "The input and the initial state",
    "sec-bptt-recursion": "The recursion",
    "sec-bptt-weights": "The weights",
    "sec-delta-y": "From the loss to the logits: δ_y",
    "sec-gradient-check": "Is my gradient right?",
    "sec-jacobian": "How far back does a gradient reach?",
    "sec-loss": "The loss",
    "sec-truncated-bptt": "Truncated BPTT",
    "sec-adam": "Adam",
    "sec-clipping": "Clipping",
    "sec-dropout": "Dropout",
    "sec-forecasting": "The notes' forecasting model, end to end",
    "sec-leaks": "Leaks",
    "sec-sgd": "Stochastic gradient descent",
    "sec-weight-decay": "Weight decay",
    "sec-candidate": "The candidate",
    "sec-cell": "The cell update",
    "sec-cell-path": "The cell path, and the other paths",
    "sec-forget-bias": "The forget bias",
    "sec-forget-gate": "The forget gate",
    "sec-gru-backward": "The GRU backwards",
    "sec-input-gate": "The input gate",
    "sec-lstm-algorithm": "The algorithm",
    "sec-lstm-bptt-cell": "Into the cell",
    "sec-lstm-bptt-gates": "Into the gates",
    "sec-lstm-bptt-weights": "Into the weights, and out of the step",
    "sec-output-gate": "The output gate",
    "sec-sampling": "Sampling: the model writes",
    "sec-autograd-function": "A Function of torch, with the same backward",
}
"""Anchor and title. An anchor that is not here is its chapter's."""


def section_title(section):
    """Write a section's key for a reader: "03_loss_and_bptt#sec-loss" is "3 · Loss and BPTT, The loss"."""
    page, _, anchor = section.partition("#")
    if anchor in SECTIONS:
        return say("{chapter}, {section}", chapter=said(CHAPTERS[page]), section=said(SECTIONS[anchor]))
    return said(CHAPTERS[page])
