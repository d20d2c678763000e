"""Say what a person reads in their language: English, or one for which `rnncourse/locale` holds the messages.

A message is an English template, `"uses {name} transposed"`; its parts are filled in after it is translated, so that
each language orders them as its grammar wants. A message without a translation is said in English.
"""

import ast
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh_CN")
VARIABLE = "RNNCOURSE_LANGUAGE"
RECORD = "RNNCOURSE_SAID"
"""Names a file for what is said: the book executes a page again only where its outputs say something translated."""
FOLDER = Path(__file__).parent / "locale"

_chosen: list[str] = []  # the innermost `speaking` is last
_recorded: set[str] = set()


def language() -> str:
    """Return the language in use: the innermost `speaking`, else what `RNNCOURSE_LANGUAGE` names, else English."""
    if _chosen:
        return _chosen[-1]
    named = os.environ.get(VARIABLE, "").partition(".")[0].replace("-", "_")
    return named if named in LANGUAGES else ENGLISH


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Say all messages in one language for a while.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if name not in LANGUAGES:
        raise ValueError(f"There is no language {name!r} here; choose one of {', '.join(LANGUAGES)}.")
    _chosen.append(name)
    try:
        yield
    finally:
        _chosen.pop()


def say(template: str, /, **parts: object) -> str:
    """Translate a template and fill in its parts; without parts, braces stand for themselves."""
    _record(template)
    said = messages(language()).get(template, template)
    return said.format(**parts) if parts else said


def _record(template: str) -> None:
    """Add a template to the file that `RNNCOURSE_SAID` names, if it does: one a line, as Python writes a string."""
    path = os.environ.get(RECORD)
    if path and template not in _recorded:
        _recorded.add(template)
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{template!r}\n")


@cache
def messages(name: str) -> dict[str, str]:
    """Read a language's translations; English has none."""
    if name == ENGLISH:
        return {}
    path = FOLDER / name / "LC_MESSAGES" / "rnncourse.po"
    return {entry: text for entry, text in read_po(path.read_text(encoding="utf-8")) if entry and text}


def read_po(text: str) -> Iterator[tuple[str, str]]:
    """Read each message and its translation from a catalogue in gettext's format, without the fuzzy ones."""
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        field = ""
        for line in filter(None, block.split("\n")):
            if line.startswith("#"):
                if line.startswith("#~") or (line.startswith("#,") and "fuzzy" in line):
                    fields = {}
                    break
                continue
            if not line.startswith('"'):
                field, _, line = line.partition(" ")
            fields[field] = fields.get(field, "") + ast.literal_eval(line)
        if "msgid" in fields:
            yield fields["msgid"], fields.get("msgstr", "")
