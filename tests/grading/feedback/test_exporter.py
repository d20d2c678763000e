"""A student's feedback page, from real submissions through real nbgrader and a real browser."""

import base64

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from support import in_process
from support.handed_in import NAME, RIGHT
from support.page_checks import invalid, look
from support.tiers import some_of

from rnncourse.checks import EXERCISES
from rnncourse.grading.gradebook import state
from rnncourse.misconceptions import TEXTBOOK

PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
        "0f0003860180da8a2f040000000049454e44ae426082"
    )
).decode()
EVIL = "<script>window.pwned = 1; alert(1)</script>"
TRICKS = f"""# {EVIL}

<img src=x onerror="window.pwned = 1">

<p title="

$\\text{{" onmouseover="window.pwned=1}}$

">x</p> [click](javascript:window.pwned=1) ![far](https://example.org/track.png) $\\href{{javascript:alert(1)}}{{x}}$

<svg onload="window.pwned=1"></svg> <style>body {{display: none}}</style>
"""
SHOWS = f"""
from IPython.display import HTML, SVG, Javascript, Markdown, display
display(HTML({EVIL!r})), display(Javascript("window.pwned = 1")), display(Markdown({EVIL!r}))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'></svg>"))
print({EVIL!r})
raise ValueError({EVIL!r})"""
POLICY = """
from nbgrader.plugins import LateSubmissionPlugin
class TenOff(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 10
c.AssignLatePenalties.plugin_class = TenOff
"""


def with_own_cells(course, answers, *cells):
    """A submission with cells of the student's own before the first exercise."""
    notebook = course.answered(answers)
    place = next(k for k, one in enumerate(notebook.cells) if one.metadata.get("nbgrader", {}).get("solution"))
    notebook.cells[place:place] = cells
    return notebook


def _hand_in(course):
    """Ada does all that stock nbgrader allows; bela errs and talks; mallory attacks."""
    picture = new_markdown_cell("Mine: ![a dot](attachment:dot.png) ![beside](dot.png) and $W_{hh}$")
    picture["attachments"] = {"dot.png": {"image/png": PIXEL}}
    own = [
        new_code_cell("def helper(a):\n    return np.tanh(a)\nprint('zebra of ada')"),
        new_code_cell("print('read', open('data.csv').read())"),
        new_code_cell("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()"),
        picture,
    ]
    answers = RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("np.tanh", "helper")}
    place = course.hand_in("ada", notebook=with_own_cells(course, answers, *own)).parent
    (place / "data.csv").write_text("one, two")
    (place / "dot.png").write_bytes(base64.b64decode(PIXEL))
    (place / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC")
    wrong = RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh")}
    talk = new_code_cell("for k in range(10_000): print('line', k)")
    course.hand_in("bela", notebook=with_own_cells(course, wrong, talk))
    tricks = [new_markdown_cell(TRICKS), new_code_cell(SHOWS)]
    course.hand_in("mallory", notebook=with_own_cells(course, RIGHT, *tricks))


@pytest.fixture(scope="module")
def course(module_course):
    """A graded class with feedback, whose first submission was late and whose second has a comment."""
    with open(module_course.folder / "nbgrader_config.py", "a") as file:
        file.write(POLICY)
    url = f"sqlite:///{module_course.folder / 'gradebook.db'}"
    with Gradebook(url, "rnncourse") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2030-01-01 00:00:00 UTC")
    _hand_in(module_course)
    module_course.grade()
    with Gradebook(url, "rnncourse") as gradebook:
        comment = gradebook.find_comment("rnn_step", NAME, NAME, "bela")
        comment.manual_comment = f"Think of $W_{{hh}}$ again. {EVIL}"
        gradebook.db.commit()
    worked, log = in_process.run(module_course.folder, "generate_feedback", NAME)
    assert worked, log
    return module_course


def page(course, student):
    """The file of a feedback page."""
    return course.folder / "feedback" / student / NAME / f"{NAME}.html"


def text(course, student):
    """What is in it."""
    return page(course, student).read_text(encoding="utf-8")


def test_points_come_first_then_what_to_mend_and_where_to_read(course):
    html = text(course, "bela")
    order = [html.index(part) for part in ("<caption>", 'id="mend"', "transposed-W_hh", 'id="notebook"')]
    assert order == sorted(order)
    assert 'href="#check-rnn_step"' in html and 'id="check-rnn_step"' in html
    assert "/book/01_structure.html#" in html[: html.index('id="notebook"')]
    assert "<title>Problem set 1: the forward pass: feedback for bela</title>" in html


def test_a_comment_from_formgrader_is_shown_beside_the_answer(course):
    html = text(course, "bela")
    assert 'href="#comment-rnn_step"' in html
    shown = html[html.index('id="comment-rnn_step"') :]
    assert "Think of <math" in shown and "&lt;script&gt;" in shown and EVIL not in shown


def test_a_late_submission_loses_what_the_course_s_plugin_says(course):
    html = text(course, "ada")
    assert "Handed in late" in html and "−10" in html and "<strong>90</strong> of 100 points" in html
    assert "Handed in late" not in text(course, "bela")


def test_figures_files_pictures_magics_and_helpers_work_as_with_stock_nbgrader(course):
    html = text(course, "ada")
    assert "read one, two" in html and '<span class="nf">helper</span>(a)' in html and "%matplotlib inline" in html
    assert html.count(f"data:image/png;base64,{PIXEL}") == 2  # attached, and beside the notebook
    drawn = html[html.index("A picture that this cell has drawn") - 2000 :]
    assert "data:image/png;base64,iVBOR" in drawn and 'alt="a dot"' in html


def test_a_long_output_is_cut_and_says_so(course):
    html = text(course, "bela")
    assert "line 39\n" in html and "line 5000\n" not in html and "lines left out ..." in html


def test_nothing_of_another_student_and_nothing_secret(course):
    html = text(course, "bela")
    assert "zebra of ada" in text(course, "ada") and "zebra" not in html and "mallory" not in html
    seed = state.seed(course.folder, NAME)
    assert str(seed) not in html
    exercise, reference = EXERCISES["rnn_step"], EXERCISES["rnn_step"].adapt(TEXTBOOK["rnn_step"])
    for probe in exercise.probes(np.random.default_rng(seed)):
        secret = [*probe.arguments.values(), reference(*probe.arguments.values())]
        numbers = np.concatenate([np.ravel(np.asarray(one, float)) for one in secret])
        assert not [one for one in numbers if one % 1 > 1e-3 and f"{abs(one):.6f}"[:-1] in html]


def test_a_page_is_small(course):
    assert page(course, "bela").stat().st_size < 100_000


def test_the_page_is_valid(course):
    assert invalid(page(course, "ada"), page(course, "bela")) == []


@pytest.mark.browser
@pytest.mark.parametrize("student", some_of(["ada", "bela", "mallory"], 2, 3))
def test_the_page_is_for_everybody_and_nothing_runs_or_loads(course, browser, student):
    found = look(browser, page(course, student))
    assert found["asked"] == [] and found["said"] == [] and found["ran"] is None and found["wide"] == []
    assert found["violations"] == {}
    assert found["headings"][0] == 1 and max(np.diff(found["headings"])) <= 1
    assert found["ground"]["light"] == "rgb(255, 255, 255)" != found["ground"]["dark"]


@pytest.mark.browser
def test_nothing_runs_even_where_the_page_would_let_it(course, browser, tmp_path):
    """The page forbids scripts; this takes the ban away, and finds that there are none."""
    html = text(course, "mallory")
    ban = html[html.index('<meta http-equiv="Content-Security-Policy"') :].split("\n")[0]
    bare = tmp_path / "bare.html"
    bare.write_text(html.replace(ban, ""), encoding="utf-8")
    found = look(browser, bare, axe=False)
    assert found["ran"] is None and found["said"] == [] and found["asked"] == []


def test_a_student_cannot_forge_findings(course):
    """What the graders' mimetype says is read from graded cells alone, and a student's output does not keep it."""
    fake = "display({'application/vnd.rnncourse+json': {'kind': 'check failed', 'reason': 'zebra'}}, raw=True)"
    course.hand_in("forger", RIGHT | {"rnn_step": RIGHT["rnn_step"] + f"\nfrom IPython.display import display\n{fake}"})
    course.grade()
    notebook = nbformat.reads(course.shown("forger"), as_version=4)
    outputs = [out for cell in notebook.cells if "zebra" in cell.source for out in cell.get("outputs", ())]
    assert not any("vnd.rnncourse" in str(out) for out in outputs)
