"""Turn a student's markdown into HTML: harmless, loading nothing, its formulas drawn without a network."""

import base64
import html
import re
import secrets
from pathlib import Path
from urllib.parse import unquote

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.grading.feedback.mathml import mathml
from rnncourse.grading.feedback.time_budget import TimeBudget
from rnncourse.grading.notebook import reading
from rnncourse.grading.pages import TAGS, show_unknown_tags
from rnncourse.language import say

ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "span": {"class"},
    "details": {"open"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
MAX_PICTURE = 2 << 20
MAX_NESTING = 100
EMPTY = {"br", "hr", "img"}
"""Elements that nothing ends."""

_ELEMENT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_EMBEDDED = re.compile(rf"data:({'|'.join(sorted(set(PICTURES.values())))});base64,[A-Za-z0-9+/=]+")


def no_words():
    """Say what stands for a picture that has no words."""
    return say("A picture without a description")


def embedded(kind, content):
    """Turn the bytes of a picture into an address that holds the picture itself."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def is_embedded(address):
    """Tell whether an address is a picture that a page may show: it holds it, and it cannot run."""
    return bool(_EMBEDDED.fullmatch(address))


def nesting(text):
    """Count how deep the elements of HTML lie in one another, at most, where each ends that is ended."""
    depth = deepest = 0
    for found in _ELEMENT.finditer(text):
        if found[2].lower() not in EMPTY:
            depth = max(depth - 1, 0) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class Markdown:
    """Turns the markdown cells of one notebook into HTML, in order.

    Parameters
    ----------
    folder : path
        Where the notebook lies: pictures beside it are put into the page, and no others.
    top : int
        The level that the first heading gets. The others follow without a gap, however they were numbered.
    budget : TimeBudget, optional
        Of all cells of the notebook.
    """

    def __init__(self, folder, top=2, budget=None):
        self._budget = budget or TimeBudget()
        self._folder, self._top, self._last = Path(folder), top, top - 1

    def to_html(self, source, attachments=None):
        """Turn one cell into HTML.

        Parameters
        ----------
        source : str
        attachments : dict, optional
            Pictures by name, each a dict of base64 by mimetype.

        Returns
        -------
        html : str
            What cannot be formatted in time is shown as it was typed, with the reason.
        """
        made, why = self._budget.formatted(lambda source: self._formatted(source, attachments), source)
        return f"<p><em>{why}</em></p>\n<pre><code>{made}</code></pre>\n" if why else made

    def _formatted(self, source, attachments):
        """Turn one cell into HTML, or raise whatever it brings about."""
        renderer = _Renderer(self._folder, attachments or {})
        dirty = show_unknown_tags(MarkdownWithMath(renderer=renderer).render(source))
        if nesting(dirty) > MAX_NESTING:  # cleaning takes time that grows with the square of it, and heeds no alarm
            raise OutOfTimeError

        def allow(tag, name, value):
            # A formula in the place of a mark inside an attribute would end the attribute.
            allowed = is_embedded(value) if name == "src" else not value.lstrip().startswith("data:")
            return value if allowed and renderer.mark not in value else None

        schemes = {"http", "https", "mailto", "data"}
        clean = nh3.clean(
            dirty,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=allow,
            url_schemes=schemes,
            link_rel=None,
        )
        clean = re.sub(rf"{renderer.mark}(\d+)-", lambda found: renderer.formulas[int(found[1])], clean)
        clean = re.sub(r"<img(?![^>]* src=)[^>]*>", "", clean)
        clean = re.sub(r"<img(?![^>]* alt=)", f'<img alt="{no_words()}"', clean)
        return self._headings_in_order(clean)

    def _headings_in_order(self, text):
        """Renumber the headings so that none skips a level."""
        shift = self._top - 1

        def level(found):
            if not found[1]:
                self._last = min(max(int(found[2]) + shift, self._top), self._last + 1, 6)
            return f"<{found[1]}h{self._last}>"

        return _HEADING.sub(level, text)


class _Renderer(IPythonRenderer):
    """With a mark in each formula's place, which nobody can guess: the cleaning would not let a formula through."""

    def __init__(self, folder, attachments):
        super().__init__(escape=False, exclude_anchor_links=True)
        self._folder, self._attached = folder, attachments
        self.mark, self.formulas = f"formula-{secrets.token_hex(8)}-", []

    def _place(self, formula):
        """Keep a formula; return the mark that stands for it until all else is clean."""
        self.formulas.append(formula)
        return f"{self.mark}{len(self.formulas) - 1}-"

    def inline_math(self, body):
        return self._place(mathml(body))

    def block_math(self, body):
        label, formula = say("Formula"), mathml(body, block=True)
        return self._place(f"<span class='formula' role='group' aria-label='{label}' tabindex='0'>{formula}</span>")

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def block_code(self, code, info=None):
        return f"<pre><code>{html.escape(code)}</code></pre>\n"

    def image(self, text, url, title=None):
        address = unquote(html.unescape(url))
        source = self._attachment(address) if address.startswith("attachment:") else self._beside(address)
        if source:
            return f'<img src="{html.escape(source)}" alt="{html.escape(text) or no_words()}">'
        return f'<a href="{html.escape(url)}">{html.escape(text) or say("a picture")}</a>'

    def _attachment(self, address):
        about = self._attached.get(address.removeprefix("attachment:"), {})
        found = (f"data:{kind};base64,{''.join(str(about[kind]).split())}" for kind in about)
        return next(filter(is_embedded, found), None)

    def _beside(self, address):
        path = self._folder / address
        kind = PICTURES.get(path.suffix.lower())
        try:
            if kind and path.resolve().is_relative_to(self._folder.resolve()):
                return embedded(kind, reading.read_bytes(path, MAX_PICTURE))
        except (reading.UnreadableError, OSError, ValueError):
            pass
        return None
