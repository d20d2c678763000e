"""Define the directive ``{mistakes}``: the catalogue of misconceptions, made at build, an exercise a section.

``{mistakes} index`` lists the exercises, a chapter a line, and links to their sections.

Every mistake has an anchor, ``rnn_backward-overwrites-dW_hh``, which is also a label for ``{ref}``.
"""

import re
import textwrap
from html import escape

from book_places import places_html
from book_words import say
from docutils import nodes
from problem_sets import chapters
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from rnncourse.checks.diagnosis.symptoms import symptom
from rnncourse.checks.exercises import EXERCISES
from rnncourse.checks.reporting.sections import CHAPTERS, section_title
from rnncourse.language import ENGLISH, language
from rnncourse.language import say as package_say
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK, difference


def _text(sentence):
    """Make a paragraph; what stands in backticks is code."""
    parts = re.split(r"`([^`]+)`", sentence)
    return nodes.paragraph("", "", *(nodes.literal(s, s) if k % 2 else nodes.Text(s) for k, s in enumerate(parts)))


def _html(text):
    return nodes.raw("", text, format="html")


def _code(lines):
    """Show lines of code without their common indentation; plain, since highlighting them all makes the page slow."""
    if not lines:
        return nodes.paragraph("", say("No such line."))
    code = textwrap.dedent("\n".join(lines))
    return _html(f"<pre>{escape(code)}</pre>")


def _sentence(misconception):
    """Say what the mistake does, with a capital letter unless it begins with a name of the code."""
    code = getattr(TEXTBOOK[misconception.exercise], "__code__", None)
    names = {*code.co_varnames, *code.co_names} if code else set()
    says = package_say(misconception.says)
    if language() != ENGLISH:
        return f"{says}。"
    first, _, rest = says.partition(" ")
    plain = first.isalpha() and first not in names and (len(first) > 1 or first == "a")
    return f"{first[0].upper() + first[1:] if plain else first} {rest}."


class Mistakes(SphinxDirective):
    """``{mistakes}`` lists every exercise of the catalogue."""

    optional_arguments = 1

    def run(self):
        if self.arguments == ["index"]:
            return [self.index()]
        return [self.exercise(exercise) for exercise in EXERCISES.values()]

    def label(self, name, title):
        """Make an id a label for {ref}, which looks labels up in lower case; return the id."""
        std = self.env.get_domain("std")
        std.labels[name.lower()] = (self.env.docname, name, title)
        std.anonlabels[name.lower()] = (self.env.docname, name)
        return name

    def index(self):
        """List the exercises by chapter, each with a link to its mistakes."""
        index = nodes.bullet_list("", classes=["mistakes-index"])
        for exercises in chapters().values():
            first, _ = exercises[0]
            line = nodes.paragraph("", say("{chapter}: ", chapter=say(CHAPTERS[first])))
            for name in (name for _, name in exercises if name in CATALOGUE):
                link = nodes.reference("", "", nodes.literal(name, name), refid=f"mistakes-{name}", internal=True)
                line += [link, nodes.Text(f" ({len(CATALOGUE[name])}) ")]
            index += nodes.list_item("", line)
        return index

    def exercise(self, exercise):
        known, name = CATALOGUE[exercise.name], exercise.name
        title = nodes.title("", "", nodes.literal(name, name))
        signature = nodes.paragraph("", "", nodes.literal(exercise.signature, exercise.signature))
        signature += nodes.Text(say(": {count} mistakes", count=len(known)))
        folded = [node for misconception in known for node in self.mistake(misconception)]
        folded.append(_html(places_html(name)))
        return nodes.section("", title, signature, *folded, ids=[self.label(f"mistakes-{name}", name)])

    def mistake(self, misconception):
        """Make a card that opens on demand. The anchor is inside: a browser that goes there opens the card itself."""
        right, wrong = difference(misconception)
        rows = nodes.definition_list("", classes=["mistake-lines"])
        for term, content in (
            (say("Wrong"), _code(wrong)),
            (say("Right"), _code(right)),
            (say("Symptom"), _text(str(symptom(misconception)))),
            (say("Read"), nodes.paragraph("", "", self.chapter(misconception.see))),
        ):
            rows += nodes.definition_list_item("", nodes.term("", term), nodes.definition("", content))
        summary = f"<summary><code>{escape(misconception.label)}</code> {escape(_sentence(misconception))}</summary>"
        yield _html(f'<details class="mistake">{summary}')
        yield nodes.container(
            "", rows, ids=[self.label(f"{misconception.exercise}-{misconception.label}", misconception.label)]
        )
        yield _html("</details>")

    def chapter(self, see):
        """Link to where the book explains it; write text alone where that page is not in the book."""
        page, _, anchor = see.partition("#")
        title = section_title(see)
        if f"book/{page}" not in self.env.found_docs:
            return nodes.Text(title)
        link = addnodes.pending_xref(
            "", nodes.inline(title, title), refdomain="std", reftype="ref", reftarget=anchor, refexplicit=False
        )
        link["refdoc"] = self.env.docname
        link["refwarn"] = True
        return link


def setup(app):
    app.add_directive("mistakes", Mistakes)
    app.add_css_file("mistakes.css")
    app.add_js_file("mistakes.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
