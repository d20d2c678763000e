"""Make the finished pages light: one stylesheet with the rules that they use, and no script that the page waits for.

The theme links a dozen stylesheets, and on each page the index of the search, which only the page of the search reads.
"""

import hashlib
import json
import re
import subprocess
from pathlib import Path

from book_exercise import ESBUILD
from editions import pages_of
from sphinx.errors import ExtensionError
from stylesheet import prune, words

STYLE = re.compile(r'<link\b[^>]*\bhref="([^"?]+\.css)(?:\?[^"]*)?"[^>]*>\s*')
MATHS_FONT = "stix-two-math.woff2"
PRELOAD = '<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>\n'
"""Asks for the font of formulas with the page, not after its style: no formula changes its size before the reader."""
SCRIPT = re.compile(r'<script(?=[^>]*\bsrc="([^"?]+)[^"]*")(?![^>]*\b(?:defer|async|type="module"))')
SEARCH = re.compile(r'\s*<script[^>]*src="[^"]*/?(?:searchtools|language_data|searchindex)\.js[^"]*"[^>]*></script>')
FONT = re.compile(r"@font-face\{[^}]*fontawesome[^}]*\}")
MEASURED = "e.scrollWidth>e.clientWidth||"
UNMEASURED = "e.checkVisibility?.({contentVisibilityAuto:!0})===!1||"
FIRST = "documentation_options.js"
"""Scripts in the page itself read what this one sets."""


def light_scripts(page, searches):
    """Let a page's scripts wait for the page, and drop the search's where the page does not search.

    Parameters
    ----------
    page : str
    searches : bool

    Returns
    -------
    page : str
    """
    if not searches:
        page = SEARCH.sub("", page)
    return SCRIPT.sub(lambda found: found[0] if found[1].endswith(FIRST) else f"{found[0]} defer", page)


def stylesheets(pages):
    """List the stylesheets that pages link, in an order that is every page's own.

    Parameters
    ----------
    pages : dict of Path to str

    Returns
    -------
    paths : list of Path
    """
    linked = [[(path.parent / link).resolve() for link in STYLE.findall(page)] for path, page in pages.items()]
    return list(dict.fromkeys(style for styles in sorted(linked, key=len, reverse=True) for style in styles))


def sources(pages, entry, noted):
    """List the stylesheets to bundle: those that fresh pages link, and those that were noted when others were fresh.

    Parameters
    ----------
    pages : dict of Path to str
        A page of an earlier build links the bundle.
    entry : Path
        The bundle.
    noted : Path
        A file of JSON, which is brought up to date.

    Returns
    -------
    paths : list of Path
    """
    known = [Path(path) for path in json.loads(noted.read_text(encoding="utf-8"))] if noted.is_file() else []
    fresh = [path for path in stylesheets(pages) if path != entry.resolve()]
    found = [path for path in dict.fromkeys([*fresh, *known]) if path.is_file()]
    noted.write_text(json.dumps(list(map(str, found))), encoding="utf-8")
    return found


def bundle(styles, out):
    """Write stylesheets, with what they import, as one; fonts and pictures go beside it."""
    entry = out / "all.css"
    entry.write_text("".join(f'@import "{style.as_posix()}";\n' for style in styles), encoding="utf-8")
    options = [f"--loader:.{kind}=file" for kind in ("woff2", "png", "svg")]
    options += ["--bundle", "--minify", "--asset-names=[name]", "--allow-overwrite", "--log-level=warning"]
    options += ["--external:../vendor/fontawesome/*"]  # book_assets leaves these out
    subprocess.run([ESBUILD, entry, *options, f"--outfile={entry}"], check=True)
    return entry


def leave_unmeasured(out):
    """Let the theme's script take what is not laid out yet for scrollable; scrollable.js measures it when it is near.

    To measure it on the spot would lay out the whole page at once.
    """
    path = out / "_static" / "scripts" / "pydata-sphinx-theme.js"
    script = path.read_text(encoding="utf-8")
    if UNMEASURED + MEASURED not in script:
        if MEASURED not in script:
            raise ExtensionError(f"{path} measures what scrolls in another way than {MEASURED!r}: change book_light.py")
        path.write_text(script.replace(MEASURED, UNMEASURED + MEASURED), encoding="utf-8")


def lighten(app, exception):
    """Rewrite the finished pages of the book."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in pages_of(out)}
    pages = {path: page for path, page in pages.items() if STYLE.search(page)}
    if not pages:
        return
    leave_unmeasured(out)
    folder = out / "_static" / "book"
    folder.mkdir(exist_ok=True)
    entry = bundle(sources(pages, folder / "all.css", Path(app.doctreedir) / "stylesheets.json"), folder)
    scripts = [path.read_text(encoding="utf-8") for path in (out / "_static").rglob("*.js")]
    css = FONT.sub("", entry.read_text(encoding="utf-8"))
    css = prune(css, words([*pages.values(), *scripts]))
    entry.write_text(css, encoding="utf-8")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, page in pages.items():
        root = "../" * (len(path.relative_to(out).parts) - 1)
        link = f'<link rel="stylesheet" href="{root}_static/book/all.css?v={version}">\n'
        if "<math" in page:
            link = PRELOAD.format(font=f"{root}_static/book/{MATHS_FONT}") + link
        first = STYLE.search(page).start()
        page = page[:first] + link + STYLE.sub("", page[first:])
        path.write_text(light_scripts(page, path.name == "search.html"), encoding="utf-8")


def setup(app):
    app.connect("build-finished", lighten, priority=950)  # after all that write pages or styles
    return {"parallel_read_safe": True, "parallel_write_safe": True}
