import numpy as np
import pytest

from rnncourse.data import adding_problem, jitter
from rnncourse.training import GRU, RNN, SGD, Adam, Dense, Dropout, History, Model, fit, init_params
from rnncourse.training.numpy_backend import NumpyBackend
from rnncourse.training.params import flatten

from .conftest import draw_data


def same(a, b):
    """Whether two fitted models are equal bit for bit, with all that led to them."""
    equal = all(np.array_equal(u, v) for u, v in zip(flatten(a.params), flatten(b.params), strict=True))
    return equal and a.history == b.history


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_a_seed_repeats_the_run_bit_for_bit(model, data, backend):
    if backend == "torch":
        pytest.importorskip("torch")
    runs = [fit(model, *data, epochs=2, batch_size=3, seed=s, backend=backend) for s in (7, 7, 8)]
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])


def test_the_history_has_one_entry_per_epoch_and_the_last_is_true(model, data):
    x, y = data
    fitted = fit(model, x, y, epochs=3, batch_size=4, validation=2)
    history = fitted.history
    assert [len(losses) for losses in history.to_dict().values()] == [3, 3, 3, 3]
    backend = NumpyBackend(model, "float64")
    one = model.many_to_one
    for part, losses in ((slice(0, -2), history.train_loss_dropout_off), (slice(-2, None), history.val_loss)):
        target = y[part][None] if one else y[:, part]
        loss = backend.loss(backend.outputs(fitted.params, x[:, part]), target)
        assert loss == pytest.approx(losses[-1], rel=1e-12)


def test_one_full_batch_of_sgd_is_one_step_along_the_gradient():
    model = Model([RNN(3), Dense(2)])
    x, y = draw_data(model)
    start = init_params(model, 3, np.random.default_rng(5))
    fitted = fit(model, x, y, epochs=1, batch_size=8, optimiser=SGD(0.1), validation=None, params=start)
    loss, grads = NumpyBackend(model, "float64").loss_and_gradients(start, x, y)
    for theta, moved, g in zip(flatten(start), flatten(fitted.params), flatten(grads), strict=True):
        np.testing.assert_allclose(moved, theta - 0.1 * g, rtol=1e-12, atol=1e-14)
    assert fitted.history.train_loss == pytest.approx([loss], rel=1e-12)
    assert fitted.history.val_loss == [] and fitted.history.best_epoch is None


def test_clipping_bounds_the_step_and_reports_the_norm_before_it():
    model = Model([RNN(3), Dense(2)])
    x, y = draw_data(model)
    start = init_params(model, 3, np.random.default_rng(5))
    options = {"epochs": 1, "batch_size": 8, "optimiser": SGD(1.0), "validation": None, "params": start}
    clipped, free = fit(model, x, y, clip=1e-3, **options), fit(model, x, y, **options)
    moved = np.concatenate([(a - b).ravel() for a, b in zip(flatten(clipped.params), flatten(start), strict=True)])
    assert np.linalg.norm(moved) == pytest.approx(1e-3, rel=1e-10)
    assert clipped.history.gradient_norm == free.history.gradient_norm
    assert free.history.gradient_norm[0] > 1e-3


def test_dropout_is_on_in_training_and_off_in_evaluation():
    model = Model([RNN(8), Dropout(0.5), Dense(2)])
    fitted = fit(model, *draw_data(model), epochs=1, batch_size=8, optimiser=SGD(1e-12), validation=None)
    on, off = fitted.history.train_loss[0], fitted.history.train_loss_dropout_off[0]
    assert abs(on - off) > 1e-3
    np.testing.assert_array_equal(fitted.predict(draw_data(model)[0]), fitted.predict(draw_data(model)[0]))


def test_a_masked_target_does_not_matter():
    model = Model([GRU(3), Dense(2)])
    x, y = draw_data(model)
    mask = np.ones(y.shape[:2])
    mask[2:4] = 0
    other = y.copy()
    other[2:4] = 1e6
    assert same(fit(model, x, y, mask=mask, epochs=2), fit(model, x, other, mask=mask, epochs=2))


def test_augmentation_meets_the_training_part_alone(notes_model, notes_data):
    seen = []

    def spy(x, y, rng):
        seen.append((x, y))
        return jitter(x, 0.5, rng), y

    x, y = notes_data
    fitted = fit(notes_model, x, y, epochs=1, augment=spy, validation=4, batch_size=16, shuffle=False)
    np.testing.assert_array_equal(seen[0][0], x[:, :16])
    np.testing.assert_array_equal(seen[0][1], y[:16])
    assert len(seen) == 1
    assert not same(fitted, fit(notes_model, x, y, epochs=1, validation=4, batch_size=16, shuffle=False))


def test_the_data_are_left_as_they_were(notes_model, notes_data):
    for array in notes_data:
        array.setflags(write=False)
    fit(notes_model, *notes_data, epochs=1)


def test_it_learns():
    x, y = adding_problem(8, 256, np.random.default_rng(0))
    model = Model([GRU(12, return_sequences=False), Dense(1)])
    fitted = fit(model, x, y, epochs=60, optimiser=Adam(0.02), clip=1.0)
    assert fitted.history.val_loss[-1] < 0.02  # always answering 1 has 1/6
    assert isinstance(fitted.history, History)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("learning_rate", [1e160, 1e308])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_a_run_that_explodes_says_what_to_do(notes_data, activation, learning_rate, backend):
    if backend == "torch":
        pytest.importorskip("torch")
    model = Model([RNN(5, activation), RNN(4, activation, return_sequences=False), Dense(1)])
    with pytest.raises(FloatingPointError, match=r"diverged in epoch \d+: .*; lower the learning rate \(it is 1e\+"):
        fit(model, *notes_data, optimiser=SGD(learning_rate), epochs=9, backend=backend)


def faulty(x, y, rng):
    raise ValueError("mine")


def test_an_error_of_the_caller_is_not_taken_for_divergence(notes_model, notes_data):
    with pytest.raises(ValueError, match="mine"):
        fit(notes_model, *notes_data, augment=faulty)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": 0}, "epochs is 0"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"clip": 0.0}, "clip is 0.0"),
        ({"dtype": "float16"}, "dtype is float16; expected float32 or float64"),
        ({"validation": 1.5}, "leaves something on both sides"),
        ({"resume": True}, "give the file to resume from"),
        ({"params": "wrong shapes"}, r"0/W_xh has shape \(5, 9\); expected \(5, 3\)"),
    ],
)
def test_bad_options_are_named(notes_model, notes_data, options, message):
    if "params" in options:
        options = {"params": init_params(notes_model, 9, np.random.default_rng(0))}
    with pytest.raises(ValueError, match=message):
        fit(notes_model, *notes_data, **options)


def test_a_checkpoint_in_no_folder_is_refused_before_the_work(notes_model, notes_data, tmp_path):
    with pytest.raises(FileNotFoundError, match="its folder does not exist"):
        fit(notes_model, *notes_data, checkpoint=tmp_path / "nowhere" / "run.npz")


def test_a_prediction_is_psi_of_the_logits_sequence_by_sequence(model, data):
    x, y = data
    fitted = fit(model, x, y, epochs=1)
    y_hat = fitted.predict(x)
    assert y_hat.shape == (() if model.many_to_one else (6,)) + (8, model.K)
    if model.loss == "cross_entropy":
        np.testing.assert_allclose(y_hat.sum(axis=-1), 1, rtol=1e-12)
    if model.loss != "mse":
        assert (y_hat > 0).all() and (y_hat < 1).all()
    one = fitted.predict(x[:, 3:4])
    np.testing.assert_allclose(one[..., 0, :], y_hat[..., 3, :], rtol=1e-12)


def test_a_long_list_is_predicted_piece_by_piece(notes_model, notes_data):
    fitted = fit(notes_model, *notes_data, epochs=1)
    x = np.random.default_rng(0).standard_normal((6, 1100, 3))
    y_hat = fitted.predict(x)
    assert y_hat.shape == (1100, 1)
    np.testing.assert_allclose(y_hat[1090:], fitted.predict(x[:, 1090:]), rtol=1e-11)


def test_prediction_needs_the_model_s_input(notes_model, notes_data):
    fitted = fit(notes_model, *notes_data, epochs=1)
    with pytest.raises(ValueError, match=r"expected floating-point \(T, N, D\)"):
        fitted.predict(np.zeros((3, 4)))
