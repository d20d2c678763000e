"""`rnncourse feedback` on a class that was really graded, beside nbgrader's own command."""

import contextlib

import pytest
from nbgrader.api import Gradebook
from support import in_process
from support.handed_in import NAME, RIGHT
from typer.testing import CliRunner

from rnncourse.cli import app

STUDENTS = ["ada", "bela", "o'neil [2]"]


@pytest.fixture(scope="module")
def course(module_course):
    """Graded: ada is right, bela is wrong with a file beside the notebook, and one has a name like a pattern."""
    module_course.hand_in("ada")
    wrong = RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh")}
    (module_course.hand_in("bela", wrong).parent / "data.csv").write_text("one, two")
    module_course.hand_in(STUDENTS[2])
    module_course.grade()
    return module_course


def feedback(course, *options):
    """The exit status, and what was said."""
    with contextlib.chdir(course.folder):
        done = CliRunner().invoke(app, ["feedback", NAME, *options])
    return done.exit_code, done.output


def page(course, student):
    return course.folder / "feedback" / student / NAME / f"{NAME}.html"


def test_the_same_pages_as_by_nbgrader(course):
    worked, log = in_process.run(course.folder, "generate_feedback", NAME, "*a")
    assert worked, log
    stock = {student: page(course, student).read_text(encoding="utf-8") for student in STUDENTS[:2]}
    assert feedback(course)[0] == 0
    assert {student: page(course, student).read_text(encoding="utf-8") for student in STUDENTS[:2]} == stock
    assert (page(course, "bela").parent / "data.csv").read_text() == "one, two"


def test_every_student_has_a_page_and_nothing_else_is_left(course):
    code, said = feedback(course, "--jobs", "2")
    assert code == 0 and "3 pages in feedback" in said, said
    made = {path.relative_to(course.folder / "feedback") for path in course.folder.glob("feedback/*/*/*")}
    assert {path.parts[0] for path in made} == set(STUDENTS)
    assert {path.name for path in made} == {f"{NAME}.html", "data.csv"} and len(made) == 4


def test_a_comment_that_was_given_since_is_on_the_page(course):
    feedback(course)
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        gradebook.find_comment("rnn_step", NAME, NAME, "bela").manual_comment = "Look at the shapes."
        gradebook.db.commit()
    assert "Look at the shapes." not in page(course, "bela").read_text(encoding="utf-8")
    assert feedback(course)[0] == 0
    assert "Look at the shapes." in page(course, "bela").read_text(encoding="utf-8")


def test_a_torn_notebook_is_named_and_the_others_have_their_pages(course):
    feedback(course)
    torn = course.folder / "autograded" / "ada" / NAME / f"{NAME}.ipynb"
    whole, before = torn.read_text(encoding="utf-8"), page(course, "ada").read_text(encoding="utf-8")
    torn.chmod(0o644)
    torn.write_text(whole[:1000], encoding="utf-8")
    page(course, "bela").unlink()
    try:
        code, said = feedback(course)
    finally:
        torn.write_text(whole, encoding="utf-8")
    assert code == 1 and "no new page: ada: " in said and "2 pages in feedback" in said, said
    assert page(course, "ada").read_text(encoding="utf-8") == before and page(course, "bela").exists()


def test_before_grading_it_says_what_to_do_first(released_course):
    code, said = feedback(released_course)
    assert code == 1 and f"first run rnncourse grade {NAME}" in " ".join(said.split())
