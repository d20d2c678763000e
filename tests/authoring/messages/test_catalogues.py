"""The translations of a problem set are the package's, and what a course says itself goes before them."""

import pytest

from rnncourse.authoring.messages.catalogues import catalogue, shipped_catalogue, translations


def test_the_package_has_one_for_each_problem_set():
    assert shipped_catalogue("ps1_forward", "zh_CN").is_file()
    assert not shipped_catalogue("ps9", "zh_CN").is_file()


def test_english_needs_none(tmp_path):
    assert translations(tmp_path, "ps1_forward", "en") == {}


def test_a_problem_set_without_one_stays_english(tmp_path):
    assert translations(tmp_path, "ps9_own", "zh_CN") == {}


@pytest.mark.parametrize("name", ["ps1_forward", "ps9_own"])
def test_a_course_has_its_own_words(tmp_path, name):
    path = catalogue(tmp_path, name, "zh_CN")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "1. Shapes"\nmsgstr "一、形状"\n', encoding="utf-8")
    assert translations(tmp_path, name, "zh_CN")["1. Shapes"] == "一、形状"
