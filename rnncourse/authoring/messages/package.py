"""List what the package says to people, and keep the catalogues of its translations up to date.

A message is the template of a `say("...")` or a `phrase("...")`, wherever in the package it stands, or what a table
holds: a sentence of the list of mistakes, a title of the book. `python -m rnncourse.authoring.messages.package` writes
them into each language's `rnncourse.po`: translations that are there stay, new messages come without one, and what is
said no more is kept at the end, marked `#~`.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from rnncourse.authoring.messages.merging import merged
from rnncourse.authoring.messages.sources import messages_of
from rnncourse.checks.reporting import sections
from rnncourse.files import write_atomically
from rnncourse.language import ENGLISH, FOLDER, LANGUAGES
from rnncourse.misconceptions import CATALOGUE

PACKAGE = Path(__file__).parents[2]

SOURCES = (".py", ".js", ".j2")
"""How the names of files end that say something."""


@dataclass(frozen=True)
class Message:
    """One message: its English, the file that says it, from the package's folder on, and a word on it."""

    text: str
    file: str
    about: str = ""


def catalogue_messages():
    """List what the list of mistakes says: of each mistake what the function does, and the hint."""
    folder, messages = PACKAGE / "misconceptions", []
    files = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}
    for exercise, records in CATALOGUE.items():
        for record in records:
            room = [path for path, text in files.items() if f'"{record.label}"' in text and f'"{exercise}' in text]
            file = (room or [*folder.rglob(f"{exercise}.py")])[0].relative_to(PACKAGE).as_posix()
            messages += [Message(text, file, f"{exercise}: {record.label}") for text in (record.says, record.hint)]
    return messages


def title_messages():
    """List the titles of the book's chapters and sections to which a report may point."""
    titles = [*sections.CHAPTERS.values(), *sections.SECTIONS.values()]
    return [Message(title, "checks/reporting/sections.py", "a title, as the book has it") for title in titles]


def all_messages():
    """List all messages of the package, by file; one that several files say stands once for each.

    Returns
    -------
    messages : list of Message
    """
    messages = catalogue_messages() + title_messages()
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in SOURCES):
        file = path.relative_to(PACKAGE).as_posix()
        messages += [Message(text, file) for text in messages_of(path.read_text(encoding="utf-8"), file)]
    return sorted(messages, key=lambda message: message.file)


def updated(text, language, messages):
    """Bring a catalogue up to date with a list of `Message`s; see `merging.merged`."""
    files, about = {}, {}
    for message in messages:
        files.setdefault(message.text, []).append(message.file)
        about.setdefault(message.text, message.about)
    return merged(text, language, {text: [*dict.fromkeys(names)] for text, names in files.items()}, about)


def update_package_catalogues():
    """Update the catalogue of each language; yields its path, how many messages it has, and how many are translated."""
    messages = all_messages()
    for language in LANGUAGES:
        if language != ENGLISH:
            path = FOLDER / language / "LC_MESSAGES" / "rnncourse.po"
            text = updated(path.read_text(encoding="utf-8") if path.exists() else "", language, messages)
            write_atomically(path, text)
            entries = [message for message in read_po(io.BytesIO(text.encode())) if message.id]
            yield path, len(entries), sum(bool(message.string) for message in entries)
