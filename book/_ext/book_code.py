"""Let a long line of code break on a phone: what does not fit goes on below, indented further than the line began."""

import html
import re

PHONE = 30
"""Characters of code that the narrowest frame shows on a screen of 375 pixels."""
LANGUAGES = "python|ipython3?|shell|bash"
BLOCK = re.compile(rf'(<div class="highlight-(?:{LANGUAGES})[^"]*"><div class="highlight"><pre>)(.*?)(</pre>)', re.S)
FIRST = "<span></span>"
"""What Pygments puts before the first line."""


def _line(line):
    """Mark a line that is too long, with the columns by which it is indented."""
    text = html.unescape(re.sub(r"<[^>]*>", "", line))
    if len(text) <= PHONE:
        return line
    indent = len(text) - len(text.lstrip())
    return f'<span class="long" style="--indent: {indent + 2}ch">{line}</span>'


def mark_long_lines(page):
    """Mark the long lines of a page's code, for the stylesheet.

    Parameters
    ----------
    page : str

    Returns
    -------
    page : str
    """

    def block(found):
        start, code, end = found.groups()
        first = FIRST * code.startswith(FIRST)
        return start + first + "\n".join(map(_line, code.removeprefix(first).split("\n"))) + end

    return BLOCK.sub(block, page)


def mark(app, pagename, templatename, context, doctree):
    """Mark the lines before the page is written."""
    if "body" in context:
        context["body"] = mark_long_lines(context["body"])


def setup(app):
    app.connect("html-page-context", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
