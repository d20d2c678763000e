"""What the checks say can be said in another language, all of it, whatever an answer has done."""

import copy
import json
import pickle
import random
import re

import numpy as np
import pytest
from support.tiers import every_other, some_of
from support.wide_language import left_in_english, made_up, names_of_code

from rnncourse import check
from rnncourse.checks import EXERCISES, page
from rnncourse.checks.clinic.worksheet import Worksheet, cases
from rnncourse.checks.diagnosis.symptoms import symptom
from rnncourse.language import said, speaking
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, mutant
from rnncourse.misconceptions.slips.catalogue import slips_of
from rnncourse.misconceptions.slips.program import program_of

NAMED, COMPOSED = 5, 5
"""How many mistakes of each kind are tried of an exercise; of a slow one fewer."""

WITH_VALUES = [name for name in CATALOGUE if name not in ("gradient_check", "shapes")]


@pytest.fixture
def pseudo(monkeypatch):
    """Say all messages in the made-up language, which stands in the place of Chinese."""
    monkeypatch.setattr("rnncourse.language.messages", lambda name: made_up() if name == "zh_CN" else {})
    with speaking("zh_CN"):
        yield


def report(name, function):
    return str(check.check(name, function))


def answers(name):
    """Make wrong answers: some of the catalogue's mistakes, some of the operators', and a few that are no answers."""
    exercise = EXERCISES[name]
    rng, few = random.Random(name), 4 if exercise.slow else 1
    for record in rng.sample(CATALOGUE[name], min(NAMED // few, len(CATALOGUE[name]))):
        yield record.label, exercise.adapt(mutant(record))
    for slip in rng.sample(slips_of(name)[2], min(COMPOSED // few, len(slips_of(name)[2]))):
        yield slip.label, exercise.adapt(program_of(TEXTBOOK[name]).build(slip.spans))


WRITTEN = {
    "None": lambda *a: None,
    "text": lambda *a: "trained",
    "a ragged list": lambda *a: [[1, 2], [3]],
    "complex": lambda *a: 1j,
    "seven": lambda *a: (1,) * 7,
    "a list": lambda *a: [],
    "unwritten": lambda *a: (_ for _ in ()).throw(NotImplementedError),
    "by name": lambda *, x: x,
    "five": 5,
}
CHANGES = {
    "negative": lambda v: -np.asarray(v),
    "zero": lambda v: 0 * np.asarray(v),
    "transposed": lambda v: np.asarray(v).T,
    "nan": lambda v: np.asarray(v) * np.nan,
    "an axis more": lambda v: np.asarray(v)[None],
    "half precision": lambda v: np.asarray(v).astype(np.float16),
    "late": lambda v: np.roll(np.asarray(v), 1, 0) if np.ndim(v) else v,
    "one number": lambda v: np.sum(v),
    "noise": lambda v: np.asarray(v) + 0.01 * np.cos(np.arange(np.size(v))).reshape(np.shape(v)),
}


def changed(name, change):
    """Answer rightly, and then change each value."""
    right = EXERCISES[name].adapt(TEXTBOOK[name])

    def answer(*arguments):
        values = right(*arguments)
        return tuple(map(change, values)) if isinstance(values, tuple) else change(values)

    return answer


@pytest.mark.parametrize("name", some_of(CATALOGUE, 0, 6))
def test_what_names_a_mistake_is_a_message(name, pseudo):
    known = names_of_code(EXERCISES[name])
    for label, function in answers(name):
        labels = {slip.label for part in slips_of(name) for slip in part}
        assert left_in_english(report(name, function), known, labels) == [], label


@pytest.mark.parametrize("name", some_of(CATALOGUE, 1, 6))
def test_what_is_said_of_no_answer_is_a_message(name, pseudo):
    for kind, function in WRITTEN.items():
        known = names_of_code(EXERCISES[name]) | {"trained"}
        assert left_in_english(report(name, function), known) == [], kind


@pytest.mark.parametrize(("name", "kind"), every_other(WITH_VALUES, CHANGES, 10))
def test_what_is_said_of_wrong_values_is_a_message(name, kind, pseudo):
    labels = {slip.label for part in slips_of(name) for slip in part}
    said_of_it = report(name, changed(name, CHANGES[kind]))
    assert left_in_english(said_of_it, names_of_code(EXERCISES[name]), labels) == []


@pytest.mark.parametrize("name", some_of(CATALOGUE, 3, 6))
def test_every_mistake_can_be_told_of(name, pseudo):
    known = names_of_code(EXERCISES[name])
    for slip in (slip for part in slips_of(name) for slip in part):
        assert left_in_english(f"{said(slip.says)} {said(slip.hint)}", known) == [], slip.label


@pytest.mark.parametrize("name", some_of(CATALOGUE, 4, 6))
def test_what_is_kept_of_mistakes_is_english_whatever_is_spoken(name, pseudo):
    slips_of.cache_clear()
    first = slips_of(name)
    slips_of.cache_clear()
    with speaking("en"):
        assert slips_of(name) == first
        assert all(said(slip.says) == slip.says for part in first for slip in part)


@pytest.mark.parametrize("name", some_of(CATALOGUE, 5, 6))
def test_no_gap_is_left_between_chinese_words(name):
    with speaking("zh_CN"):
        for slip in (slip for part in slips_of(name) for slip in part):
            assert not re.search(
                "[一-鿿] [一-鿿]|[，。：；（）] | [，。：；（）]", f"{said(slip.says)}\n{said(slip.hint)}"
            )


def test_the_same_report_is_in_the_language_of_the_moment(pseudo):
    result = check.rnn_step(lambda x_t, h_prev, W_xh, W_hh, b_h: np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T))
    wide = str(result), result._repr_html_()
    with speaking("en"):
        plain = str(result), result._repr_html_()
        assert "This mistake has a name. no-b_h: the bias b_h is never added." in plain[0]
    assert (str(result), result._repr_html_()) == wide
    assert "rnncourse-check' lang='zh-CN' aria-label='Ｒｅｓｕｌｔ" in wide[1] and "lang=" not in plain[1]
    assert repr(result) == "0.0" and result.messages[0].labels == ("no-b_h",)
    assert "Ｔｈｉｓ ｍｉｓｔａｋｅ ｈａｓ ａ ｎａｍｅ. no-b_h: ｔｈｅ ｂｉａｓ" in wide[0]
    assert "#rnn_step-no-b_h'><strong>no-b_h</strong></a>: ｔｈｅ ｂｉａｓ" in wide[1]


def test_a_copied_report_is_still_translated(pseudo):
    result = check.rnn_step(lambda *arguments: None)
    assert str(pickle.loads(pickle.dumps(result))) == str(copy.deepcopy(result)) == str(result)


@pytest.mark.parametrize("name", some_of(CATALOGUE, 6, 6))
def test_symptoms_are_messages(name, pseudo):
    known = names_of_code(EXERCISES[name])
    for record in CATALOGUE[name][:: 9 if EXERCISES[name].slow else 3]:
        assert left_in_english(str(symptom(record)), known) == [], record.label


CLINIC = {
    "unwritten": lambda: (_ for _ in ()).throw(NotImplementedError),
    "an error": lambda: [][1],
    "a number": lambda: 3,
    "too few": lambda: [("a", "b")],
    "no pairs": lambda: [None] * 8,
    "no cures": lambda: [
        ("transposed-W_hh", "import os"),
        ("x", "a = unknown"),
        ("x", "return np.linalg.norm(h_prev)"),
        ("x", "return 1 +"),
        ("x", "return 10 ** 9"),
        ("x", "return [1]"),
        ("x", "return 2 ** 8"),
        ("x", None),
    ],
}


@pytest.mark.parametrize("kind", CLINIC)
def test_the_bug_clinic_answers_in_messages(kind, pseudo):
    known = {"bug_clinic", "name", "os", "unknown", "linalg", "List"}.union(*map(names_of_code, EXERCISES.values()))
    labels = {record.label for records in CATALOGUE.values() for record in records}
    assert left_in_english(report("bug_clinic", CLINIC[kind]), known, labels) == []


def test_the_ward_is_told_of_in_messages(pseudo):
    sources = "\n".join(case.source for case in cases())
    known = {*re.findall(r"\w+", sources), *EXERCISES}.union(*map(names_of_code, EXERCISES.values()))
    labels = {record.label for records in CATALOGUE.values() for record in records}
    assert left_in_english(str(Worksheet()), known, labels) == []
    assert "aria-label='Ｗａｒｄ" in Worksheet()._repr_html_()


@pytest.mark.parametrize(
    ("code", "said_of_it"),
    [
        ("def rnn_step(x_t):\n    raise NotImplementedError", "ｒａｉｓｅｄ TypeError: "),
        ("h = 1", "Ｔｈｅｒｅ ｉｓ ｎｏ ｆｕｎｃｔｉｏｎ rnn_step"),
        ("def rnn_step(:", "Ｌｉｎｅ 1"),
        ("a = 1\nb = a / 0", "Ｌｉｎｅ 2: b = a / 0"),
        ("def f():\n    f()\nf()", ": ａ ｆｕｎｃｔｉｏｎ"),
        ("print('x' * 30000)", "... (ｔｈｅ ｒｅｓｔ"),
    ],
)
def test_a_page_answers_in_its_language(code, said_of_it, monkeypatch):
    monkeypatch.setattr("rnncourse.language.messages", lambda name: made_up() if name == "zh_CN" else {})
    request = {"exercise": "rnn_step", "code": code, "check": True, "given": []}
    found = json.loads(page.answer(json.dumps(request | {"language": "zh_CN"})))
    assert said_of_it in " ".join(map(str, found.values()))
    assert not re.search("[Ａ-ｚ]", page.answer(json.dumps(request)))
