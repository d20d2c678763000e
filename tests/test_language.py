"""A message is said in the reader's language, and in English where that has no words for it."""

import pytest

from rnncourse.language import RECORD, VARIABLE, language, messages, read_po, say, speaking

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
