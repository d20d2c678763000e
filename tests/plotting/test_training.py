import numpy as np
import pytest

from rnncourse.training import History
from rnncourse.training.search import SearchResult

pytest.importorskip("matplotlib")


def test_the_history_says_where_validation_is_lowest():
    history = History([3.0, 2.0, 1.5], [2.5, 1.0, 0.5], [2.0, 0.25, 0.75], [1.0, 1.0, 1.0])
    picture = history.plot()
    assert "lowest in epoch 2, 0.25, and ends at 0.75" in picture.alt
    ax = picture.figure.axes[0]
    drawn = [line.get_ydata().tolist() for line in ax.lines]
    assert drawn[:3] == [history.train_loss, history.train_loss_dropout_off, history.val_loss]
    assert (ax.lines[3].get_xdata(), ax.lines[3].get_ydata()) == (2, 0.25)
    assert {text.get_text() for text in ax.texts} == {"training,\ndropout on", "training,\ndropout off", "validation"}


def test_a_history_without_validation_and_of_one_epoch_is_drawn():
    picture = History([3.0], [2.5], [], [1.0]).plot()
    assert len(picture.figure.axes[0].lines) == 2
    assert "validation" not in picture.alt


def test_an_empty_history_is_refused():
    with pytest.raises(ValueError, match="holds no epoch yet"):
        History().plot()


def test_the_heat_map_shows_each_pair_once_and_the_best_of_the_rest():
    settings = [{"H": h, "rate": r, "lr": lr} for h in (2, 16) for r in (0.1, 0.2) for lr in (1, 2)]
    scores = np.array([[8.0], [7.0], [6.0], [5.0], [4.0], [1.5], [np.inf], [np.inf]])
    picture = SearchResult(settings, scores).heat_map("H", "rate")
    ax = picture.figure.axes[0]
    assert [text.get_text() for text in ax.texts] == ["7", "5", "1.5", "diverged"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["2", "16"]
    assert "lowest, 1.5, at H = 16 and rate = 0.1; highest, 7" in picture.alt


def test_a_search_in_which_everything_diverged_says_so():
    picture = SearchResult([{"H": 2, "rate": 0.1}, {"H": 4, "rate": 0.1}], np.full((2, 1), np.inf)).heat_map(
        "H", "rate"
    )
    assert picture.alt.endswith("every run diverged.")
    assert [text.get_text() for text in picture.figure.axes[0].texts] == ["diverged", "diverged"]


def test_pairs_that_random_search_left_out_stay_empty():
    result = SearchResult([{"H": 2, "rate": 0.1}, {"H": 4, "rate": 0.2}], np.array([[1.0], [2.0]]))
    texts = [text.get_text() for text in result.heat_map("H", "rate").figure.axes[0].texts]
    assert texts == ["1", "", "", "2"]


def test_an_unknown_setting_is_named():
    result = SearchResult([{"H": 2, "rate": 0.1}], np.array([[1.0]]))
    with pytest.raises(ValueError, match=r"'lr' is not a setting of this search; expected two of \['H', 'rate'\]"):
        result.heat_map("H", "lr")
