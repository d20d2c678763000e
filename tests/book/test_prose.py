"""The sources are wrapped once, and no term of a definition list runs into its definition."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "book").glob("*.md"))
FENCE = re.compile(r"^\s*(`{3,})(?!\{dropdown\}|\{margin\}).*?^\s*\1 *$|^---$.*?^---$|^\$\$.*?\$\$ *$", re.M | re.S)
NOT_PROSE = re.compile(r"^\s*(?:$|[|#<%:`]|\(sec-|\$\$)|\\$")


def broken_too_early(text):
    """Pairs of lines of one paragraph of which the first ends early, though the second's first word fits there."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:: |[-*] |\d+\. ))", FENCE.sub("\n", text)):
        lines = paragraph.split("\n")
        longest = max(map(len, lines))
        for line, following in pairwise(lines):
            word = following.strip().split(" ")[0]
            plain = not NOT_PROSE.search(line) and not NOT_PROSE.search(following)
            if plain and "{download}" not in paragraph and len(line) < 0.6 * longest:
                whole = not re.search(r"[`$]", word) or re.fullmatch(r"[`$].*[`$]\S*", word)
                if whole and len(line) + 1 + len(word) <= 0.75 * longest:
                    yield line, following


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_paragraph_was_wrapped_twice(page):
    assert list(broken_too_early(page.read_text(encoding="utf-8"))) == []


def test_a_paragraph_that_was_wrapped_twice_is_found():
    line = "a word " * 16
    assert list(broken_too_early(f"{line}at every\nstep\nof the way, and so on"))
    assert not list(broken_too_early(f"{line}at every step\n{line}\nof the way"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_definition_begins_on_a_line_of_its_own(page):
    assert re.findall(r"^`[^`]+`(?:, `[^`]+`)* : .*", page.read_text(encoding="utf-8"), re.M) == []


def test_no_rendered_paragraph_is_a_term_and_its_definition(site):
    run_in = re.compile(r"<p><code[^>]*>(?:<span class=\"pre\">|</span>|[^<])*</code>(?:, <code.*?</code>)* : ")
    found = {path.name: run_in.findall(path.read_text(encoding="utf-8")) for path in (site / "book").glob("*.html")}
    assert found and {name: terms for name, terms in found.items() if terms} == {}
