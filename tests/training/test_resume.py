import subprocess
import sys

import numpy as np
import pytest

from rnncourse.data import jitter
from rnncourse.training import SGD, Adam, EarlyStopping, fit, load
from rnncourse.training.checkpoint import read_checkpoint
from rnncourse.training.params import flatten


def noisy(x, y, rng):
    return jitter(x, 0.1, rng), y


OPTIONS = {
    "adam": {"optimiser": Adam(0.01, weight_decay=0.1), "augment": noisy, "clip": 1.0},
    "momentum": {"optimiser": SGD(0.05, momentum=0.9)},
    "sgd": {"optimiser": SGD(0.05)},
    "stopping": {"early_stopping": EarlyStopping(50)},
    "float32": {"dtype": "float32"},
}


def assert_same(a, b):
    for u, v in zip(flatten(a.params), flatten(b.params), strict=True):
        assert u.dtype == v.dtype
        np.testing.assert_array_equal(u, v)
    assert a.history == b.history


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_a_resumed_run_equals_one_that_never_stopped(notes_model, notes_data, tmp_path, backend, options):
    if backend == "torch":
        pytest.importorskip("torch")
    options = {"seed": 3, "batch_size": 6, "backend": backend, "checkpoint": tmp_path / "run.npz", **options}
    fit(notes_model, *notes_data, epochs=2, **options)
    resumed = fit(notes_model, *notes_data, epochs=5, resume=True, **options)
    assert_same(resumed, fit(notes_model, *notes_data, epochs=5, **options))


def test_every_kind_of_layer_is_restored(model, data, tmp_path):
    options = {"batch_size": 3, "checkpoint": tmp_path / "run.npz"}
    fit(model, *data, epochs=1, **options)
    resumed = fit(model, *data, epochs=3, resume=True, **options)
    assert_same(resumed, fit(model, *data, epochs=3, **options))


def test_a_killed_process_loses_at_most_the_epoch_in_progress(tmp_path):
    path = tmp_path / "run.npz"
    program = """
import os
import numpy as np
from rnncourse.training import Dense, Model, RNN, fit
steps = 0
def die(x, y, rng):
    global steps
    steps += 1
    if DEADLY and steps == 8:  # in the middle of the third epoch
        os._exit(9)
    return x, y
rng = np.random.default_rng(0)
x, y = rng.standard_normal((4, 15, 2)), rng.standard_normal((4, 15, 1))
fit(Model([RNN(3), Dense(1)]), x, y, epochs=4, batch_size=4, augment=die, checkpoint=PATH, resume=True)
"""

    def run(path, deadly):
        text = program.replace("PATH", repr(str(path))).replace("DEADLY", str(deadly))
        return subprocess.run([sys.executable, "-c", text], check=False).returncode

    assert run(path, True) == 9
    assert len(load(path).history) == 2
    assert run(path, False) == 0
    assert run(tmp_path / "whole.npz", False) == 0
    assert_same(load(path), load(tmp_path / "whole.npz"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run.npz", "whole.npz"]


def test_early_stopping_is_remembered(notes_model, notes_data, tmp_path):
    path = tmp_path / "run.npz"
    options = {"seed": 1, "batch_size": 4, "validation": 4, "early_stopping": EarlyStopping(3), "checkpoint": path}
    whole = fit(notes_model, *notes_data, epochs=200, **options)
    fit(notes_model, *notes_data, epochs=whole.history.best_epoch + 1, **options)
    resumed = fit(notes_model, *notes_data, epochs=200, resume=True, **options)
    assert resumed.stopped_early
    assert_same(resumed, whole)
    written = path.stat().st_mtime_ns
    assert_same(fit(notes_model, *notes_data, epochs=900, resume=True, **options), whole)
    assert path.stat().st_mtime_ns == written  # nothing was left to do


def test_a_loaded_model_predicts_as_the_trained_one(notes_model, notes_data, tmp_path):
    path = tmp_path / "run.npz"
    fitted = fit(notes_model, *notes_data, epochs=4, early_stopping=EarlyStopping(2), checkpoint=path)
    loaded = load(path)
    assert loaded.model == notes_model
    assert_same(loaded, fitted)
    np.testing.assert_array_equal(loaded.predict(notes_data[0]), fitted.predict(notes_data[0]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 2}, "seed is 2, was 0"),
        ({"batch_size": 5}, "batch_size is 5, was 6"),
        ({"optimiser": SGD()}, r"optimiser is 'SGD\(.*, was 'Adam\("),
        ({"augment": noisy}, "augment is 'noisy', was 'None'"),
        ({"validation": 0.5}, "data is "),
    ],
)
def test_a_checkpoint_of_another_run_is_refused(notes_model, notes_data, tmp_path, change, message):
    options = {"epochs": 1, "batch_size": 6, "checkpoint": tmp_path / "run.npz"}
    fit(notes_model, *notes_data, **options)
    with pytest.raises(ValueError, match=f"belongs to another run: {message}"):
        fit(notes_model, *notes_data, resume=True, **{**options, **change})


def test_nothing_in_the_file_needs_pickle(notes_model, notes_data, tmp_path):
    path = tmp_path / "run.npz"
    fit(notes_model, *notes_data, epochs=1, checkpoint=path, early_stopping=EarlyStopping())
    arrays, meta = read_checkpoint(path)
    assert {name.split("/")[0] for name in arrays} == {"params", "optimiser", "best"}
    assert meta["model"]["layers"][0] == {"layer": "RNN", "H": 5, "activation": "tanh", "return_sequences": True}
    assert all(array.dtype.kind in "fi" for array in arrays.values())
