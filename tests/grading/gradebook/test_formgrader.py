"""Formgrader, in a real browser, on the graded class."""

import pytest
from support.browser import jupyter
from support.handed_in import NAME, RIGHT


def test_what_the_autograde_button_calls_grades_in_the_sandbox(course):
    course.hand_in("ada", RIGHT | {"rnn_step": "while True: pass\n" + RIGHT["rnn_step"]})
    worked, log = course.autograde("ada")
    assert worked, log
    assert "stopped after" in course.shown("ada")
    scores = course.scores()
    course.grade(again=True)
    assert course.scores() == scores


@pytest.mark.slow
@pytest.mark.browser
def test_formgrader_shows_the_problem_sets_and_the_scores(graded_class, browser, tmp_path):
    with jupyter(graded_class, tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}/formgrader/manage_students/chen")
        page.get_by_role("link", name="ps3_bptt").wait_for(timeout=60_000)
        row = page.get_by_role("row").filter(has_text="ps3_bptt")
        assert "88 / 100" in " ".join(row.inner_text().split())
        page.goto(f"{address}/formgrader/manage_assignments")
        page.get_by_text("ps1_forward").first.wait_for(timeout=60_000)
        assert page.get_by_role("row").filter(has_text="ps1_forward").inner_text().split()[-1]


@pytest.mark.slow
@pytest.mark.browser
def test_the_autograde_button_grades_in_the_sandbox(course, browser, tmp_path):
    """A loop that never ends, and a right submission: the button gives what `rnncourse grade` gives."""
    course.allow(cell_seconds=3)
    course.hand_in("ada", RIGHT | {"rnn_step": "while True: pass\n" + RIGHT["rnn_step"]})
    course.hand_in("bela")
    (tmp_path / "home").mkdir()
    with jupyter(course.folder, tmp_path / "home") as address:
        page = browser.new_page()
        page.goto(f"{address}/formgrader/manage_submissions/{NAME}")
        shown = {}
        for student in ("ada", "bela"):
            row = page.get_by_role("row").filter(has_text=student)
            row.locator(".autograde a").click(timeout=60_000)
            dialog = page.locator(".modal.in, .modal.show").filter(has_text="autograd")
            dialog.wait_for(timeout=120_000)
            said = dialog.inner_text()
            assert f"Successfully autograded '{NAME}' for student '{student}'." in said, said
            dialog.get_by_role("button", name="OK").click()
            dialog.wait_for(state="hidden")
            shown[student] = row.locator(".score").inner_text(timeout=60_000)
    assert "stopped after" in course.shown("ada")
    course.grade(again=True)
    assert shown == {student: f"{score:g} / 100" for student, score in course.scores().items()}
    assert course.scores()["ada"] < course.scores()["bela"]
