"""Bring the book's catalogues up to date with its sources: `make messages`; with `--check`, say what is not.

Each page has two, `book` for its text and `book_code` for its code; `interface.po` has what the book says itself.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po
from blocks import block_messages
from cells import cell_messages
from editions import ENGLISH, FOLDERS
from interface import interface_messages
from jupyter_book.sphinx import build_sphinx

from rnncourse.authoring.messages.merging import update
from rnncourse.language import read_po as read_entries

ROOT = Path(__file__).resolve().parents[2]
OVERRIDES = {
    "external_toc_path": str(ROOT / "_toc.yml"),
    "gettext_additional_targets": ["image"],
    "gettext_compact": False,  # a catalogue a page
    "latex_individualpages": False,  # Jupyter Book asks for it
    "nb_execution_mode": "off",
}


def text_messages(folder):
    """Extract the messages of the pages' texts, without those of docstrings, which are English in every edition.

    Parameters
    ----------
    folder : path
        An empty one, to build in.

    Returns
    -------
    messages : dict of str to list of str
        In their order, by page.
    """
    made = Path(folder) / "gettext"
    options = {"noconfig": True, "path_config": ROOT / "_config.yml", "builder": "gettext", "really_quiet": True}
    status = build_sphinx(ROOT, made, confoverrides=dict(OVERRIDES), **options)
    if isinstance(status, Exception) or status:
        raise SystemExit("the messages of the pages could not be extracted; `make book` says why")
    found = {}
    for path in sorted(made.rglob("*.pot")):
        page = path.relative_to(made).with_suffix("").as_posix()
        if page.startswith("book/"):
            with open(path, "rb") as file:
                found[page] = [message.id for message in read_po(file) if message.id and _in_page(message)]
    return found


def _in_page(message):
    """Tell whether a message stands in a page itself, not in a module that the page documents."""
    return any(file.endswith(".md") for file, _ in message.locations)


def code_messages():
    """Extract the messages of the pages' code, by page; pages without any are left out."""
    found = {}
    for path in sorted((ROOT / "book").glob("*.md")):
        page = path.read_text(encoding="utf-8")
        messages = cell_messages(page)
        messages += [message for message in block_messages(page, path.parent) if message not in messages]
        if messages:
            found[f"book_code/{path.stem}"] = messages
    return found


def all_messages(folder):
    """Extract all messages.

    Parameters
    ----------
    folder : path
        An empty one, to build in.

    Returns
    -------
    messages : dict of dict
        By catalogue, by message: the files that say it.
    """
    pages = text_messages(folder) | code_messages()
    found = {"interface": interface_messages(ROOT)}
    for name, said in pages.items():
        found[name] = {message: [f"book/{Path(name).name}.md"] for message in said}
    return found


def stale(path, messages):
    """List what a catalogue lacks, and what it has that nobody says.

    Parameters
    ----------
    path : Path
    messages : iterable of str

    Returns
    -------
    faults : list of str
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    known = {message for message, _ in read_entries(text) if message}
    lacking = [f"{path.name} lacks {message!r}" for message in messages if message not in known]
    return lacking + [f"nobody says {message!r} of {path.name}" for message in sorted(known - set(messages))]


def main():
    """Update the catalogues of each language, or check them, and say what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a catalogue is stale")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        found = all_messages(folder)
    faults = []
    for language in (language for language in FOLDERS if language != ENGLISH):
        for name, messages in found.items():
            path = ROOT / "locale" / language / "LC_MESSAGES" / f"{name}.po"
            if check:
                faults += stale(path, messages)
            elif untranslated := update(path, language, messages):
                print(f"{path.relative_to(ROOT)}: {untranslated} of {len(messages)} to translate")
    sys.exit("\n".join([*faults, "run `make messages`, and translate"]) if faults else 0)


if __name__ == "__main__":
    main()
