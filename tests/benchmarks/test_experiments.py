"""The experiments behind chapter 6: they run, and what is committed was made with the settings in the scripts."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from benchmarks.experiments import adding, characters, units
from benchmarks.experiments.ngrams import bits_per_character

ROOT = Path(__file__).parents[2]


def test_counting_one_character_gives_its_smoothed_entropy():
    codes = np.array([0, 0, 0, 1])
    p = {0: (3 + 2 / 4) / 6, 1: (1 + 2 / 4) / 6}  # (count + d / K) / (total + d), d = 2, K = 4
    want = -np.mean(np.log2([p[0], p[1], p[1]]))
    assert bits_per_character(codes, np.array([1, 0, 1, 1]), 4, 1) == pytest.approx(want, rel=1e-12)


def test_longer_contexts_learn_a_rhythm():
    codes = np.tile([0, 1, 2], 200)
    bits = [bits_per_character(codes, codes[:60], 3, order) for order in (1, 2, 3)]
    assert bits[0] > 1.5 and bits[1] < 0.05


def test_probabilities_of_a_table_add_up_to_one():
    rng = np.random.default_rng(0)
    codes, context = rng.integers(0, 3, 50), [2, 1]
    shares = [bits_per_character(codes, np.array([*context, c]), 3, 3) * 2 for c in range(3)]
    first = bits_per_character(codes, np.array(context), 3, 3)
    assert sum(2.0 ** -(bits - first) for bits in shares) == pytest.approx(1, rel=1e-12)


def test_a_race_starts_at_the_same_error_for_a_seed_and_learns():
    settings = dict(adding.SETTINGS, iterations=40, every=20, held_out=50)
    errors = adding.race("GRU", 4, 0, 0.01, **settings)
    assert len(errors) == 3 and errors[-1] < errors[0]
    assert adding.race("GRU", 4, 0, 0.01, **settings) == errors


def test_training_on_characters_lowers_the_bits():
    codes = np.tile(np.arange(5), 400)
    alphabet = characters.Alphabet("abcde")
    settings = dict(characters.SETTINGS, H=8, B=4, tau=10, epochs=2, learning_rate=0.01)
    curve, params, head = characters.train("LSTM", codes, codes[:200], alphabet, settings)
    assert curve[-1][1] < curve[0][1] < np.log2(5) + 0.5
    text = characters.write_text("LSTM", params, head, "ab", 0.5, 20, alphabet, 8)
    assert len(text) == 22 and text.startswith("ab")


@pytest.mark.parametrize("experiment", [adding, characters])
def test_the_committed_results_belong_to_the_committed_settings(experiment):
    result = json.loads(experiment.RESULT.read_text(encoding="utf-8"))
    assert result["settings"] == experiment.SETTINGS
    assert result["command"] == f"python -m {experiment.__name__}"


def test_features_of_a_text_are_those_of_each_character():
    found = units.features('a (b)\n "c" d')
    assert found["between ( and )"].tolist() == [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert found['between " and "'].tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0]
    assert found["how far along the line"].tolist() == [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]
    assert found["in an indented line"].tolist() == [0] * 6 + [1] * 6


def test_the_unit_that_follows_a_feature_is_found():
    rng = np.random.default_rng(0)
    h, feature = rng.standard_normal((500, 4)), rng.standard_normal(500)
    h[:, 2] = -feature + 0.1 * h[:, 2]
    assert np.argmax(np.abs(units.correlations(h, feature))) == 2 and units.correlations(h, feature)[2] < -0.9


def test_recorded_units_are_made_with_the_settings_of_the_script():
    found = json.loads(units.RESULT.read_text(encoding="utf-8"))
    assert found["command"] == "python -m benchmarks.experiments.units" and found["prompt"] == units.PROMPT
    assert found["temperatures"] == units.TEMPERATURES and len(found["text"]) == units.PASSAGE
    assert {unit["feature"] for unit in found["units"]} == set(units.features("a"))
    assert all(0 <= unit["unit"] < characters.SETTINGS["H"] for unit in found["units"])


@pytest.mark.slow  # training/test_keras.py compares a loss and its gradients at each change
@pytest.mark.skipif(find_spec("keras") is None or find_spec("torch") is None, reason="keras or torch is not installed")
def test_one_epoch_of_the_notes_program_is_one_epoch_of_ours():
    """In a process of its own: Keras's backend is chosen when it is imported."""
    program = (
        "import json; from benchmarks.experiments.keras_listing import compare, load_keras;"
        " print(json.dumps(compare(load_keras(), epochs=1)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    for part in ("train", "validation"):
        assert found["keras"][part] == pytest.approx(found["rnncourse"][part], rel=1e-4)
