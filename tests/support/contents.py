"""Read the book's table of contents."""

from pathlib import Path

import yaml

TOC = Path(__file__).parents[2] / "_toc.yml"


def book_pages(path=TOC):
    """List the pages of the book in their order, the home page first.

    Returns
    -------
    pages : list of str
        "book/index", "book/00_notation" ...
    """
    contents = yaml.safe_load(path.read_text(encoding="utf-8"))

    def below(entry):
        for page in (*entry.get("chapters", ()), *entry.get("sections", ())):
            yield page["file"]
            yield from below(page)

    return [contents["root"], *(page for part in contents["parts"] for page in below(part))]
