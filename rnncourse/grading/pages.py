"""Pages that a browser opens, of feedback, report and formgrader: what a student wrote into one does not run there."""

import bleach
import jinja2
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from rnncourse.checks.report import book_url, section_title

TAGS = bleach.ALLOWED_TAGS | {
    *("br", "dd", "del", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "p", "pre"),
    *("small", "span", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u"),
}
ATTRIBUTES = {"*": ["class", "id", "title", "align"], "a": ["href"], "img": ["src", "alt", "width", "height"]}

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("rnncourse.grading"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["number"] = lambda value: f"{round(value, 2):g}"


def markdown_to_html(source):
    """A markdown cell as HTML: no script, no event handler, no address but of the web and of mail."""
    html = markdown2html_mistune(source)
    return bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https", "mailto"})


def render(template, **values):
    """A page from one of our templates. Values are escaped, unless they are `Markup`; pages forbid all scripts."""
    return _templates.get_template(template).render(values)


def linked(mistake):
    """A mistake of `findings`, with the section's title and its address (None where the book's is unknown)."""
    return mistake | {"section": section_title(mistake["see"]), "url": book_url(mistake["see"])}
