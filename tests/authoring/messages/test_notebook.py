"""A notebook in another language has the same cells, ids, points and code."""

import ast
import copy
from pathlib import Path

import pytest

from rnncourse.authoring.messages.catalogues import translations
from rnncourse.authoring.messages.notebook import find_messages, translate_notebook
from rnncourse.authoring.release import problem_sets
from rnncourse.authoring.source import read_source

ROOT = Path(__file__).parents[3]
SETS = problem_sets(ROOT)


class Everything(dict):
    """Translates every message."""

    def get(self, message, default=None):
        return f"⟦{message}⟧"


def bare(source):
    """Code without what a person reads: as a tree with all texts emptied, the parts of each in some order."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part for part in node.values if isinstance(part, ast.FormattedValue)]
            node.values = sorted(parts, key=ast.dump)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


@pytest.mark.parametrize("words", ["every", "the catalogue's"])
@pytest.mark.parametrize("name", SETS)
def test_only_words_differ(name, words):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    before = copy.deepcopy(notebook)
    known = Everything() if words == "every" else translations(ROOT, name, "zh_CN")
    said = translate_notebook(notebook, known, "zh_CN")
    assert notebook == before
    assert [(cell.id, cell.cell_type, cell.metadata) for cell in said.cells] == [
        (cell.id, cell.cell_type, cell.metadata) for cell in notebook.cells
    ]
    for cell, other in zip(notebook.cells, said.cells, strict=True):
        if cell.cell_type == "code" and cell.id != "install":
            assert bare(cell.source) == bare(other.source)


@pytest.mark.parametrize("name", SETS)
def test_every_message_is_found_and_has_its_place(name):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    messages = find_messages(notebook)
    sources = {cell.id: cell.source for cell in translate_notebook(notebook, Everything(), "zh_CN").cells}
    assert len(messages) > 80
    for message, cells in messages.items():
        assert all(f"⟦{message}⟧" in sources[each] for each in cells)


def test_without_translations_it_is_english_but_for_the_language_of_its_answers():
    notebook = read_source(ROOT / "solutions" / "ps6_beyond" / "ps6_beyond.py")
    said = translate_notebook(notebook, {}, "zh_CN")
    differing = [cell.id for cell, other in zip(notebook.cells, said.cells, strict=True) if cell != other]
    assert differing == ["install"]
    assert (
        'os.environ["RNNCOURSE_LANGUAGE"] = "zh_CN"' in said.cells[1].source and "import torch" in said.cells[1].source
    )
