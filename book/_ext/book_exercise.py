"""Put an exercise where its derivation ends: ``{exercise} rnn_backward``; and say what is done: ``{progress}``.

What a page holds is text: the task, the starter code, the hints. `book/_exercise` makes an editor of it.
"""

import html
import json
import shutil
import subprocess
from pathlib import Path

import nbformat
from book_words import say
from docutils import nodes
from docutils.statemachine import StringList
from editions import is_english
from problem_sets import chapters, exercise_titled, read_notebook, read_sets
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "book" / "_exercise"
ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"


class exercise(nodes.Element, nodes.General):
    """Hold an exercise: its attributes become data-* attributes."""


def _raw(text):
    return nodes.raw("", text, format="html")


def _counted(name):
    """Mark the link to an exercise that can be done in the page: a script counts these."""
    return "" if exercise_titled(name)[1]["torch"] else f" data-exercise='{name}'"


class Exercise(SphinxDirective):
    """Show an exercise: title, task, starter code, hints."""

    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        problem_set, found = exercise_titled(name)
        node = exercise(name=name, set=problem_set, points=found["points"], torch=found["torch"])
        node["ids"] = [f"exercise-{name}"]
        self.state.document.note_explicit_target(node)
        self.env.metadata[self.env.docname]["exercise"] = "yes"
        points = say("{points} points", points=f"{found['points']:g}")
        node += _raw(
            f"<p class='exercise-title'><span>{say('Exercise')} · {html.escape(found['title'])}</span> "
            f"<code>{name}</code> · {points} "
            "<span class='exercise-state'></span></p>"
        )
        node += self._fold(say("The task"), found["task"])
        if found["torch"]:
            without = say(
                "This one needs PyTorch, which has no build for the browser: do it in JupyterLab, "
                "in the notebook {notebook}.",
                notebook=f"{problem_set}.ipynb",
            )
            node += nodes.paragraph("", without, classes=["exercise-note"])
        code = nodes.literal_block(found["starter"], found["starter"], language="python")
        node += nodes.container("", code, classes=["exercise-code"])
        if found["hints"]:
            node += self._fold(say("Hints"), found["hints"], "exercise-hints")
        return [node]

    def _fold(self, title, text, kind="exercise-task"):
        """Parse Markdown into something folded."""
        box = nodes.container("")
        lines = text.split("\n")
        self.state.nested_parse(StringList(lines, self.env.docname), self.lineno, box)
        start = _raw(f"<details class='{kind}'><summary>{title}</summary>")
        return [start, *box.children, _raw("</details>")]


class Progress(SphinxDirective):
    """List the exercises of a page's chapter, or of all: a script marks what is done."""

    optional_arguments = 1

    def run(self):
        wanted = self.arguments[0] if self.arguments else None
        self.env.metadata[self.env.docname]["exercise"] = "yes"
        node = nodes.container(classes=["exercise-progress"])
        here = Path(self.env.docname).name
        for number, exercises in chapters().items():
            if wanted == "all" or here.startswith(f"{number:02}_"):
                node += _raw(self._row(number, exercises, wanted == "all", here))
        if wanted == "all":
            node += nodes.paragraph(
                "", say("Practice: what you write stays in this browser. Nothing is sent anywhere.")
            )
        return [node]

    def _row(self, number, exercises, titled, here):
        folder = "" if "/" in self.env.docname else "book/"
        links = " ".join(
            f"<a href='{'' if page == here else f'{folder}{page}.html'}#exercise-{name}'{_counted(name)}>"
            f"<code>{name}</code></a>"
            for page, name in exercises
        )
        chapter = say("Chapter {number}", number=number)
        head = f"<span class='exercise-chapter'>{chapter}</span>" if titled else say("In this chapter:")
        return f"<p>{head} {links} <span class='exercise-count'></span></p>"


def visit(translator, node):
    """Open the section of an exercise."""
    attributes = {f"data-{key}": str(node[key]) for key in ("name", "set", "points")}
    if node["torch"]:
        attributes["data-torch"] = "yes"
    translator.body.append(translator.starttag(node, "section", CLASS="exercise", **attributes))


def depart(translator, node):
    """Close the section of an exercise."""
    translator.body.append("</section>\n")


def write_scripts(app):
    """Write the scripts, bundled, and beside them what they need: the sets' code and the notebooks."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "exercise"
    folder.mkdir(parents=True, exist_ok=True)
    sets = read_sets()
    (folder / "sets.json").write_text(json.dumps(sets, ensure_ascii=False), encoding="utf-8")
    for name in sets:
        nbformat.write(read_notebook(ROOT / "exercises" / name / f"{name}.ipynb"), folder / f"{name}.ipynb")
    if not is_english(app.config):
        return  # the scripts are there
    if not ESBUILD.exists():
        raise ExtensionError("the book needs Node.js (18 or later) and what `npm ci` installs: see README.md")
    options = ("--bundle", "--format=esm", "--minify", "--splitting", "--target=es2022", "--legal-comments=linked")
    entries = [SCRIPTS / name for name in ("exercise.mjs", "worker.mjs")]
    subprocess.run([ESBUILD, *entries, *options, f"--outdir={folder}", "--log-level=warning"], check=True)
    shutil.copyfile(SCRIPTS / "exercise.css", folder / "exercise.css")
    shutil.copyfile(SCRIPTS / "offline.js", Path(app.outdir) / "offline.js")  # it serves what lies beside or below it


def add_script(app, pagename, templatename, context, doctree):
    """Load the scripts on pages that have an exercise."""
    if "exercise" in app.env.metadata.get(pagename, {}):
        app.add_css_file("exercise/exercise.css")
        app.add_js_file("exercise/exercise.js", type="module")


def setup(app):
    app.add_node(exercise, html=(visit, depart))
    app.add_directive("exercise", Exercise)
    app.add_directive("progress", Progress)
    app.connect("builder-inited", write_scripts)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
