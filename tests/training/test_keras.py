"""The notes' program is written in Keras: the same weights must give the same numbers here."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.notation import OutputParams, RNNParams
from rnncourse.training import RNN, Dense, Model
from rnncourse.training.backends import get_backend
from rnncourse.training.params import flatten, unflatten

if find_spec("keras") is None or find_spec("torch") is None:  # importing keras here would choose its backend
    pytest.skip("keras or torch is not installed", allow_module_level=True)

pytestmark = pytest.mark.slow  # to import Keras takes long; torch.nn's numbers are compared at each change

KERAS = """
import json, os, sys
import keras
import numpy as np
import torch
x, y = (np.load(os.path.join(sys.argv[1], name)) for name in ("x.npy", "y.npy"))  # (B, T, D) and (B, K)
keras.utils.set_random_seed(0)
layers = keras.layers
model = keras.Sequential([
    keras.Input(x.shape[1:], dtype="float64"),
    layers.SimpleRNN(50, return_sequences=True, bias_initializer="random_normal"),
    layers.SimpleRNN(50, bias_initializer="random_normal"),
    layers.Dense(1, bias_initializer="random_normal"),
])
as_shipped = model(torch.from_numpy(x))
# On torch, Keras rounds the operands of every product to float32. Only the product is exchanged: the rest is Keras's.
keras.src.backend.torch.numpy.matmul = torch.matmul
y_hat = model(torch.from_numpy(x))
loss = torch.mean((y_hat - torch.from_numpy(y)) ** 2)
loss.backward()
values = model.trainable_variables  # `variables` would bring the layers' random seeds too
kinds = {"weight": [v.numpy() for v in values], "grad": [v.value.grad.numpy() for v in values]}
for kind, arrays in kinds.items():
    for place, value in enumerate(arrays):
        np.save(os.path.join(sys.argv[1], f"{kind}{place}.npy"), value)
for name, output in {"y_hat": y_hat, "as_shipped": as_shipped}.items():
    np.save(os.path.join(sys.argv[1], f"{name}.npy"), output.detach().numpy())
print(json.dumps({"loss": loss.item(), "variables": [v.path for v in values]}))
"""


@pytest.fixture(scope="module")
def keras_run(tmp_path_factory):
    """Keras's own forward and backward pass, in its own process: its backend is chosen when it is imported."""
    folder = tmp_path_factory.mktemp("keras")
    rng = np.random.default_rng(0)
    np.save(folder / "x.npy", rng.standard_normal((7, 12, 3)))
    np.save(folder / "y.npy", rng.standard_normal((7, 1)))
    (folder / "keras.json").write_text(json.dumps({"floatx": "float64", "backend": "torch"}))
    environment = {**os.environ, "KERAS_BACKEND": "torch", "KERAS_HOME": str(folder), "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "-c", KERAS, str(folder)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    arrays = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    return {**arrays, **json.loads(done.stdout.splitlines()[-1])}


def to_ours(kind, run):
    """Keras's kernel (D, H), recurrent kernel (H, H) and bias of each layer as our (to, from) matrices."""
    v = [run[f"{kind}{place}"] for place in range(8)]
    return (
        RNNParams(v[0].T, v[1].T, v[2]),
        RNNParams(v[3].T, v[4].T, v[5]),
        OutputParams(v[6].T, v[7]),
    )


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_the_same_weights_give_keras_s_output_loss_and_gradients(keras_run, backend):
    model = Model([RNN(50), RNN(50, return_sequences=False), Dense(1)])
    backend = get_backend(backend, model, "float64")
    weights = to_ours("weight", keras_run)
    params = unflatten([backend.put(np.ascontiguousarray(theta)) for theta in flatten(weights)], weights)
    x = backend.put(np.ascontiguousarray(keras_run["x"].swapaxes(0, 1)))  # (T, B, D)
    y_hat = backend.get(backend.outputs(params, x))[0]  # (B, K)
    assert keras_run["weight0"].dtype == np.float64 and y_hat.shape == (7, 1)
    assert relative_error(y_hat, keras_run["y_hat"]) <= 1e-10
    assert relative_error(y_hat, keras_run["as_shipped"]) <= 1e-6
    loss, grads = backend.loss_and_gradients(params, x, backend.put(keras_run["y"][None]))
    assert loss == pytest.approx(keras_run["loss"], rel=1e-10)
    for ours, theirs in zip(flatten(grads), flatten(to_ours("grad", keras_run)), strict=True):
        assert relative_error(backend.get(ours), theirs) <= 1e-10


def test_the_variables_come_in_the_order_that_is_read_here(keras_run):
    kinds = [path.rsplit("/", 1)[1] for path in keras_run["variables"]]
    assert kinds == ["kernel", "recurrent_kernel", "bias"] * 2 + ["kernel", "bias"]
