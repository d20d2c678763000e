"""The released notebooks as a learner meets them: what each set and each exercise has, and who can read it."""

import ast
import itertools
import re
import sys
from pathlib import Path

import nbformat
import pytest

from rnncourse.authoring.release import problem_sets
from rnncourse.checks import EXERCISES

ROOT = Path(__file__).parents[2]
SETS = problem_sets(ROOT)
NUMPY_ONLY = [name for name in SETS if name != "ps6_beyond"]
COLOURS = r"\b(red|green|blue|orange|purple|yellow|pink|grey|gray|colou?rs?|colou?red)\b"


def released(name):
    return nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)


def words(notebook):
    """The text cells, without code."""
    return [re.sub(r"`[^`\n]*`", "", cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


def exercises():
    """Each exercise of the released notebooks: its name, and the text cell that states it."""
    for name in SETS:
        last_text = section = None
        for cell in released(name).cells:
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "markdown":
                last_text = cell.source
                section = last_text if re.match(r"## \d", last_text) else section
            elif about.get("solution"):
                statement = section if last_text == section else f"{section}\n{last_text}"
                yield pytest.param(about["grade_id"], statement, id=about["grade_id"])


STATEMENTS = list(exercises())


def test_every_exercise_of_the_checks_is_in_a_notebook():
    graded = {
        cell.metadata.nbgrader.grade_id.removeprefix("check-")
        for name in SETS
        for cell in released(name).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert graded == EXERCISES.keys()


@pytest.mark.parametrize("name", SETS)
def test_a_set_opens_with_what_you_will_be_able_to_do_how_long_it_takes_and_what_to_read(name):
    first = released(name).cells[0].source
    assert re.match(r"# Problem set \d: ", first)
    for said in (
        r"\*\*You will be able to\*\* \w",
        r"\*\*Time:\*\* about ",
        r"\*\*Points:\*\* 100\.",
        r"\*\*Read first:\*\* ",
    ):
        assert re.search(said, first)


def test_the_clinic_has_an_example():
    """Eight functions, each with its own equation and table."""
    assert "**An example" in dict(case.values for case in STATEMENTS)["bug_clinic"]


@pytest.mark.parametrize("name, statement", [case for case in STATEMENTS if case.id != "bug_clinic"])
def test_an_exercise_has_an_equation_a_table_and_numbers(name, statement):
    assert "$$" in statement
    assert re.search(r"^\| (argument|function|name) \|", statement, re.M)
    assert "**In numbers" in statement


@pytest.mark.parametrize("name, statement", STATEMENTS)
def test_an_exercise_is_understood_where_it_stands_alone(name, statement):
    """In the book's pages no other exercise stands above it."""
    assert not re.findall(
        r"\b(?:as|from|table|weights|biases|see) above\b|\bexercises? \d|\bprevious exercise", statement
    )


@pytest.mark.parametrize("name, statement", STATEMENTS)
def test_an_exercise_has_three_hints(name, statement):
    hints = re.findall(r"<details><summary>Hint (\d): (.+?)</summary>\n\n(.+?)\n\n</details>", statement, re.S)
    assert [number for number, *_ in hints] == ["1", "2", "3"]
    assert hints[0][1] == "the idea" and hints[2][1].startswith("almost the ")
    assert statement.count("<details>") == statement.count("</details>") == 3


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_something_that_comes_alive(name):
    """Cells that ask whether a check is passed, and say what is missing until then."""
    cells = released(name).cells
    alive = [cell.source for cell in cells if cell.cell_type == "code" and "check.passed(" in cell.source]
    assert alive
    assert all(re.search(r"\belse\b", source) for source in alive)
    assert any(re.search("^##+ Why this matters", cell.source, re.M) for cell in cells)


@pytest.mark.parametrize("name", NUMPY_ONLY)
def test_the_first_five_sets_need_numpy_and_matplotlib_only(name):
    found = set()
    for cell in released(name).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found.add(node.module.split(".")[0])
    assert found - sys.stdlib_module_names <= {"numpy", "matplotlib", "rnncourse"}


@pytest.mark.parametrize("name", SETS)
def test_headings_are_in_order_and_none_is_empty(name):
    headings = [line for text in words(released(name)) for line in text.splitlines() if re.match("#+ ", line)]
    levels = [len(line.split()[0]) for line in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(set(headings)) == len(headings), "two headings are alike: a reader cannot tell them apart"


@pytest.mark.parametrize("name", SETS)
def test_pictures_have_words_and_tables_have_heads(name):
    notebook = released(name)
    for text in words(notebook):
        assert not re.search(r"!\[\s*\]", text)
        assert all(re.search(r'\balt="[^"]{10,}"', tag) for tag in re.findall(r"<img\b[^>]*>", text))
        rows = [line.startswith("|") for line in text.splitlines()]
        starts = [k for k, row in enumerate(rows) if row and not (k and rows[k - 1])]
        assert all(re.fullmatch(r"\|(\s*:?-+:?\s*\|)+", text.splitlines()[k + 1]) for k in starts)
    drawn = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "plt.show(" not in drawn and "plt.imshow(" not in drawn, "use rnncourse.plotting.figure.show: it takes words"


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_told_by_colour_and_links_say_where_they_lead(name):
    for text in words(released(name)):
        assert not re.search(COLOURS, text, re.I)
        assert not re.search(r"\[(here|this|link|click here)\]\(", text, re.I)
        assert not re.search(r"\b(simply|clearly|obviously)\b|it can be shown|!(\s|$)", re.sub(r"\$[^$]*\$", "", text))
