"""Every labelled equation of the book is held: by a tested function that cites it, or by a test of its name."""

import ast
import functools
import re
from pathlib import Path

import rnncourse

TESTS = Path(__file__).parents[1]
PACKAGE = Path(rnncourse.__file__).parent
LABEL = re.compile(r"^ *:label: *([\w-]+)|\$\$ *\(([\w-]+)\) *$", re.MULTILINE)
CITED = re.compile(r"\{eq\}`(?:[^`<]*<)?([\w-]+)>?`")


def texts(folder, pattern):
    """Text of each file, by its place in the folder."""
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern))}


PAGES = texts(TESTS.parent / "book", "*.md")
MODULES = texts(PACKAGE, "*.py")
LABELS = [colon or dollar for page in PAGES.values() for colon, dollar in LABEL.findall(page)]


def definitions(text):
    """Functions and classes at the top of a module."""
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@functools.cache
def holders():
    """For each cited label, the public functions and classes whose docstring cites it: pairs of a file and a name."""
    found = {}
    for place, text in MODULES.items():
        for node in definitions(text) if CITED.search(text) else ():
            for label in CITED.findall(ast.get_docstring(node) or ""):
                if not node.name.startswith("_"):
                    found.setdefault(label, set()).add((place, node.name))
    return found


def labels_with_a_test():
    """The labels that the tests in test_equations_*.py are named after."""
    nodes = [node for text in texts(TESTS / "book", "test_equations*.py").values() for node in definitions(text)]
    return [node.name.removeprefix("test_").replace("_", "-") for node in nodes if node.name.startswith("test_")]


def test_labels_are_unique():
    assert len(LABELS) > 60
    assert sorted(LABELS) == sorted(set(LABELS))


def test_every_equation_is_held_by_a_function_or_by_a_test():
    assert not set(LABELS) - holders().keys() - set(labels_with_a_test())


def test_every_function_that_holds_an_equation_has_a_test():
    files = [text for place, text in texts(TESTS, "*.py").items() if not place.startswith("book")]
    for place, name in set.union(*holders().values()):
        *folders, module = ("rnncourse", *Path(place).with_suffix("").parts)
        package = re.escape(".".join(folders))
        imported = re.compile(rf"{package}\.{module}\b|from {package} import (?:\([^)]*|.*)\b({module}|{name})\b")
        assert any(imported.search(text) and re.search(rf"\b{name}\b", text) for text in files), f"{place}: {name}"


def test_every_cited_equation_is_in_the_book():
    cited = {(place, label) for place, text in (PAGES | MODULES).items() for label in CITED.findall(text)}
    assert len(cited) > 60
    assert not {(place, label) for place, label in cited if label not in LABELS}


def test_every_test_of_an_equation_belongs_to_one():
    assert len(labels_with_a_test()) == len(set(labels_with_a_test()))
    assert not set(labels_with_a_test()) - set(LABELS)
