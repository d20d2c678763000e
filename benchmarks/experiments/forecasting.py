"""Measure the numbers of chapter 4: the notes' forecasting model and variations on sunspots, five seeds; two searches.

    python -m benchmarks.experiments.forecasting

writes book/results/forecasting.json (about four minutes on one core). The held-out last fifth of the series is used for
the final errors alone: early stopping and both searches look at earlier years only.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
from scipy.stats import loguniform

from rnncourse.data import forecasting_data, jitter, rescale, rolling_origin, sunspots
from rnncourse.training import (
    GRU,
    LSTM,
    RNN,
    Adam,
    Dense,
    Dropout,
    EarlyStopping,
    Model,
    fit,
    forecasting_model,
    forecasts,
    grid_search,
    random_search,
)

RESULTS = Path(__file__).parents[2] / "book" / "results" / "forecasting.json"
SEEDS = range(5)
SIGMA = 0.1
GRID = {"hidden_units": [8, 16, 32, 64], "learning_rate": [0.0003, 0.001, 0.003, 0.01]}


def stacked(Layer, H=50, rate=0.2, per="step"):
    """Build the notes' stack with another cell, or another dropout."""
    return Model([Layer(H), Dropout(rate, per), Layer(H, return_sequences=False), Dropout(rate, per), Dense(1)])


def jittered(x, y, rng):
    """Add noise to the inputs of a training batch."""
    return jitter(x, SIGMA, rng), y


def rescaled(x, y, rng):
    """Multiply each window of a training batch and its target by a random factor."""
    return rescale(x, SIGMA, rng, y)


VARIATIONS = {
    "the notes' model": (forecasting_model(), {}),
    "no dropout": (forecasting_model(rate=0.0), {}),
    "one mask per sequence": (stacked(RNN, per="sequence"), {}),
    "one layer": (Model([RNN(50, return_sequences=False), Dense(1)]), {}),
    "weight decay 1": (forecasting_model(), {"optimiser": Adam(weight_decay=1.0)}),
    "clipped at 1": (forecasting_model(), {"clip": 1.0}),
    "200 epochs": (forecasting_model(), {"epochs": 200}),
    "200 epochs, no dropout": (forecasting_model(rate=0.0), {"epochs": 200}),
    "jitter 0.1": (forecasting_model(), {"augment": jittered}),
    "rescaling 0.1": (forecasting_model(), {"augment": rescaled}),
    "LSTM": (stacked(LSTM), {}),
    "GRU": (stacked(GRU), {}),
}


def trial(data, model, options, seed):
    """Train once on the training part; the error in sunspots, and the final losses."""
    run = fit(model, data.x, data.y, validation=data.validation, seed=seed, progress=False, **options)
    errors, history = forecasts(data, {"network": run}).rmse(), run.history
    return {
        "rmse": errors["network"],
        "train_loss": history.train_loss[-1],
        "train_loss_dropout_off": history.train_loss_dropout_off[-1],
        "val_loss": history.val_loss[-1],
    }


def stopped_early(series, seed, rate):
    """Stop where the last fifth of the *training part* says so; the error on the held-out years comes after."""
    data = forecasting_data(series)
    inner = forecasting_data(data.train[:, 0])
    model, rule = forecasting_model(rate=rate), EarlyStopping(patience=20)
    run = fit(
        model, inner.x, inner.y, validation=inner.validation, epochs=200, early_stopping=rule, seed=seed, progress=False
    )
    x_test = inner.scaler.transform(data.scaler.inverse(data.x_val))
    error = inner.scaler.inverse(run.predict(x_test)) - data.held_out
    return {"rmse": float(np.sqrt(np.mean(error**2))), "epochs": len(run.history), "best": run.history.best_epoch}


def shuffled_before_the_split(data, seed):
    """Measure the error that a leak would report: all windows shuffled together, a fifth drawn for validation."""
    x, y = np.concatenate([data.x, data.x_val], axis=1), np.concatenate([data.y, data.y_val])
    order = np.random.default_rng(seed).permutation(len(y))
    x, y, n = x[:, order], y[order], len(data.y_val)
    run = fit(forecasting_model(), x, y, validation=n, seed=seed, progress=False)
    error = data.scaler.inverse(run.predict(x[:, -n:])) - data.scaler.inverse(y[-n:])
    return float(np.sqrt(np.mean(error**2)))


def build(hidden_units, learning_rate):
    """Build a model and its options from a setting of the searches."""
    return forecasting_model(int(hidden_units)), {"optimiser": Adam(float(learning_rate))}


def searches(folds):
    """Run both searches, sixteen settings each, on the same folds."""
    drawn = {"hidden_units": loguniform(8, 65), "learning_rate": loguniform(3e-4, 1e-2)}
    for name, search in (
        ("grid", partial(grid_search, build, GRID)),
        ("random", partial(random_search, build, drawn, n_iter=16)),
    ):
        result = search(folds, progress=False)
        settings = [
            {"hidden_units": int(setting["hidden_units"]), "learning_rate": float(setting["learning_rate"])}
            for setting in result.settings
        ]
        yield name, {"settings": settings, "scores": result.scores.tolist()}


def main():
    """Run everything and write the results."""
    series = sunspots().activity
    data = forecasting_data(series)
    results = {"command": "python -m benchmarks.experiments.forecasting", "seeds": list(SEEDS)}
    results["baselines"] = forecasts(data).rmse()
    results["variations"] = {}
    for name, (model, options) in VARIATIONS.items():
        results["variations"][name] = [trial(data, model, options, seed) for seed in SEEDS]
        print(name, [round(run["rmse"], 1) for run in results["variations"][name]], flush=True)
    results["early_stopping"] = {
        f"dropout {rate}": [stopped_early(series, seed, rate) for seed in SEEDS] for rate in (0.2, 0.0)
    }
    results["shuffled_before_the_split"] = [shuffled_before_the_split(data, seed) for seed in SEEDS]
    results["searches"] = dict(searches(rolling_origin(data.train[:, 0], folds=3, validation=33)))
    mean = np.mean(results["searches"]["grid"]["scores"], axis=1)
    best = results["searches"]["grid"]["settings"][int(np.argmin(mean))]
    results["best_of_grid"] = {"setting": best, "trials": [trial(data, *build(**best), seed) for seed in SEEDS]}
    results = json.loads(json.dumps(results), parse_float=lambda text: float(f"{float(text):.5g}"))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
