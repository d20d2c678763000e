"""A message is said in the reader's language, and in English where that has no words for it."""

import pytest

from rnncourse.language import (
    RECORD,
    VARIABLE,
    called,
    enumeration,
    language,
    messages,
    phrase,
    read_po,
    row,
    said,
    say,
    sentences,
    speaking,
)

CATALOGUE = """msgid ""
msgstr "Language: zh_CN\\n"

#: somewhere.py:3
msgid "uses {name} transposed"
msgstr "{name} 用成了转置"

msgid ""
"two "
"lines\\n"
msgstr ""
"两"
"行\\n"

#, fuzzy
msgid "a guess"
msgstr "猜"

#~ msgid "gone"
#~ msgstr "没了"
"""


@pytest.fixture
def chinese(monkeypatch):
    """A few translations, as the package's own would be read."""
    found = {entry: text for entry, text in read_po(CATALOGUE) if entry}
    monkeypatch.setattr("rnncourse.language.messages", lambda name: found if name == "zh_CN" else {})
    return found


def test_what_is_guessed_or_gone_is_not_read(chinese):
    assert chinese == {"uses {name} transposed": "{name} 用成了转置", "two lines\n": "两行\n"}


def test_parts_are_filled_in_after_the_translation(chinese):
    assert say("uses {name} transposed", name="W_hh") == "uses W_hh transposed"
    with speaking("zh_CN"):
        assert say("uses {name} transposed", name="W_hh") == "W_hh 用成了转置"
        with speaking("en"):
            assert say("uses {name} transposed", name="W_hh") == "uses W_hh transposed"
    assert language() == "en"


def test_what_has_no_translation_is_said_in_english(chinese):
    with speaking("zh_CN"):
        assert say("nobody translated {this}", this="it") == "nobody translated it"
        assert say("a set {1, 2}") == "a set {1, 2}"


def test_what_is_said_is_recorded_once_where_the_environment_asks_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr("rnncourse.language._recorded", set())
    say("before")
    monkeypatch.setenv(RECORD, str(tmp_path / "said"))
    for name in ("a", "b"):
        say("it's {name}\n", name=name)
    assert (tmp_path / "said").read_text(encoding="utf-8") == '"it\'s {name}\\n"\n'


@pytest.mark.parametrize("value", ["zh_CN", "zh-CN", "zh_CN.UTF-8"])
def test_the_environment_chooses(value, monkeypatch):
    monkeypatch.setenv(VARIABLE, value)
    assert language() == "zh_CN"


def test_an_unknown_language_in_the_environment_is_english(monkeypatch):
    monkeypatch.setenv(VARIABLE, "tlh")
    assert language() == "en"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh_CN"), speaking("tlh"):
        pass


def test_the_catalogue_of_each_language_can_be_read():
    assert messages("en") == {}
    assert isinstance(messages("zh_CN"), dict)


def test_a_phrase_is_english_until_it_is_said(chinese):
    whole = phrase("{one} and {more}", one=phrase("uses {name} transposed", name="W_hh"), more=3)
    assert whole == "uses W_hh transposed and 3"
    with speaking("zh_CN"):
        assert said(whole) == "W_hh 用成了转置 and 3"
        assert say("{whole}!", whole=whole) == "W_hh 用成了转置 and 3!"
        assert said("two lines\n") == "两行\n"
    assert said(whole) == whole


def test_names_stand_in_a_row(chinese):
    chinese |= {"{some}, {more}": "{some}、{more}", "{some} and {last}": "{some} 和 {last}"}
    names = ["W_xh", "W_hh", "b_h"]
    assert (row(names), enumeration(names)) == ("W_xh, W_hh, b_h", "W_xh, W_hh and b_h")
    assert (row(["b_h"]), enumeration(["b_h"])) == ("b_h", "b_h")
    with speaking("zh_CN"):
        assert (said(row(names)), said(enumeration(names))) == ("W_xh、W_hh、b_h", "W_xh、W_hh 和 b_h")


def test_chinese_parts_stand_without_the_gap_that_names_have(chinese):
    chinese |= {"{what} lacks {part}": "{what} 少了 {part}", "the loop": "循环", "the part": "（这一部分）"}
    chinese |= {"{one} {other}": "{one}{other}", "That is it.": "就是这样。"}
    with speaking("zh_CN"):
        assert say("{what} lacks {part}", what="dW", part="b_h") == "dW 少了 b_h"
        assert say("{what} lacks {part}", what=phrase("the loop"), part="b_h") == "循环少了 b_h"
        assert say("{what} lacks {part}", what=phrase("the loop"), part=phrase("the part")) == "循环少了（这一部分）"
        assert say("{what} lacks {part}", what="x", part="中 文") == "x 少了中 文"
        assert said(sentences(phrase("That is it."), phrase("That is it."))) == "就是这样。就是这样。"
    assert sentences("One.", "Two.") == "One. Two."


def test_a_name_of_the_code_stays_what_it_is_where_a_message_reads_the_same(chinese):
    chinese["mean"] = "均值"
    with speaking("zh_CN"):
        assert (called("mean"), called(phrase("mean"))) == ("mean", "均值")
