"""Tell words from maths, code and tags: only a text with words of its own is a message."""

import re

_MATHS = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$]+\$", re.DOTALL)
_IN_MATHS = re.compile(r"\\text\{([^}]*)\}")
_OTHERS = re.compile(r"`[^`]+`|<[^>]+>|https?://\S+")
_WORD = re.compile(r"[A-Za-z]{2,}")


def has_words(text):
    """Tell whether a text has something to translate: a word outside of maths, code and tags, or in maths as text."""
    maths = " ".join(" ".join(_IN_MATHS.findall(formula)) for formula in _MATHS.findall(text))
    return bool(_WORD.search(f"{maths} {_OTHERS.sub(' ', _MATHS.sub(' ', text))}"))
