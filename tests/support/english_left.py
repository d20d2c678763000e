"""Find the English on a page in another language: what is read, shown or spoken, and is not English on purpose."""

import re
from html.parser import HTMLParser

READ_OUT = ("alt", "aria-label", "data-bs-title", "placeholder", "title")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNREAD = {"math", "script", "style", "template"}
WORDS = re.compile(r"(?<![\w.\\-])[A-Za-z][a-z'-]+(?:[,:;]? [A-Za-z][a-z'-]*[a-z])+(?![\w(=])")
"""Two ordinary words in a row, or more: no symbol, no name of the code."""


class Texts(HTMLParser):
    """Collects what a reader meets: texts, comments of code, what cells have printed, and attributes."""

    def __init__(self):
        super().__init__()
        self.found, self._inside = [], []

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        classes = set((about.get("class") or "").split())
        self.found += [about[name] for name in READ_OUT if about.get(name)]
        if tag not in VOID:
            self._inside.append((tag, classes))

    def handle_endtag(self, tag):
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = {tag for tag, _ in self._inside}
        classes = set().union(*(found for _, found in self._inside))
        is_code = tags & {"code", "pre"} and not classes & {"c1", "sd", "output"}
        if not tags & UNREAD and not is_code:
            self.found.append(data)


def english(page, on_purpose):
    """List the English words in a row of a page.

    Parameters
    ----------
    page : str
        HTML.
    on_purpose : iterable of str
        Patterns of what is English there and shall be.

    Returns
    -------
    found : list of str
    """
    texts, allowed = Texts(), re.compile("|".join(on_purpose))
    texts.feed(page)
    return [words for text in texts.found for words in WORDS.findall(allowed.sub(" ¶ ", " ".join(text.split())))]
