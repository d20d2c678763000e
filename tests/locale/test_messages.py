"""Each message of each catalogue is translated, with all that stands in it, by the words of the glossary."""

import re

import pytest
from support.messages import CATALOGUES, ROOT, entries, glossary, is_formula, lost, marks, misset, renamed

EACH = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))


def listed(found):
    """Write the messages that are at fault below each other."""
    return "\n\n".join(f"{'; '.join(faults)}\n  {message}\n  {said}" for message, said, faults in found)


@EACH
def test_every_message_is_translated(path):
    missing = [message for message, said in entries(path) if not said]
    assert not missing, f"{len(missing)} of {len(entries(path))}: {missing[:5]}"
    assert "#, fuzzy" not in path.read_text(encoding="utf-8").partition("\n\n")[2]


@EACH
def test_maths_code_roles_and_parts_survive(path):
    found = [(message, said, faults) for message, said in entries(path) if said and (faults := lost(message, said))]
    assert not found, listed(found)


@EACH
def test_a_term_is_translated_one_way(path):
    found = [(message, said, faults) for message, said in entries(path) if said and (faults := renamed(message, said))]
    assert not found, listed(found)


@EACH
def test_it_is_set_as_chinese_is(path):
    found = [
        (message, said, faults)
        for message, said in entries(path)
        if said and not is_formula(message) and (faults := misset(said))
    ]
    assert not found, listed(found)


@pytest.mark.parametrize(
    "message, said",
    [
        ("the gradient $dh$ of `h`", "`h` 的梯度"),
        ("see {ref}`the end <sec-update>`", "见{ref}`末尾 <sec-loss>`"),
        ("uses {name} transposed", "用了 {names} 的转置"),
        (r"a = \frac{1}{2} \text{ half}", r"a = \frac{1}{3} \text{ 一半}"),
    ],
)
def test_what_is_lost_is_seen(message, said):
    assert lost(message, said)


def test_titles_and_the_words_of_a_formula_may_differ():
    assert lost("see {ref}`the end <sec-update>`", "见{ref}`末尾 <sec-update>`") == []
    assert lost(r"\frac{1}{2} \text{ half}", r"\frac{1}{2} \text{ 一半}") == []
    assert marks("`a` and `a`") == {"`a`": 2}


def test_another_name_and_wrong_punctuation_are_seen():
    assert renamed("the hidden state", "隐状态") == ["隐状态: say 隐藏状态", "hidden state is not called 隐藏状态"]
    assert misset("梯度,再说") and misset("用numpy 算") and not misset("用 numpy 算，再说 `a`。")


SAID_BY_ITSELF = {"hint", "initialisation", "tolerance", "training"}
"""Words of every day, whose English nobody needs."""


def test_each_term_has_its_english_beside_it_in_the_book():
    pages = [path for path in CATALOGUES if path.parent.name == "book"]
    book = " ".join(said for path in pages for _, said in entries(path))
    beside = " ".join(re.findall(r"（[^）]*）", book)).casefold()
    foreign = [term for term in glossary() if not {word.casefold() for word in term["zh"]} & {*term["en"]}]
    terms = [term for term in foreign if any(word in book for word in term["zh"])]
    assert len(terms) > 90
    missing = {term["en"][0] for term in terms if not any(name.casefold() in beside for name in term["en"])}
    assert missing == SAID_BY_ITSELF
