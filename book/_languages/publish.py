"""Publish a translated edition into the site: its pages, and no second copy of what the English edition holds."""

import re
import shutil
import tempfile
from pathlib import Path

from editions import pages_of

OWN = ("documentation_options.js", "language_data.js", "translations.js", "exercise/sets.json", "exercise/*.ipynb")
"""What of `_static` is in an edition's language."""
TOP = ("searchindex.js",)
"""What else an edition has of its own."""
STYLE = re.compile(r"_static/book/all\.css\?v=\w+")


def own_files(made):
    """List the files of a built edition, besides its pages, that are in its language."""
    static = Path(made) / "_static"
    return [path for pattern in OWN for path in sorted(static.glob(pattern))] + [Path(made) / name for name in TOP]


def share(page, depth, own, style):
    """Let a page use the files that the English edition holds.

    Parameters
    ----------
    page : str
    depth : int
        How many folders the edition lies below the English one.
    own : iterable of str
        What is not shared, by its path within `_static`.
    style : str
        The stylesheet as the English pages link it.

    Returns
    -------
    page : str
    """
    kept = "|".join(re.escape(name) for name in own)
    shared = rf"((?:href|src)=[\"'](?:\.\./)*)(?=_sources/|_static/(?!(?:{kept})\b))"
    return re.sub(shared, rf"\g<1>{'../' * depth}", STYLE.sub(style, page))


def publish(made, site, place):
    """Put a built edition into the site, in place of an older one.

    Parameters
    ----------
    made : Path
        Where it was built.
    site : Path
        The folder of the English edition.
    place : str
        Where in it the edition lies: "zh/".
    """
    own = own_files(made)
    names = [path.relative_to(made / "_static").as_posix() for path in own if path.is_relative_to(made / "_static")]
    style = STYLE.search((site / "search.html").read_text(encoding="utf-8"))[0]
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        new = Path(folder) / "new"
        for path in [*own, *pages_of(made)]:
            target = new / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".html":
                page = share(path.read_text(encoding="utf-8"), place.count("/"), names, style)
                target.write_text(page, encoding="utf-8")
            else:
                shutil.copyfile(path, target)
        shutil.rmtree(site / place, ignore_errors=True)
        new.rename(site / place)
