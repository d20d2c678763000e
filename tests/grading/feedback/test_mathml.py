"""Formulas become MathML, all that the problem sets have; whatever a student types is harmless."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from rnncourse.grading.feedback.mathml import ATTRIBUTES, TAGS, mathml

ROOT = Path(__file__).parents[3]
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


class Collector(IPythonRenderer):
    """Keeps the formulas of what it renders."""

    def __init__(self):
        super().__init__(escape=False)
        self.formulas = []

    def inline_math(self, body):
        self.formulas.append(body)
        return ""

    block_math = inline_math

    def latex_environment(self, name, body):
        return self.inline_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


@pytest.mark.parametrize("path", sorted(ROOT.glob("exercises/*/*.ipynb")), ids=lambda path: path.stem)
def test_every_formula_of_a_problem_set_is_drawn(path):
    collector = Collector()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            MarkdownWithMath(renderer=collector).render(cell.source)
    assert len(collector.formulas) > 10
    left = [tex for tex in collector.formulas if "\\" in mathml(tex) or not mathml(tex).startswith("<math")]
    assert left == []


def test_a_formula_says_what_it_says():
    root = fromstring(mathml(r"\frac{\partial\mathcal L}{\partial h^{(t)}} < 1", block=True))
    assert root.get("display") == "block" and root.find(f".//{NAMESPACE}mfrac") is not None
    assert "<" in [one.text for one in root.iter(f"{NAMESPACE}mo")]


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background: url(https://example.org)}{x}",
        r"\class{x}{y} \id{main}{z}",
        r"</math><script>alert(1)</script>",
        r"\begin{matrix} a & <b onclick=alert(1)> \\ c",
        r"\frac{1}",
        "{" * 3000,
        "x" * 5000,
        r"\newcommand{\a}{\b\b}\newcommand{\b}{\c\c}\a",
    ],
)
def test_nothing_that_a_student_types_runs_or_fails(tex):
    html = mathml(tex)
    root = fromstring(html)  # well formed
    names = {one.tag.removeprefix(NAMESPACE) for one in root.iter()}
    assert names <= TAGS | {"code"}
    assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
    assert len(html) < 50_000 and "<script" not in html
