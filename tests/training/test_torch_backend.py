import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.training import SGD, Adam, fit, init_params
from rnncourse.training.backends import get_backend
from rnncourse.training.batches import check_data
from rnncourse.training.params import draw_masks, flatten, unflatten

torch = pytest.importorskip("torch")
DEVICES = ["cpu", pytest.param("cuda", marks=pytest.mark.cuda)]


def need(device):
    if device == "cuda" and not torch.cuda.is_available():
        pytest.skip("no CUDA device")


def on_both(model, data, with_mask, device):
    """Loss, gradients, logits and predictions of either backend, from equal numbers."""
    rng = np.random.default_rng(1)
    x, y, mask = check_data(model, *data)
    if with_mask:
        mask = rng.integers(0, 2, y.shape[:2]).astype(float)
    D = 3 if x.ndim == 3 else 1
    params = init_params(model, D, rng)
    keep = draw_masks(model, *x.shape[:2], D, rng)
    results = []
    for name in ("numpy", "torch"):
        backend = get_backend(name, model, "float64", device if name == "torch" else None)
        put = backend.put
        own = unflatten([put(theta) for theta in flatten(params)], params)
        loss, grads = backend.loss_and_gradients(own, put(x), put(y), put(mask), [put(k) for k in keep])
        z = backend.outputs(own, put(x))
        logits_and_more = [z, backend.prediction(z), *flatten(grads), *flatten(backend.clip(grads, 0.01)[1])]
        norm = backend.clip(grads, None)[0]
        logits_and_more += flatten(backend.clip(grads, 2 * norm)[1])
        results.append([loss, backend.loss(z, put(y), put(mask)), norm, *(backend.get(v) for v in logits_and_more)])
    return results


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("with_mask", [False, True])
def test_both_backends_compute_the_same(model, data, with_mask, device):
    need(device)
    for ours, theirs in zip(*on_both(model, data, with_mask, device), strict=True):
        assert relative_error(ours, theirs) <= 1e-10


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(
    "optimiser",
    [SGD(0.05), SGD(0.05, weight_decay=0.1), SGD(0.05, 0.9, 0.01), Adam(0.01), Adam(0.01, 0.8, 0.99, 1e-6, 0.1)],
    ids=repr,
)
def test_both_backends_train_alike(notes_model, notes_data, optimiser, device):
    need(device)
    options = {"epochs": 3, "batch_size": 6, "optimiser": optimiser, "clip": 0.5, "seed": 4}
    ours = fit(notes_model, *notes_data, **options)
    theirs = fit(notes_model, *notes_data, backend="torch", device=device, **options)
    for a, b in zip(flatten(ours.params), flatten(theirs.params), strict=True):
        assert relative_error(a, b) <= 1e-10
    for name, losses in ours.history.to_dict().items():
        assert relative_error(losses, getattr(theirs.history, name)) <= 1e-10
    assert relative_error(ours.predict(notes_data[0]), theirs.predict(notes_data[0])) <= 1e-10


def test_float32_stays_float32(notes_model, notes_data):
    x, y = (array.astype(np.float32) for array in notes_data)
    fitted = fit(notes_model, x, y, epochs=1, backend="torch")
    assert {theta.dtype for theta in flatten(fitted.params)} == {np.dtype("float32")}
    assert fitted.predict(x).dtype == np.float32
