"""The page shows two cells side by side, says what it is and what it is not, and accuses nobody."""

import re
import shutil

import nbformat
import pytest
from support.copied import renamed
from support.handed_in import NAME, RIGHT
from support.page_checks import invalid, look
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.similarity.gather import gather
from rnncourse.grading.similarity.page import as_page

OWN = {
    "shapes": """
def shapes(T, B, D, H, K):
    # every axsis by its name
    sizes = {}
    for weight, (rows, columns) in {"W_xh": (H, D), "W_hh": (H, H), "W_hy": (K, H)}.items():
        sizes[weight] = (rows, columns)
    for bias, length in zip(["b_h", "b_y"], [H, K]):
        sizes[bias] = (length,)
    for series, width in zip(["x", "h", "z"], [D, H, K]):
        sizes[series] = (T, B, width)
    sizes["h0"] = sizes["h"][1:]
    return sizes""",
    "rnn_step": '''
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    """<script>window.pwned = 1</script>"""
    both = np.hstack([x_t, h_prev])
    weights = np.hstack([W_xh, W_hh])
    return np.tanh(np.einsum("bi,hi->bh", both, weights) + b_h[None, :])''',
    "rnn_forward": """
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    rows = np.full((len(x) + 1, *h0.shape), np.nan)
    rows[0] = h0
    for place in range(1, len(rows)):
        rows[place] = rnn_step(x[place - 1], rows[place - 1], W_xh, W_hh, b_h)
    return rows[1:]""",
}
WORDS = ("cheat", "plagiar", "copied", "copying", "guilty", "suspect", "fraud", "offend", "caught", "accus")


@pytest.fixture(scope="module")
def class_of_six(released, tmp_path_factory):
    """A course in which ida's answers were handed in again, under other names, by jo."""
    folder = shutil.copytree(released, tmp_path_factory.mktemp("alike") / "course")
    starter = folder / "exercises" / NAME / f"{NAME}.ipynb"
    copies = {name: "# every axsis by its name\n" * (name == "shapes") + renamed(code) for name, code in OWN.items()}
    answers = {
        "ada": RIGHT,
        "bob": {},
        "cy": {},
        "dan": {"shapes": "def shapes(:"},
        "ida": OWN,
        "jo": copies,
    }
    for student, own in answers.items():
        notebook = nbformat.read(starter, as_version=4)
        for cell in notebook.cells:
            cell.source = own.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        path = folder / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(notebook))
    (folder / "submitted" / "linked").symlink_to(folder / "submitted" / "ida")
    return folder


def run(*arguments):
    done = CliRunner().invoke(app, ["similarity", *arguments], catch_exceptions=False, env={"COLUMNS": "160"})
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def page(class_of_six):
    code, said, _ = run(NAME, "--course", str(class_of_six))
    assert code == 0 and f"{NAME}: 1 pair is alike" in said and "ida and jo" in said
    return class_of_six / "report" / f"{NAME}-alike.html"


def test_the_pair_is_there_and_nobody_else(page):
    html = page.read_text(encoding="utf-8")
    assert re.findall(r'<h2 id="pair-\d+">(.*?)</h2>', html) == ["ida and jo"]
    assert "# every axsis by its name" in html and "<script>" not in html
    assert "1 cell could not be read as Python" in html and html.count("<mark>") > 10


def test_the_words_accuse_nobody(page):
    text = re.sub(r"<pre.*?</pre>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL).lower()
    assert not [word for word in WORDS if word in text]
    assert "it does not say why" in text and "talk with both" in text


def test_the_page_is_valid(page):
    assert invalid(page) == []


@pytest.mark.browser
def test_the_page_is_for_everybody_and_nothing_runs_or_loads(page, browser):
    found = look(browser, page)
    assert found["asked"] == [] and found["said"] == [] and found["ran"] is None and found["wide"] == []
    assert found["violations"] == {} and found["headings"] == [1, 2]


def test_a_class_without_pairs(class_of_six):
    html = as_page(gather(class_of_six, NAME), [])
    assert "No pair is alike" in html


def test_what_is_missing_is_said(released_course):
    code, _, said = run(NAME, "--course", str(released_course.folder))
    assert code == 1 and f"expected folders submitted/STUDENT/{NAME}" in said
    code, _, said = run("ps9", "--course", str(released_course.folder))
    assert code == 1 and "there is no problem set 'ps9'" in said
