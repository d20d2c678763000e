"""Compare a character model on Python's help text with n-gram models, in bits per character on held-out text.

Run ``python -m benchmarks.experiments.characters``: it writes book/results/characters.json; some ten minutes of
CPU time.
"""

import json
import time
from pathlib import Path

import numpy as np

from benchmarks.experiments.ngrams import bits_per_character
from rnncourse.data import Alphabet, corpus, split_series
from rnncourse.numpy import gru, lstm, rnn
from rnncourse.numpy.truncated import truncated_bptt
from rnncourse.reference import optim, output

RESULT = Path(__file__).parents[2] / "book" / "results" / "characters.json"
CELLS = {
    "RNN": (rnn.init_rnn, rnn.rnn_forward, rnn.rnn_backward),
    "LSTM": (lstm.init_lstm, lstm.lstm_forward, lstm.lstm_backward),
    "GRU": (gru.init_gru, gru.gru_forward, gru.gru_backward),
}
SETTINGS = {"H": 128, "B": 32, "tau": 50, "epochs": 14, "learning_rate": 0.003, "clip": 5.0, "seeds": 3}
ORDERS = range(1, 8)
TEMPERATURES = (0.3, 0.7, 1.0, 1.5)


def zero_state(cell, B, H):
    """State before the first character."""
    zeros = np.zeros((B, H), np.float32)
    return (zeros, zeros.copy()) if cell == "LSTM" else zeros


def streams(codes, B):
    """Cut a text into B parts that are read side by side: inputs and next characters, (L, B) each."""
    L = (len(codes) - 1) // B
    return codes[: L * B].reshape(B, L).T, codes[1 : L * B + 1].reshape(B, L).T


def train_epoch(cell, params, head, adam, x, y, K, H, B, tau, learning_rate, clip, **_):
    """Pass once along the text by truncated BPTT, the state carried throughout; update after each tau characters."""
    _, forward, backward = CELLS[cell]
    held = {"head": head, "adam": adam}

    def loss(h, steps):
        z = output.output_layer(h, held["head"])
        value, delta_y = output.softmax_cross_entropy(z, targets[steps])
        dh, held["dhead"] = output.output_layer_backward(delta_y / len(h), h, held["head"])  # a mean over time too
        return value / len(h), dh

    def update(params, dparams):
        grads = optim.clip_gradients([*dparams, *held["dhead"]], clip)
        theta, held["adam"] = optim.adam_step([*params, *held["head"]], grads, held["adam"], learning_rate)
        held["head"] = type(head)(*theta[-2:])
        return type(params)(*theta[:-2])

    state, losses, eye = zero_state(cell, B, H), [], np.eye(K, dtype=np.float32)
    for start in range(0, len(x), 20 * tau):  # one-hot rows for twenty chunks at a time
        part, targets = slice(start, start + 20 * tau), y[start : start + 20 * tau]
        params, state, part_losses = truncated_bptt(forward, backward, eye[x[part]], state, params, loss, update, tau)
        losses += part_losses
    return params, held["head"], held["adam"], float(np.mean(losses) / np.log(2))


def evaluate(cell, params, head, codes, K, H):
    """Measure the bits per character on a text that is read from its beginning, the state carried throughout."""
    forward, eye = CELLS[cell][1], np.eye(K, dtype=np.float32)
    state, total = zero_state(cell, 1, H), 0.0
    for start in range(0, len(codes) - 1, 1000):
        x, y = codes[start : start + 1000], codes[start + 1 : start + 1001]
        h, state, _ = forward(eye[x[: len(y), None]], state, params)
        total += output.softmax_cross_entropy(output.output_layer(h, head), y[:, None])[0]
    return float(total / (len(codes) - 1) / np.log(2))


def write_text(cell, params, head, prompt, temperature, length, alphabet, H):
    """Continue a prompt, one drawn character at a time."""
    forward, eye = CELLS[cell][1], np.eye(len(alphabet), dtype=np.float32)
    rng, codes = np.random.default_rng(1), list(alphabet.encode(prompt))
    h, state, _ = forward(eye[np.array(codes)[:, None]], zero_state(cell, 1, H), params)
    for _ in range(length):
        p = output.softmax(output.output_layer(h[-1:], head).astype(np.float64) / temperature)[0, 0]
        codes.append(int(np.searchsorted(np.cumsum(p), rng.random())))
        h, state, _ = forward(eye[np.array(codes[-1:])[:, None]], state, params)
    return alphabet.decode(codes)


def train(cell, codes, held_out, alphabet, settings, seed=0):
    """Train one cell from one seed; returns the curve and the trained parameters."""
    rng, K, H = np.random.default_rng(seed), len(alphabet), settings["H"]
    params = CELLS[cell][0](K, H, rng, np.float32)
    head, adam = output.init_output(H, K, rng, np.float32), None
    x, y = streams(codes, settings["B"])
    start, curve = time.process_time(), []
    for _ in range(settings["epochs"]):
        params, head, adam, train_bits = train_epoch(cell, params, head, adam, x, y, K, **settings)
        curve.append([round(train_bits, 4), round(evaluate(cell, params, head, held_out, K, H), 4)])
        print(cell, seed, curve[-1], f"{time.process_time() - start:.0f} s", flush=True)
    return curve, params, head


def main():
    """Count, train, sample; write what was found."""
    text = corpus()
    alphabet = Alphabet.of(text)
    codes, held_out = split_series(alphabet.encode(text), 0.1)
    ngrams = {order: round(float(bits_per_character(codes, held_out, len(alphabet), order)), 4) for order in ORDERS}
    print("n-grams", ngrams, flush=True)
    result = {
        "command": "python -m benchmarks.experiments.characters",
        "settings": SETTINGS,
        "characters": {"train": len(codes), "held_out": len(held_out), "K": len(alphabet)},
        "ngrams": ngrams,
        "networks": {},
    }
    for seed in range(SETTINGS["seeds"]):
        for cell in CELLS:
            curve, params, head = train(cell, codes, held_out, alphabet, SETTINGS, seed)
            count = sum(theta.size for theta in (*params, *head))
            found = result["networks"].setdefault(cell, {"parameters": count, "train_and_held_out_bits": []})
            found["train_and_held_out_bits"].append(curve)  # in the end (seeds, epochs, 2)
            if (cell, seed) == ("LSTM", 0):
                result["samples"] = {
                    t: write_text(cell, params, head, "The ", t, 240, alphabet, SETTINGS["H"]) for t in TEMPERATURES
                }
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
