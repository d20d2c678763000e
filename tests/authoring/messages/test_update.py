"""The catalogues follow the sources: fresh in the repository, twice the same bytes, and translations stay."""

import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from rnncourse.authoring.messages.catalogues import catalogue
from rnncourse.authoring.messages.update import update_catalogues

ROOT = Path(__file__).parents[3]
NAMES = ("ps1_forward", "ps2_loss")


@pytest.fixture
def course(tmp_path):
    """A course with two of the problem sets and their catalogues."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    for name in NAMES:
        (tmp_path / "solutions" / name).mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / name / f"{name}.py", tmp_path / "solutions" / name)
    update_catalogues(tmp_path)
    return tmp_path


def messages(course, name):
    with open(catalogue(course, name, "zh_CN"), "rb") as file:
        return read_po(file, locale="zh_CN")


def translate(course, name, words):
    """Translate some messages, as a translator does."""
    found = messages(course, name)
    for message, translation in words.items():
        found[message].string = translation
    with open(catalogue(course, name, "zh_CN"), "wb") as file:
        write_po(file, found, width=100)


def test_the_committed_catalogues_are_fresh(tmp_path):
    for part in ("solutions", "locale"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.ipynb"))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    written = update_catalogues(tmp_path)
    assert len(written) == 6
    for path, _, _ in written:
        committed = ROOT / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), "stale: run `python -m rnncourse.authoring.messages`"


def test_each_message_tells_its_cells(course):
    found = messages(course, "ps1_forward")
    assert found["1. Shapes"].auto_comments == ["setup-1"]
    assert found["argument"].auto_comments == ["check-shapes-1, check-rnn_step-1, check-rnn_forward-1"]
    assert not [message for message in found if message.locations]


def test_a_change_keeps_the_translation_to_be_looked_at(course):
    translate(
        course, "ps1_forward", {"1. Shapes": "1. 形状", "Add up three terms, then apply tanh once.": "先加再 tanh。"}
    )
    source = course / "solutions" / "ps1_forward" / "ps1_forward.py"
    source.write_text(source.read_text().replace("Add up three terms, then", "Add up the three terms, then"))
    (_, new, stale), _ = update_catalogues(course)
    found = messages(course, "ps1_forward")
    changed = found["Add up the three terms, then apply tanh once."]
    assert found["1. Shapes"].string == "1. 形状" and not found["1. Shapes"].fuzzy
    assert changed.string == "先加再 tanh。" and changed.fuzzy
    assert "Add up three terms, then apply tanh once." not in found
    assert stale == 1 and new == len(found) - 2
    before = catalogue(course, "ps1_forward", "zh_CN").read_bytes()
    update_catalogues(course)
    assert catalogue(course, "ps1_forward", "zh_CN").read_bytes() == before


def test_what_one_set_translates_the_other_has_too(course):
    translate(course, "ps2_loss", {"argument": "参数", "1. Softmax": "1. Softmax 函数"})
    update_catalogues(course)
    assert messages(course, "ps1_forward")["argument"].string == "参数"
    assert messages(course, "ps2_loss")["1. Softmax"].string == "1. Softmax 函数"
