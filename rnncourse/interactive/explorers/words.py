"""Hand an explorer's modules the messages that they say, in the language in use."""

import json
import re

from rnncourse import language

MODULE = "words.js"
"""Holds the messages of all modules of an explorer, and says them."""
PLACE = "const said = {};"
"""What stands in it where they go."""
_TOLD = re.compile(r'\btell\(\s*((?:"(?:[^"\\\n]|\\.)*"\s*\+?\s*)+)')
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def told_messages(source):
    """List the messages that a module tells, in order.

    Parameters
    ----------
    source : str
        JavaScript, in which `tell` is given a text in double quotes, or a sum of such texts.

    Returns
    -------
    messages : list of str
    """
    return ["".join(map(json.loads, _STRING.findall(found[1]))) for found in _TOLD.finditer(source)]


def with_words(modules):
    """Put the translations of all that the modules tell into the one that says it; in English there are none.

    Parameters
    ----------
    modules : list of (str, str)
        Names and sources.

    Returns
    -------
    modules : list of (str, str)
    """
    known = language.messages(language.language())
    told = [message for _, source in modules for message in told_messages(source)]
    for message in told:
        language.record(message)
    said = {message: known[message] for message in told if message in known}
    words = f"const said = {json.dumps(said)};" if said else PLACE
    return [(name, source.replace(PLACE, words) if name == MODULE else source) for name, source in modules]
