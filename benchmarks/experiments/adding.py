"""Race RNN, LSTM and GRU on the adding problem at several lengths and seeds, with fresh sequences at every iteration.

Run ``python -m benchmarks.experiments.adding``: it writes book/results/adding.json, in about four minutes of CPU time.
"""

import json
import time
from pathlib import Path

import numpy as np

from rnncourse.data import ADDING_BASELINE, adding_problem
from rnncourse.training import GRU, LSTM, RNN, Adam, Dense, Model, init_params
from rnncourse.training.backends import get_backend

RESULT = Path(__file__).parents[2] / "book" / "results" / "adding.json"
CELLS = {"RNN": RNN, "LSTM": LSTM, "GRU": GRU}
SETTINGS = {"H": 32, "B": 32, "clip": 1.0, "iterations": 1500, "every": 50, "held_out": 500}
LENGTHS, SEEDS = (25, 50, 100), 5
RACERS = (("RNN", 0.005), ("RNN", 0.001), ("LSTM", 0.005), ("GRU", 0.005))
"""Cell and learning rate; the RNN gets a second, smaller one, so that it does not lose for want of care."""


def race(cell, T, seed, learning_rate, H, B, clip, iterations, every, held_out):
    """Measure the held-out mean squared error before training and after each `every` iterations."""
    model = Model([CELLS[cell](H, return_sequences=False), Dense(1)])
    backend = get_backend("numpy", model, "float32")
    rng = np.random.default_rng(seed)
    params = init_params(model, 2, rng, np.float32)
    optimiser = backend.optimiser(Adam(learning_rate), params)
    x_val, y_val = adding_problem(T, held_out, np.random.default_rng(1000 + seed), np.float32)
    errors = []
    for iteration in range(iterations + 1):
        if iteration % every == 0:
            errors.append(float(backend.loss(backend.outputs(params, x_val), y_val[None])))
        x, y = adding_problem(T, B, rng, np.float32)
        _, grads = backend.loss_and_gradients(params, x, y[None])
        _, grads = backend.clip(grads, clip)
        params = optimiser.step(params, grads)
    return errors


def main():
    """Race all cells, lengths and seeds; write the curves."""
    start, runs = time.process_time(), []
    for T in LENGTHS:
        for cell, rate in RACERS:
            curves = [race(cell, T, seed, rate, **SETTINGS) for seed in range(SEEDS)]
            runs.append({"cell": cell, "learning_rate": rate, "T": T, "errors": np.round(curves, 5).tolist()})
            ends, spent = ", ".join(f"{curve[-1]:.4f}" for curve in curves), time.process_time() - start
            print(f"T = {T:3} {cell:4} {rate}  held-out error {ends}  ({spent:.0f} s)", flush=True)
    command = "python -m benchmarks.experiments.adding"
    result = {"command": command, "baseline": ADDING_BASELINE, "settings": SETTINGS, "runs": runs}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
