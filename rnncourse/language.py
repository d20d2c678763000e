"""Say what a person reads in their language: English, or one for which `rnncourse/locale` holds the messages.

A message is an English template, `"uses {name} transposed"`; its parts are filled in after it is translated, so that
each language orders them as its grammar wants. A message without a translation is said in English. What is kept, and
said later, is a `Phrase`: to all that compare or store it a piece of English.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, reduce
from pathlib import Path

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh_CN")
VARIABLE = "RNNCOURSE_LANGUAGE"
RECORD = "RNNCOURSE_SAID"
"""Names a file for what is said: the book executes a page again only where its outputs say something translated."""
FOLDER = Path(__file__).parent / "locale"

SEAM = "\ue000"
"""Marks where a part begins and ends, until it is in its place."""

_CHARACTER, _MARK = "[\u2e80-\u9fff\uf900-\ufaff]", "[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]"
_GAP = f"(?:{SEAM}+ {SEAM}*|{SEAM}* {SEAM}+)"
_CHINESE_SEAM = re.compile(f"(?<={_CHARACTER}){_GAP}(?={_CHARACTER})|(?<={_MARK}){_GAP}|{_GAP}(?={_MARK})")
"""The gap that a template leaves for a name of the code, where its part is Chinese."""

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
    """Translate a template and fill in its parts, `Phrase`s translated; without parts, braces stand for themselves."""
    return _said(template, parts)


def _said(template: str, parts: dict[str, object]) -> str:
    record(template)
    here = language()
    text = messages(here).get(template, template)
    if not parts:
        return text
    return fill_in(text, parts)


def fill_in(text: str, parts: dict[str, object]) -> str:
    """Put parts, `Phrase`s translated, into a template that is translated; HTML in a `Markup` escapes those of text."""
    filled = {name: said(part) if isinstance(part, Phrase) else part for name, part in parts.items()}
    if language() == ENGLISH:
        return text.format(**filled)
    marked = {name: SEAM + part + SEAM if isinstance(part, str) else part for name, part in filled.items()}
    return _CHINESE_SEAM.sub("", text.format(**marked)).replace(SEAM, "")


class Phrase(str):
    """English, and what it takes to say it in another language: a template, and its parts."""

    template: str
    parts: dict[str, object]


def phrase(template: str, /, **parts: object) -> Phrase:
    """Make a phrase of a template and its parts, among which may be other phrases; `said` translates it later."""
    made = Phrase(template.format(**parts) if parts else template)
    made.template, made.parts = template, parts
    return made


def said(text: str) -> str:
    """Say a phrase, or another text that is a message as it stands, in the language in use."""
    return _said(text.template, text.parts) if isinstance(text, Phrase) else _said(text, {})


def called(name: str) -> str:
    """Say what an output is called: a phrase in the language in use, a name of the code, `mean`, as it stands."""
    return said(name) if isinstance(name, Phrase) else name


def row(names: Iterable[str]) -> str:
    """Put names in a row, with commas."""
    return reduce(lambda some, more: phrase("{some}, {more}", some=some, more=more), names)


def enumeration(names: Iterable[str]) -> str:
    """Put names in a row, with "and" before the last one."""
    *others, last = names
    return phrase("{some} and {last}", some=row(others), last=last) if others else last


def sentences(*texts: str) -> str:
    """Put sentences one after another."""
    return reduce(lambda one, other: phrase("{one} {other}", one=one, other=other), texts)


def record(template: str) -> None:
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
