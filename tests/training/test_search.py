import numpy as np
import pytest

from rnncourse.data import character_data, rolling_origin
from rnncourse.training import (
    SGD,
    Adam,
    Dense,
    EarlyStopping,
    Model,
    OneHot,
    fit,
    forecasting_model,
    grid_search,
    random_search,
)
from rnncourse.training.search import SearchResult

pytest.importorskip("sklearn")
FAST = {"epochs": 2, "progress": False}


def build(H=3, learning_rate=0.01):
    return forecasting_model(H), {"optimiser": Adam(learning_rate)}


@pytest.fixture(scope="module")
def folds():
    return rolling_origin(100 + 10 * np.sin(np.arange(80) / 3), T=6, folds=2)


def test_each_setting_is_trained_on_each_fold(folds):
    result = grid_search(build, {"H": [2, 3], "learning_rate": [0.01, 0.1]}, folds, **FAST)
    assert result.scores.shape == (4, 2)
    assert {(s["H"], s["learning_rate"]) for s in result.settings} == {(2, 0.01), (2, 0.1), (3, 0.01), (3, 0.1)}
    assert result.mean[result.settings.index(result.best)] == result.mean.min()


def test_a_score_is_the_error_in_the_units_of_the_series(folds):
    result = grid_search(build, {"H": [3]}, folds, **FAST)
    for score, fold in zip(result.scores[0], folds, strict=True):
        fitted = fit(forecasting_model(3), fold.x, fold.y, validation=None, epochs=2, optimiser=Adam(0.01))
        error = fold.scaler.inverse(fitted.predict(fold.x_val)) - fold.held_out
        assert score == pytest.approx(np.sqrt((error**2).mean()), rel=1e-10)


def test_the_future_of_a_fold_does_not_reach_its_score():
    series = 100 + 10 * np.sin(np.arange(80) / 3)
    changed = series.copy()
    changed[72:] = 1e6  # the last fold's validation part
    scores = [grid_search(build, {"H": [3]}, rolling_origin(s, T=6, folds=2), **FAST).scores for s in (series, changed)]
    assert scores[0][0, 0] == scores[1][0, 0]
    assert scores[0][0, 1] < scores[1][0, 1]


def test_processes_change_nothing(folds):
    grid = {"H": [2, 3]}
    ours, theirs = (grid_search(build, grid, folds, n_jobs=n, **FAST) for n in (1, 2))
    np.testing.assert_array_equal(ours.scores, theirs.scores)
    assert ours.settings == theirs.settings


def test_random_search_repeats_its_draw(folds):
    distributions = {"learning_rate": [10.0**-k for k in range(1, 7)], "H": [2, 3, 4]}
    draws = [random_search(build, distributions, folds[:1], n_iter=4, search_seed=s, **FAST) for s in (1, 1, 2)]
    assert len(draws[0].settings) == 4
    assert draws[0].settings == draws[1].settings != draws[2].settings
    np.testing.assert_array_equal(draws[0].scores, draws[1].scores)


def test_a_setting_that_diverges_does_not_end_the_search(folds):
    def wild(learning_rate):
        return forecasting_model(3), {"optimiser": SGD(learning_rate)}

    result = grid_search(wild, {"learning_rate": [0.01, 1e160]}, folds[0], **FAST)
    assert np.isfinite(result.scores[0, 0]) and result.scores[1, 0] == np.inf
    assert result.best == {"learning_rate": 0.01}


def test_a_text_is_scored_by_its_loss():
    data = character_data("the cat sat on the mat. " * 8, T=6)
    K = len(data.alphabet)

    def model(H):
        from rnncourse.training import RNN

        return Model([OneHot(K), RNN(H), Dense(K)], "cross_entropy")

    result = grid_search(model, {"H": [4]}, data, early_stopping=EarlyStopping(1), **FAST)
    fitted = fit(model(4), data.x, data.y, validation=data.validation, epochs=2)
    assert result.scores[0, 0] == min(fitted.history.val_loss)


def test_the_table_is_aligned_best_first():
    settings = [{"H": 2, "rate": 0.1}, {"H": 50, "rate": 0.25}]
    lines = str(SearchResult(settings, np.array([[2.0, 4.0], [1.0, np.inf]]))).splitlines()
    assert lines == ["H   rate  mean  by fold", "2   0.1   3     2 4", "50  0.25  inf   1 inf"]


def test_arrays_without_an_order_in_time_are_refused():
    with pytest.raises(TypeError, match=r"folds holds a ndarray; expected what rnncourse.data.rolling_origin"):
        grid_search(build, {"H": [2]}, [np.zeros((3, 4, 1))])


def test_a_share_for_validation_is_refused(folds):
    with pytest.raises(TypeError, match="validation is not an option of a search"):
        grid_search(build, {"H": [2]}, folds, validation=0.3)
