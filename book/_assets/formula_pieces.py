"""Cut a long formula in a line into pieces, between which the line may end: a browser breaks no MathML, and cuts it."""

import re

TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[^\\]", re.S)
OPENING, CLOSING = {*"{([", r"\{", r"\begin", r"\langle"}, {*"})]", r"\}", r"\end", r"\rangle"}
RELATIONS = {"=", r"\approx", r"\sim", r"\le", r"\ge", r"\to", r"\propto"}
SUMS = {"+", "-", r"\odot"}
UNSEEN = {*"{}^_&~ \n", r"\mathrm", r"\mathcal", r"\mathbf", r"\text", r"\left", r"\right", r"\,", r"\;", r"\ ", r"\!"}
LONG = 26
"""Signs that a phone has room for in a line."""


def _tokens(tex):
    """Pair each token with the number of brackets that it stands in; the delimiter of a `\\left` is a part of it."""
    depth, delimiter = 0, False
    for token in TOKEN.findall(tex):
        if delimiter:
            delimiter = False
        elif token in (r"\left", r"\right"):
            depth += 1 if token == r"\left" else -1
            delimiter = True
        elif token in OPENING:
            depth += 1
        elif token in CLOSING:
            depth -= 1
        yield token, depth


def _length(tokens):
    """Count the signs that are seen."""
    return sum(token not in UNSEEN for token, _ in tokens)


def _cut(tokens, signs):
    """Cut before each of the signs that stands in no bracket and has something before it."""
    parts = [[]]
    for token, depth in tokens:
        if token in signs and depth == 0 and parts[-1] and _length(parts[-1]):
            parts.append([])
        parts[-1].append((token, depth))
    return parts


def pieces(tex):
    r"""Cut a formula that is too long for a phone: before each relation, and a part that is still too long before sums.

    Parameters
    ----------
    tex : str

    Returns
    -------
    list of str
        TeX; a later piece begins with ``{}``, so that its first sign has the room of one between two terms.
    """
    tokens = list(_tokens(tex))
    if _length(tokens) <= LONG or tokens[-1][1] != 0:
        return [tex]
    found = []
    for part in _cut(tokens, RELATIONS):
        found += _cut(part, SUMS) if _length(part) > LONG else [part]
    texts = ["".join(token for token, _ in part).strip() for part in found]
    return [texts[0], *("{}" + text for text in texts[1:])]
