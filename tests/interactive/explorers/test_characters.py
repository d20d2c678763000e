"""The explorers of the character model show the record, and compute what the reference computes."""

import json

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.interactive.explorers import HiddenUnits, Temperature
from rnncourse.interactive.explorers.characters import RECORDED
from rnncourse.reference.output import softmax

FOUND = json.loads(RECORDED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("tau", FOUND["temperatures"])
def test_probabilities_equal_the_reference(tau):
    p, bits = evaluate(
        "temperature.js",
        "(() => { const p = module.softmax(args.z, args.tau); return [p, module.entropy(p)]; })()",
        z=FOUND["logits"],
        tau=tau,
    )
    expected = softmax(np.array(FOUND["logits"]) / tau)
    np.testing.assert_allclose(p, expected, atol=1e-14, rtol=1e-12)
    seen = expected[expected > 0]
    assert bits == pytest.approx(-np.sum(seen * np.log2(seen)), rel=1e-10)


def test_bars_are_the_largest_logits():
    best = evaluate("temperature.js", "module.likeliest(args.z)", z=FOUND["logits"])
    assert best == np.argsort(FOUND["logits"])[::-1][:10].tolist()


def test_colder_is_less_surprising():
    sentences = [evaluate("temperature.js", f"module.finding(args, {tau})", **FOUND) for tau in (0.1, 2)]
    bits = [float(sentence.split("worth ")[1].split()[0]) for sentence in sentences]
    assert bits[0] < 0.5 < 4 < bits[1]
    assert f"after “{FOUND['prompt']}”" in sentences[0]


def test_each_sample_continues_the_prompt_and_there_is_one_for_each_temperature():
    assert len(FOUND["samples"]) == len(FOUND["temperatures"]) == 20
    assert all(sample.startswith(FOUND["prompt"]) and len(sample) > 100 for sample in FOUND["samples"])
    assert len(set(FOUND["samples"])) == 20


def test_each_unit_has_a_state_for_each_character_and_the_strongest_comes_first():
    sizes = [abs(unit["correlation"]) for unit in FOUND["units"]]
    assert sizes == sorted(sizes, reverse=True)
    for unit in FOUND["units"]:
        assert len(unit["h"]) == len(FOUND["text"]) and max(map(abs, unit["h"])) <= 100


def test_sentence_says_what_is_strong_and_what_is_weak():
    said = [
        evaluate("hidden_units.js", "module.finding(args.unit, 0, args.text)", unit=unit, text=FOUND["text"])
        for unit in FOUND["units"]
    ]
    assert f"correlation {FOUND['units'][0]['correlation']:.2f}" in said[0] and "weak" not in said[0]
    assert "none of the 128" in said[-1] and f"At character 1, “{FOUND['text'][0]}”" in said[-1]


def test_every_character_has_its_own_cell_and_no_row_is_too_long():
    words = "ab\n\n" + "x" * 12 + "\ny"
    places = evaluate("letters.js", "module.cells(args.words, 5)", words=words)
    assert len({tuple(place) for place in places}) == len(words)
    assert places[:5] == [[0, 0], [1, 0], [2, 0], [0, 1], [0, 2]] and max(column for column, _ in places) == 4
    assert places[-1] == [0, 5]


@pytest.mark.parametrize(
    "make, says",
    [(lambda: HiddenUnits(9), "unit is 9; expected"), (lambda: Temperature(0.75), "tau is 0.75; expected")],
)
def test_refuses_what_was_not_recorded(make, says):
    with pytest.raises(ValueError, match=says):
        make()
