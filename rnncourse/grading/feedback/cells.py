"""Prepare the cells of a graded notebook for a feedback page: in order, highlighted, cut to a length, harmless."""

import re

from markupsafe import Markup
from nbconvert.filters.ansi import strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from rnncourse.grading.feedback.markdown import Markdown, is_embedded
from rnncourse.grading.feedback.time_budget import TimeBudget
from rnncourse.grading.notebook import findings
from rnncourse.language import say

FIRST_LINES, LAST_LINES = 40, 10
"""What is shown of a long output."""
MAX_TEXT = 10_000
MAX_OUTPUTS = 40

NOT_GRADED = {"grade": False, "solution": False, "task": False, "score": None, "points": None}
COLOURED = {
    *("k", "kn", "kc", "kd", "ow", "s1", "s2", "sd", "sa", "si", "se", "c1", "ch", "cm"),
    *("nf", "nc", "nn", "mi", "mf", "mb", "mh"),
}
"""Kinds of token that page.css gives a colour; the others need no element."""

_SPAN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def shown_cells(notebook, folder):
    """Prepare what the page's template needs of each cell.

    Parameters
    ----------
    notebook : NotebookNode
    folder : pathlib.Path
        Where it lies.

    Yields
    ------
    cell : dict
        `kind` ("text", "code" or "check"), `about` (what nbgrader knows), `content` and `comment` (HTML), `outputs`.
    """
    budget = TimeBudget()
    markdown, about_comments = Markdown(folder, 3, budget), Markdown(folder, 6, budget)
    for cell in notebook.cells:
        about = NOT_GRADED | dict(cell.metadata.get("nbgrader", {}))
        shown = {"about": about, "outputs": [], "comment": None}
        if about.get("comment"):
            shown["comment"] = Markup(about_comments.to_html(about["comment"]))
        if cell.cell_type == "markdown":
            content = Markup(markdown.to_html(cell.source, cell.get("attachments")))
            yield shown | {"kind": "text", "content": content}
        elif cell.cell_type == "code":
            checks = bool(about.get("grade") and not about.get("solution"))
            outputs = [_shown(output, checks) for output in cell.outputs[:MAX_OUTPUTS]]
            shown["outputs"] = [output for output in outputs if output]
            if cell.source.strip():
                content, why = budget.formatted(coloured, cell.source)
                content = Markup(f"# {why}\n{content}" if why else content)
                yield shown | {"kind": "check" if checks else "code", "content": content}


def coloured(source):
    """Turn Python into HTML: spans whose classes the page's style gives a colour."""
    html = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return Markup(_SPAN.sub(lambda found: found[0] if found[1] in COLOURED else found[2], html))


def _shown(output, checks):
    """Prepare one output: `kind` ("report", "words", "picture", "text" or "error") and `content`, or None."""
    if output.output_type == "stream":
        return {"kind": "text", "content": cut(output.text)}
    if output.output_type == "error":
        return {"kind": "error", "content": cut("\n".join(output.traceback))}
    data = output.data
    if checks:
        # The grader's own: what it measured is the number beside the cell, and this is what it has to say.
        if output.output_type == "execute_result":
            return None
        if findings.MIME in data and "text/html" in data:
            return {"kind": "report", "content": Markup(_STYLE.sub("", data["text/html"]))}
        return {"kind": "words", "content": cut(data.get("text/plain", ""))}
    for kind in ("image/png", "image/jpeg"):
        address = f"data:{kind};base64,{''.join(str(data.get(kind, '')).split())}"
        if is_embedded(address):
            return {"kind": "picture", "content": address}
    return {"kind": "text", "content": cut(data["text/plain"])} if data.get("text/plain") else None


def cut(text):
    """Cut plain text to a length: no colours, and of a long text the beginning and the end."""
    text = strip_ansi(text)
    lines = text.splitlines()
    if len(lines) > FIRST_LINES + LAST_LINES:
        left_out = say("... {count} lines left out ...", count=len(lines) - FIRST_LINES - LAST_LINES)
        text = "\n".join([*lines[:FIRST_LINES], left_out, *lines[-LAST_LINES:]])
    if len(text) > MAX_TEXT:
        left_out = say("... {count} characters left out ...", count=len(text) - MAX_TEXT)
        text = f"{text[:MAX_TEXT]}\n{left_out}"
    return text
