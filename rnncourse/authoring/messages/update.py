"""Bring the catalogues of the problem sets up to date with their sources; what is translated stays."""

import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from rnncourse.authoring.messages.catalogues import catalogue
from rnncourse.authoring.messages.merging import WIDTH
from rnncourse.authoring.messages.notebook import find_messages
from rnncourse.authoring.release import problem_sets
from rnncourse.authoring.source import read_source
from rnncourse.files import write_atomically
from rnncourse.language import ENGLISH, LANGUAGES


def update_catalogues(course):
    """Write each problem set's messages into `locale/<language>/LC_MESSAGES/exercises/<set>.po`.

    A message that was changed keeps its translation, marked fuzzy, to be looked at; one that another set's catalogue
    translates gets the same words. Twice in a row writes the same bytes, and the sources' line numbers are not in it.

    Parameters
    ----------
    course : path
        Where `solutions/` lies.

    Returns
    -------
    written : list of (pathlib.Path, int, int)
        Each catalogue, how many messages are without a translation, and how many have a fuzzy one.
    """
    written = []
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        paths = {name: catalogue(course, name, language) for name in problem_sets(course)}
        catalogues = {name: _updated(course, name, path, language) for name, path in paths.items()}
        known = {}
        for found in catalogues.values():
            known |= {m.id: m.string for m in found if m.id and m.string and not m.fuzzy and m.id not in known}
        for name, found in catalogues.items():
            messages = [message for message in found if message.id]
            for message in messages:
                if message.id in known and (message.fuzzy or not message.string):
                    message.string = known[message.id]
                    message.flags.discard("fuzzy")
            buffer = io.BytesIO()
            write_po(buffer, found, width=WIDTH, ignore_obsolete=True)
            paths[name].parent.mkdir(parents=True, exist_ok=True)
            write_atomically(paths[name], buffer.getvalue().decode())
            written.append((paths[name], sum(not m.string for m in messages), sum(m.fuzzy for m in messages)))
    return written


def _updated(course, name, path, language):
    """Read a catalogue and take in what its problem set says now."""
    about = f"# The messages of solutions/{name}/{name}.py, by the ids of their cells; see CONTRIBUTING.md."
    fresh = Catalog(locale=language, project="rnncourse", header_comment=about, fuzzy=False, charset="utf-8")
    for message, cells in find_messages(read_source(course / "solutions" / name / f"{name}.py")).items():
        fresh.add(message, auto_comments=[", ".join(cells)])
    if not path.is_file():
        return fresh
    with open(path, "rb") as file:
        old = read_po(file, locale=language)
    fresh.creation_date = old.creation_date
    old.update(fresh)
    return old
