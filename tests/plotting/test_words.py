"""Every text of a plot is a message: axes, labels and text alternatives are in the language in use."""

import re

import numpy as np
import pytest
from support.bracketed_language import bracketed_language, unsaid
from support.tiers import some_of

pytest.importorskip("matplotlib")

from matplotlib.text import Text

from rnncourse.plotting import bptt, cliff, diagrams, diagrams_gru, diagrams_lstm, lag, lstm, memory
from rnncourse.training import History
from rnncourse.training.search import SearchResult

FALLING = 0.8 ** np.arange(20.0)
SETTINGS = [{"H": h, "lr": lr} for h in (2, 16) for lr in (1, 2)]
PLOTS = {
    "gradient check": lambda: bptt.gradient_check_v(10.0 ** np.arange(-8, 0), {"A": 10.0 ** np.arange(-8, 0)}),
    "eigenvalues": lambda: bptt.eigenvalue_disc({"A": 1.2 * np.eye(3)}),
    "truncation": lambda: bptt.truncation_error([1, 2, 4], {"A": np.array([1e-5, 0.2, 0.1])}),
    "cliff": lambda: cliff.paths_on_the_cliff({"plain": np.array([1.4, 9.0]), "clipped": FALLING, "yours": FALLING}),
    "two arrows": diagrams.two_arrows,
    "GRU": diagrams_gru.gru_cell,
    "LSTM": diagrams_lstm.lstm_cell,
    **{f"LSTM {step}": lambda step=step: diagrams_lstm.lstm_cell(step) for step in diagrams_lstm.STEPS},
    "LSTM two arrows": diagrams_lstm.lstm_two_arrows,
    "LSTM backward": diagrams_lstm.lstm_backward,
    "lag": lambda: lag.gradient_norm_by_lag({"library": FALLING, "yours": FALLING}),
    "states": lambda: lstm.states_over_time(np.eye(8)[2], {"A": (np.eye(8)[3], np.eye(8)[2])}),
    "lengths": lambda: lstm.lengths_by_lag({"A": ("c", FALLING)}, "$c$"),
    "race": lambda: memory.race(np.arange(3), {"RNN": np.full((5, 3), 0.2)}, 1e-6),
    "bits": lambda: memory.bits_per_character({"GRU": np.array([[2.5, 2.0], [2.4, 1.9]])}, {4: 2.03}),
    "history": lambda: History([3.0, 2.0], [2.5, 1.0], [2.0, 0.25], [1.0, 1.0]).plot(),
    "search": lambda: SearchResult(SETTINGS, np.array([[8.0], [np.inf], [1.5], [2.0]])).heat_map("H", "lr"),
    "search without a score": lambda: SearchResult(SETTINGS, np.full((4, 1), np.inf)).heat_map("H", "lr"),
}
NAMES = {"RNN", "LSTM", "GRU", "tanh"}


@pytest.mark.parametrize("name", PLOTS)
def test_every_text_is_a_message(name):
    with bracketed_language():
        picture = PLOTS[name]()
    assert picture.alt.startswith("⟦") and not set(unsaid(picture.alt)) - NAMES
    for text in picture.figure.findobj(Text):
        words = re.sub(r"\$[^$]*\$", "", text.get_text())
        assert not set(unsaid(words)) - NAMES, words


@pytest.mark.parametrize("name", some_of(PLOTS, 0, 3))
def test_in_english_no_part_is_left_open(name):
    alt = PLOTS[name]().alt
    assert "{" not in alt and "⟦" not in alt and alt.endswith(".")
