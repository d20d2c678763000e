"""Serve everything a page loads from the page's own site: icons, colours, and a real first page."""

import html
import json
import shutil
from pathlib import Path

from book_address import stay_inside
from book_colours import symbol_stylesheet
from book_markup import mend
from book_words import say
from editions import ENGLISH, FOLDERS, pages_of, tag

from rnncourse.addresses import project_address

# The theme copies these; our icons.css and our webpack-macros.html replace them.
UNUSED = ("scripts/fontawesome.js*", "scripts/*.map", "styles/*.map", "vendor/fontawesome", "*webpack-macros.html")

FIRST_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <meta name="description" content="{description}">
  <link rel="canonical" href="{address}{root}.html">
  <link rel="icon" href="_static/favicon.svg" type="image/svg+xml">
  <script>{lead}</script>
  <noscript><meta http-equiv="refresh" content="0; url={root}.html"></noscript>
  <style>
    :root {{ color-scheme: light dark }}
    body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1rem }}
  </style>
</head>
<body>
  <main>
    <h1>{title}</h1>
    <p><a href="{root}.html">{go}</a></p>
  </main>
</body>
</html>
"""
LEAD = """
    let language = null;
    try {{
      language = localStorage.getItem("rnncourse:language");
    }} catch {{}}
    location.replace(({places})[language] ?? "{root}.html");
  """
"""Leads to the edition that was chosen at an earlier visit: see language.js."""


def lead(language, root):
    """Write the script of an edition's first page."""
    places = {tag(name): f"{place}{root}.html" for name, place in FOLDERS.items()} if language == ENGLISH else {}
    return LEAD.format(places=json.dumps(places), root=root)


def write_assets(app):
    """Put the symbols' colours into the site before the pages are written (they carry checksums)."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / "symbols.css").write_text(symbol_stylesheet(), encoding="utf-8")


def outdated_by_static_files(app, env, added, changed, removed):
    """Name a page to write anew where only a style, script or picture has changed: Sphinx copies none without a page.

    Returns
    -------
    names : list of str
    """
    if app.builder.format != "html":
        return []
    copies = Path(app.outdir) / "_static"
    for folder in (Path(app.srcdir) / name for name in app.config.html_static_path):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            copy = copies / path.relative_to(folder)
            if not copy.is_file() or copy.stat().st_mtime < path.stat().st_mtime:
                return [app.config.root_doc]
    return []


def finish(app, exception):
    """Write the site's first page and drop what the theme brought and no page uses."""
    if exception or app.builder.format != "html":
        return
    out, language = Path(app.outdir), app.config.language or ENGLISH
    page = FIRST_PAGE.format(
        language=tag(language),
        title=html.escape(app.config.html_title),
        description=html.escape(say("A course with exercises whose checks name the mistake.")),
        go=say("Open the book"),
        root=app.config.root_doc,
        lead=lead(language, app.config.root_doc),
        address=project_address("Book") + FOLDERS[language],
    )
    (out / "index.html").write_text(page, encoding="utf-8")
    for pattern in UNUSED:
        for path in (out / "_static").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in pages_of(out):
        page = path.read_text(encoding="utf-8")
        if (mended := stay_inside(mend(page), project_address("Book"))) != page:
            path.write_text(mended, encoding="utf-8")


def setup(app):
    app.connect("builder-inited", write_assets)
    app.connect("env-get-outdated", outdated_by_static_files)
    app.add_css_file("symbols.css")
    app.connect("build-finished", finish, priority=400)  # before sphinx_external_toc writes its bare redirect
    return {"parallel_read_safe": True, "parallel_write_safe": True}
