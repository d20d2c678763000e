"""Of a stylesheet stays what pages can use, and what it does to them stays the same."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "book" / room) for room in ("_assets", "_ext", "_python")]

from stylesheet import is_used, prune, words  # noqa: E402

KNOWN = words(['<p class="lead note">', 'button.classList.add("is-open")'])


@pytest.mark.parametrize(
    "selector, used",
    [
        ("p", True),
        (".lead", True),
        (".lead .note > a:hover", True),
        (".is-open", True),
        (".lead .gone", False),
        (".lead:not(.gone)", True),
        ('[class*="fa-"].lead', True),
        (".bs-popover-auto", True),
        ("#gone", False),
    ],
)
def test_a_selector_is_used_where_all_it_names_can_be_there(selector, used):
    assert is_used(selector, KNOWN) is used


def test_only_the_rules_that_can_apply_are_kept():
    css = (
        ".lead,.gone{color:red}.gone b{top:0}@media (width>9px){.gone{top:1px}.note{top:2px}}@media print{.gone{top:0}}"
    )
    assert prune(css, KNOWN) == ".lead{color:red}@media (width>9px){.note{top:2px}}"


def test_alternatives_are_kept_whole():
    css = ":is(.gone,.lead) p{top:0}.gone :is(.lead){top:1px}"
    assert prune(css, KNOWN) == ":is(.gone,.lead) p{top:0}"


def test_what_is_no_rule_for_an_element_stays():
    css = "@font-face{font-family:a}@keyframes turn{to{top:0}}"
    assert prune(css, KNOWN) == css
