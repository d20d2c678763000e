"""Translate what a reader reads in a page's other code: blocks that are not executed, and pieces of the package."""

import re
from pathlib import Path
from types import SimpleNamespace

from sphinx.directives.code import LiteralIncludeReader

from rnncourse.authoring.messages.code import translate_code
from rnncourse.authoring.messages.words import has_words

BLOCK = re.compile(r"^```(?P<language>python|toml|bash)\n(?P<code>.*?)(?=^``` *$)", re.MULTILINE | re.DOTALL)
INCLUDE = re.compile(r"^```\{literalinclude\} (?P<file>\S+)\n(?P<options>(?::[^\n]*\n)*)", re.MULTILINE)
OPTION = re.compile(r'^:([\w-]+): *"?(.*?)"?$', re.MULTILINE)
COMMENT = re.compile(r"(?:(?<=^# )|(?<= # )).*$", re.MULTILINE)


def translate_block(code, language, say):
    """Translate a block's comments, and what else is said in Python.

    Parameters
    ----------
    code, language : str
    say : callable
        From a message, as it stands in the source, to its translation.

    Returns
    -------
    code : str
    """
    if language == "python":
        return translate_code(code, say)
    return COMMENT.sub(lambda found: say(found[0]) if has_words(found[0]) else found[0], code)


def included(folder, found):
    """Read the piece of a file that a page includes.

    Parameters
    ----------
    folder : path
        That of the page.
    found : re.Match
        Of `INCLUDE`.

    Returns
    -------
    code, language : str
    """
    options = dict(OPTION.findall(found["options"]))
    options |= {"dedent": int(options["dedent"])} if "dedent" in options else {}
    reader = LiteralIncludeReader(Path(folder) / found["file"], options, SimpleNamespace(source_encoding="utf-8"))
    return reader.read()[0], options["language"]


def block_messages(page, folder):
    """List the messages of a page's code that is not executed, each once.

    Parameters
    ----------
    page : str
        MyST Markdown.
    folder : path
        Where it lies.

    Returns
    -------
    messages : list of str
    """
    blocks = [(found["code"], found["language"]) for found in BLOCK.finditer(page)]
    blocks += [included(folder, found) for found in INCLUDE.finditer(page)]
    messages = {}
    for code, language in blocks:
        translate_block(code, language, lambda message: messages.setdefault(message, message))
    return list(messages)
