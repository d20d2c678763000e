"""Record what the units of a trained character model say along a text, and what it writes at twenty temperatures.

Run ``python -m benchmarks.experiments.units``: it trains the LSTM of `characters` from seed 0 again and writes
rnncourse/interactive/explorers/recorded/units.json; some three minutes of CPU time.
"""

import json
from pathlib import Path

import numpy as np

from benchmarks.experiments.characters import CELLS, SETTINGS, train, write_text, zero_state
from rnncourse.data import Alphabet, corpus, split_series
from rnncourse.reference.output import output_layer

RESULT = Path(__file__).parents[2] / "rnncourse" / "interactive" / "explorers" / "recorded" / "units.json"
PROMPT, LENGTH = "The ", 140
TEMPERATURES = [round(0.1 * tenth, 1) for tenth in range(1, 21)]
PASSAGE = 400
"""Characters of the passage that is coloured."""


def features(text):
    """Compute what each character of a text is: a number for each character, by name.

    Parameters
    ----------
    text : str

    Returns
    -------
    features : dict of str to array of shape (len(text),)
    """
    round_brackets, quoted, column, indented = np.zeros((4, len(text)))
    depth, inside, start, blank = 0, False, 0, False
    for place, character in enumerate(text):
        if place == start:
            blank = character == " "
        depth = max(0, depth + (character == "(") - (character == ")"))
        inside = not inside if character == '"' else inside and character != "\n"
        round_brackets[place], quoted[place] = depth > 0, inside
        column[place], indented[place] = place - start, blank
        if character == "\n":
            start, depth = place + 1, 0
    letters = np.array([character.isalpha() for character in text], float)
    spaces = np.array([character == " " for character in text], float)
    return {
        "between ( and )": round_brackets,
        'between " and "': quoted,
        "how far along the line": column,
        "in an indented line": indented,
        "in a word": letters,
        "at a space": spaces,
    }


def run(params, head, codes, K):
    """Read a text from its beginning; returns the states (L, H) and the logits (L, K)."""
    forward, eye = CELLS["LSTM"][1], np.eye(K, dtype=np.float32)
    state, states = zero_state("LSTM", 1, SETTINGS["H"]), []
    for begin in range(0, len(codes), 1000):
        h, state, _ = forward(eye[codes[begin : begin + 1000, None]], state, params)
        states.append(h[:, 0])
    h = np.concatenate(states)
    return h, output_layer(h, head)


def correlations(h, feature):
    """Compute the correlation of each unit (L, H) with one feature (L,)."""
    return np.array([np.corrcoef(unit, feature)[0, 1] for unit in h.T])


def choose_passage(found):
    """Find where the passage begins in which the features change most often."""
    names = ("between ( and )", 'between " and "', "in an indented line")
    changes = sum(np.abs(np.diff(found[name])) for name in names)
    return int(np.argmax(np.convolve(changes, np.ones(PASSAGE), "valid")))


def record(params, head, text, alphabet):
    """Choose for each feature the unit that follows it best, and a passage; returns what the book shows."""
    codes = alphabet.encode(text)
    h, _ = run(params, head, codes, len(alphabet))
    found = features(text)
    start = choose_passage(found)
    units = []
    for name, feature in found.items():
        r = correlations(h, feature)
        unit = int(np.argmax(np.abs(r)))
        units.append({"unit": unit, "feature": name, "correlation": round(float(r[unit]), 2),
                      "h": np.round(100 * h[start : start + PASSAGE, unit]).astype(int).tolist()})  # fmt: skip
    units.sort(key=lambda found: -abs(found["correlation"]))
    _, z = run(params, head, alphabet.encode(PROMPT), len(alphabet))
    samples = [write_text("LSTM", params, head, PROMPT, t, LENGTH, alphabet, SETTINGS["H"]) for t in TEMPERATURES]
    return {
        "command": "python -m benchmarks.experiments.units",
        "text": text[start : start + PASSAGE],
        "units": units,
        "prompt": PROMPT,
        "alphabet": alphabet.characters,
        "logits": [round(float(logit), 3) for logit in z[-1]],
        "temperatures": TEMPERATURES,
        "samples": samples,
    }


def main():
    """Train, look, sample; write what was found."""
    text = corpus()
    alphabet = Alphabet.of(text)
    codes, held_out = split_series(alphabet.encode(text), 0.1)
    _, params, head = train("LSTM", codes, held_out, alphabet, SETTINGS)
    found = record(params, head, alphabet.decode(held_out), alphabet)
    RESULT.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
