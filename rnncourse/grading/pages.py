"""Render pages that a browser opens, so that what a student wrote into one does not run there."""

import re

import jinja2
import nh3
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from rnncourse import language
from rnncourse.checks.reporting.report import book_url, mistake_url, section_title

TAGS = {
    *("a", "abbr", "acronym", "b", "blockquote", "code", "em", "i", "li", "ol", "strong", "ul"),
    *("br", "dd", "del", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "p", "pre"),
    *("small", "span", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u"),
}
ATTRIBUTES = {"*": {"class", "id", "title", "align"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}}

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("rnncourse.grading"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["number"] = lambda value: f"{round(value, 2):g}"
_templates.globals["language_tag"] = lambda: language.language().replace("_", "-")


_TAG = re.compile(r"<(?=/?([A-Za-z][\w-]*))")


def show_unknown_tags(html):
    """Escape each tag that is not in `TAGS`: a reader sees ``vector<int>`` as it was typed, where nh3 would drop it."""
    return _TAG.sub(lambda found: "<" if found[1].lower() in TAGS else "&lt;", html)


def markdown_to_html(source):
    """Turn a markdown cell into HTML: no script, no event handler, no address but of the web and of mail."""
    html = markdown2html_mistune(source)
    schemes = {"http", "https", "mailto"}
    return nh3.clean(show_unknown_tags(html), tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes, link_rel=None)


def say_html(template, **parts):
    """Say a message that holds HTML; the parts are escaped, unless they are `Markup`."""
    said = Markup(language.say(template))
    return Markup(language.fill_in(said, parts)) if parts else said


_templates.globals["say"] = say_html


def render(template, **values):
    """Render one of our templates. Values are escaped, unless they are `Markup`; pages forbid all scripts."""
    return _templates.get_template(template).render(values)


def linked(mistake, exercise):
    """Add to a mistake of `findings` the section's title, and addresses (None where the book's is unknown).

    `url` is the section's, `about` that of the list of mistakes.
    """
    urls = {"url": book_url(mistake["see"]), "about": mistake_url(exercise, mistake["label"])}
    return mistake | {"section": section_title(mistake["see"])} | urls
