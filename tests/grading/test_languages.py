"""A Chinese submission earns what the English one earns, whatever language the course speaks."""

import re
import shutil

import nbformat
import pytest
from support.handed_in import NAME, RIGHT
from support.releasing import ROOT, in_this_process

from rnncourse.authoring.messages.catalogues import catalogue
from rnncourse.authoring.messages.update import update_catalogues
from rnncourse.authoring.release import release
from rnncourse.grading.feedback.write import write_feedback
from rnncourse.grading.report.page import write_report
from rnncourse.grading.report.term_page import write_term
from rnncourse.grading.similarity.gather import gather

WRONG = RIGHT | {"rnn_step": RIGHT["rnn_step"].replace("W_hh.T", "W_hh")}
CLASS = {"right": RIGHT, "wrong": WRONG, "partly": {"shapes": RIGHT["shapes"]}, "empty": {}}


def translate_all(folder):
    """Translate every message of the course's catalogue in some way."""
    update_catalogues(folder)
    path = catalogue(folder, NAME, "zh_CN")
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(blocks[1:], 1):
        message = block.partition("msgid ")[2].partition("\nmsgstr ")[0]
        spaced = re.sub(r'"(.*)"', lambda found: f'"{found[1]}"', message)
        blocks[number] = block.replace('msgstr ""', f'msgstr "中"\n{spaced}')
    path.write_text("\n\n".join(blocks), encoding="utf-8")


def filled(path, answers):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    return notebook


@pytest.fixture(params=["en", "zh_CN"])
def mixed(request, released, course_type, tmp_path, sandbox):
    """A course in either language, with every submission in both."""
    course = course_type(shutil.copytree(released, tmp_path / "course"))
    own, other = request.param, "en" if request.param == "zh_CN" else "zh_CN"
    translate_all(course.folder)
    (course.folder / "course.toml").write_text(f'[course]\nlanguage = "{own}"\n')
    with in_this_process():
        release(course.folder)
        release(course.folder, language=other)
    for language, folder in ((own, "exercises"), (other, f"exercises_{other}")):
        for student, answers in CLASS.items():
            notebook = filled(course.folder / folder / NAME / f"{NAME}.ipynb", answers)
            course.hand_in(f"{student}-{language}", notebook=notebook)
    return own, course


def test_the_points_are_the_same_in_both_languages(mixed):
    own, course = mixed
    assert len(course.grade()) == 2 * len(CLASS)
    scores = course.scores()
    for student in CLASS:
        assert scores[f"{student}-en"] == scores[f"{student}-zh_CN"], student
    assert scores["right-en"] == 100 and 0 < scores["partly-en"] < scores["wrong-en"] < 100 and not scores["empty-en"]
    for student in CLASS:
        shown = [nbformat.reads(course.shown(f"{student}-{each}"), as_version=4) for each in ("en", "zh_CN")]
        assert "From the grader" not in str(shown)
        assert [cell.cell_type for cell in shown[0].cells] == [cell.cell_type for cell in shown[1].cells]
        unsolved = [
            [c.source for c in each.cells if not c.metadata.get("nbgrader", {}).get("solution")] for each in shown
        ]
        assert unsolved[0] == unsolved[1]
        assert ('os.environ["RNNCOURSE_LANGUAGE"]' in str(unsolved[1])) == (own == "zh_CN")
    assert course.autograde("right-*")[0] and course.autograde("wrong-*")[0]
    assert course.scores() == scores


def test_feedback_and_reports_are_in_the_language_of_the_course(mixed):
    own, course = mixed
    course.grade(only=["wrong-en", "wrong-zh_CN"])
    students = ["wrong-en", "wrong-zh_CN"]
    assert dict(write_feedback(course.folder, NAME, students, 1)) == dict.fromkeys(students)
    pages = [course.folder / "feedback" / student / NAME / f"{NAME}.html" for student in students]
    pages += [write_report(course.folder, NAME)[1][0], write_term(course.folder)[1][0]]
    for page in pages:
        assert f'<html lang="{own.replace("_", "-")}">' in page.read_text(encoding="utf-8")


def test_an_untouched_starter_is_no_answer_in_any_language(mixed):
    _, course = mixed
    handed = gather(course.folder, NAME)
    assert handed.cells["empty-en"] == handed.cells["empty-zh_CN"] == {}
    assert handed.cells["wrong-en"] == handed.cells["wrong-zh_CN"] and set(handed.cells["wrong-en"]) == set(WRONG)


def test_written_text_and_own_cells_stay(mixed):
    own, course = mixed
    notebook = filled(course.folder / "exercises_zh_CN" / NAME / f"{NAME}.ipynb", RIGHT) if own == "en" else None
    notebook = notebook or filled(course.folder / "exercises" / NAME / f"{NAME}.ipynb", RIGHT)
    notebook.cells.insert(4, nbformat.v4.new_markdown_cell("我的想法：先看形状。"))
    notebook.cells[0].source += "\n\n我改了这一格。"
    course.hand_in("chen", notebook=notebook)
    course.grade(only=["chen"])
    sources = [cell.source for cell in nbformat.reads(course.shown("chen"), as_version=4).cells]
    assert "我的想法：先看形状。" in sources and notebook.cells[0].source in sources
    assert course.scores()["chen"] == 100


def test_the_repository_has_a_catalogue_for_every_set():
    assert sorted(path.stem for path in ROOT.glob("solutions/*/*.py")) == sorted(
        path.stem for path in ROOT.glob("locale/zh_CN/LC_MESSAGES/exercises/*.po")
    )
