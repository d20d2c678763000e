"""Bring a catalogue of translations up to date: what is translated stays, and the same messages give the same bytes."""

import io

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from rnncourse.files import write_atomically

WIDTH = 100
"""How wide a catalogue's lines may be."""


def merged(text, language, messages, about=None):
    """Write a catalogue anew with some messages.

    Parameters
    ----------
    text : str
        The catalogue as it is, in gettext's format; "" if there is none.
    language : str
    messages : dict of str to list of str
        The files that say it, by message.
    about : dict of str to str, optional
        A word on some of them, for who translates.

    Returns
    -------
    text : str
        Its head holds no date, which would change each time. Messages that are gone stand at the end, if they were
        translated, marked `#~`.
    """
    old = read_po(io.BytesIO(text.encode()), locale=language)
    before = [message for message in [*old.obsolete.values(), *old] if message.id and message.string]
    said = {message.id: message.string for message in before if not message.fuzzy}
    new, about = Catalog(locale=language, fuzzy=False), about or {}
    for message, files in messages.items():
        comments = [about[message]] if about.get(message) else []
        locations = [(file, 0) for file in files]
        new.add(message, said.get(message, ""), locations=locations, auto_comments=comments).flags.clear()
    new.obsolete = {message.id: message for message in before if message.id not in messages}
    written = io.BytesIO()
    write_po(written, new, width=WIDTH, omit_header=True, include_lineno=False)
    head = [f"Language: {language}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"]
    head += ["Content-Transfer-Encoding: 8bit", f"Plural-Forms: {new.plural_forms}"]
    lines = "\n".join(f'"{line}\\n"' for line in head)
    return f'msgid ""\nmsgstr ""\n{lines}\n\n{written.getvalue().decode().strip()}\n'


def update(path, language, messages, about=None):
    """Bring a file up to date; returns how many of its messages have no translation.

    Parameters
    ----------
    path : Path
    language : str
    messages : dict of str to list of str
    about : dict of str to str, optional

    Returns
    -------
    untranslated : int
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = merged(text, language, messages, about)
    if new != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, new)
    return sum(not message.string for message in read_po(io.BytesIO(new.encode())) if message.id)
