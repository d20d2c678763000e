import numpy as np
import pytest

from rnncourse.training import EarlyStopping, fit
from rnncourse.training.early_stopping import EarlyStoppingState
from rnncourse.training.numpy_backend import NumpyBackend
from rnncourse.training.params import flatten


def run(losses, patience, min_delta=0.0):
    """Epoch after which the run stops, and the best one."""
    state = EarlyStoppingState(EarlyStopping(patience, min_delta))
    for epoch, loss in enumerate(losses, 1):
        state.record(loss, epoch, epoch)
        if state.should_stop(epoch):
            return epoch, state.best_params
    return None, state.best_params


def test_it_stops_after_that_many_epochs_without_a_fall():
    assert run([3, 2, 2.5, 2.4, 2.3, 1], patience=3) == (5, 2)
    assert run([3, 2, 2.5, 2.4, 1.9, 2, 2, 2], patience=3) == (8, 5)
    assert run([3, 2, 1], patience=1) == (None, 3)


def test_a_fall_smaller_than_min_delta_is_none():
    assert run([1, 0.95, 0.9, 0.85], patience=2, min_delta=0.2) == (3, 1)


def test_the_best_weights_come_back(notes_model, notes_data):
    x, y = notes_data
    options = {"seed": 1, "batch_size": 4, "validation": 4}
    stopped = fit(notes_model, x, y, epochs=200, early_stopping=EarlyStopping(3), **options)
    best = stopped.history.best_epoch
    assert stopped.stopped_early
    assert len(stopped.history) == best + 3
    short = fit(notes_model, x, y, epochs=best, **options)
    for a, b in zip(flatten(stopped.params), flatten(short.params), strict=True):
        np.testing.assert_array_equal(a, b)
    loss = NumpyBackend(notes_model, "float64").loss(stopped.predict(x[:, -4:])[None], y[None, -4:])
    assert loss == pytest.approx(min(stopped.history.val_loss), rel=1e-12)


def test_the_best_weights_come_back_when_all_epochs_ran(notes_model, notes_data):
    options = {"epochs": 12, "seed": 1, "batch_size": 4, "validation": 4}
    patient = fit(notes_model, *notes_data, early_stopping=EarlyStopping(100), **options)
    last = fit(notes_model, *notes_data, **options)
    assert not patient.stopped_early and len(patient.history) == 12
    assert patient.history == last.history and patient.history.best_epoch < 12
    assert not np.array_equal(patient.params[0].W_hh, last.params[0].W_hh)


def test_a_rule_that_cannot_work_is_refused():
    with pytest.raises(ValueError, match="patience is 0"):
        EarlyStopping(0)


def test_early_stopping_without_validation_is_refused(notes_model, notes_data):
    with pytest.raises(ValueError, match="validation is None; set a part aside"):
        fit(notes_model, *notes_data, validation=None, early_stopping=EarlyStopping())
