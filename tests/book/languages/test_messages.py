"""The catalogues hold what the book says, all of it and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest
from interface import interface_messages
from messages import ROOT, code_messages, stale
from support.contents import book_pages

MESSAGES = Path(ROOT) / "locale" / "zh_CN" / "LC_MESSAGES"


@pytest.mark.slow
def test_no_catalogue_is_stale():
    command = [sys.executable, ROOT / "book" / "_languages" / "messages.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]


def test_no_catalogue_of_code_or_of_the_book_s_own_words_is_stale():
    # A sentence of a page that no catalogue has is English on its Chinese page, and found by test_english_left.py.
    found = code_messages() | {"interface": interface_messages(Path(ROOT))}
    faults = [fault for name, messages in found.items() for fault in stale(MESSAGES / f"{name}.po", messages)]
    assert faults == [], "run `make messages`, and translate"


def test_each_page_has_a_catalogue():
    assert not [page for page in book_pages() if not (MESSAGES / f"{page}.po").is_file()]
    assert {f"book_code/{path.stem}" for path in (MESSAGES / "book_code").glob("*.po")} == code_messages().keys()


def test_what_is_stale_is_named(tmp_path):
    path = tmp_path / "page.po"
    assert stale(path, ["new"]) == ["page.po lacks 'new'"]
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "old"\nmsgstr "旧"\n\nmsgid "kept"\nmsgstr ""\n', encoding="utf-8")
    assert stale(path, ["new", "kept"]) == ["page.po lacks 'new'", "nobody says 'old' of page.po"]
