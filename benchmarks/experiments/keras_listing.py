"""Train the notes' Keras program and the course's rebuilt model from the same weights, on the same batches.

Run ``python -m benchmarks.experiments.keras_listing``: it writes book/results/keras.json; a few minutes of CPU time.
Dropout is off, since the two draw their masks differently, and the windows are not shuffled.
"""

import json
import os
import tempfile
from pathlib import Path

import numpy as np

from rnncourse.data import forecasting_data, sunspots
from rnncourse.notation import OutputParams, RNNParams
from rnncourse.training import Adam, fit, forecasting_model

RESULT = Path(__file__).parents[2] / "book" / "results" / "keras.json"
EPOCHS = 50


def load_keras():
    """Import Keras on torch, with float64 numbers and without a settings file of the user's."""
    os.environ |= {"KERAS_BACKEND": "torch", "KERAS_HOME": tempfile.mkdtemp()}
    import keras

    keras.config.set_floatx("float64")
    keras.utils.set_random_seed(0)
    return keras


def notes_program(keras, T, D, rate=0.2):
    """Build the notes' program, with the input's shape and the names that it left out."""
    model = keras.Sequential(
        [
            keras.Input((T, D)),  # a sample is (T, D) here, batch first
            keras.layers.SimpleRNN(50, activation="tanh", return_sequences=True),
            keras.layers.Dropout(rate),
            keras.layers.SimpleRNN(50, activation="tanh"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(epsilon=1e-8), loss="mean_squared_error")
    return model


def to_ours(variables):
    """Turn Keras's kernels, (from, to), into our parameters, (to, from); dropout has none."""
    v = [np.array(variable) for variable in variables]
    return (RNNParams(v[0].T, v[1].T, v[2]), (), RNNParams(v[3].T, v[4].T, v[5]), (), OutputParams(v[6].T, v[7]))


def compare(keras, epochs=EPOCHS):
    """Train both for some epochs; returns the losses of each, epoch by epoch."""
    data = forecasting_data(sunspots().activity, T=20, validation=0.2)
    model = notes_program(keras, *data.x.shape[::2], rate=0.0)
    start = to_ours([variable.numpy() for variable in model.trainable_variables])
    first, held_out = (part.swapaxes(0, 1) for part in (data.x, data.validation[0]))
    theirs = model.fit(first, data.y, validation_data=(held_out, data.validation[1]), epochs=epochs, batch_size=32,
                       shuffle=False, verbose=0).history  # fmt: skip
    ours = fit(forecasting_model(rate=0.0), data.x, data.y, validation=data.validation, epochs=epochs, shuffle=False,
               params=start, progress=False, optimiser=Adam(), dtype="float64").history  # fmt: skip
    return {"keras": {"train": theirs["loss"], "validation": theirs["val_loss"]},
            "rnncourse": {"train": list(ours.train_loss), "validation": list(ours.val_loss)}}  # fmt: skip


def main():
    """Train both; write what was found."""
    found = {"command": "python -m benchmarks.experiments.keras_listing"}
    for program, losses in compare(load_keras()).items():
        found[program] = {part: [round(float(loss), 6) for loss in curve] for part, curve in losses.items()}
    RESULT.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
