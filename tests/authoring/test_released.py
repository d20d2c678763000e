"""A student's notebook is made in any language by nbgrader's own steps, without a gradebook."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import compute_checksum
from support.releasing import in_this_process

from rnncourse.authoring.messages.catalogues import catalogue
from rnncourse.authoring.release import problem_sets, release
from rnncourse.authoring.released import students_notebook, translated_notebooks

ROOT = Path(__file__).parents[2]
NAME = "ps1_forward"
WORDS = """\
msgid ""
msgstr ""

msgid "1. Shapes"
msgstr "一、形状"

msgid "One time step: x_t (B, D), h_prev (B, H) -> h_t (B, H)."
msgstr "一个时间步：x_t (B, D), h_prev (B, H) -> h_t (B, H)。"
"""


@pytest.fixture
def course(tmp_path):
    """A course with one problem set and a few words of Chinese."""
    (tmp_path / "solutions" / NAME).mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / NAME / f"{NAME}.py", tmp_path / "solutions" / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    path = catalogue(tmp_path, NAME, "zh_CN")
    path.parent.mkdir(parents=True)
    path.write_text(WORDS, encoding="utf-8")
    return tmp_path


def sources(notebook):
    return {cell.id: cell.source for cell in notebook.cells}


@pytest.mark.parametrize("name", problem_sets(ROOT))
def test_in_english_it_is_the_released_one(name):
    released = (ROOT / "exercises" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    assert nbformat.writes(students_notebook(ROOT, name)) + "\n" == released


def test_the_chinese_one_differs_in_words_alone(course):
    english, chinese = students_notebook(course, NAME), students_notebook(course, NAME, "zh_CN")
    assert [cell.id for cell in english.cells] == [cell.id for cell in chinese.cells]
    for cell, other in zip(english.cells, chinese.cells, strict=True):
        about, own = (dict(each.metadata.get("nbgrader", {})) for each in (cell, other))
        checksum = own.pop("checksum", None)
        about.pop("checksum", None)
        assert about == own
        assert checksum is None or checksum == compute_checksum(other)
    found = sources(chinese)
    assert "## 一、形状" in found["setup-1"] and '"""一个时间步：' in found["rnn_step"]
    assert 'os.environ["RNNCOURSE_LANGUAGE"] = "zh_CN"' in found["install"]
    assert found["check-rnn_step"] == "check.rnn_step(rnn_step)"


def test_another_language_is_released_beside_the_courses_own(course):
    with in_this_process():
        release(course)
        (path,) = release(course, language="zh_CN")
    assert path == course / "exercises_zh_CN" / NAME / f"{NAME}.ipynb"
    assert nbformat.read(path, as_version=4) == students_notebook(course, NAME, "zh_CN")
    english = nbformat.read(course / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    assert english == students_notebook(course, NAME)


def test_a_chinese_course_releases_chinese_notebooks(course):
    (course / "course.toml").write_text('[course]\nlanguage = "zh_CN"\n')
    with in_this_process():
        (path,) = release(course)
        (other,) = release(course, language="en")
    assert path == course / "exercises" / NAME / f"{NAME}.ipynb"
    assert nbformat.read(path, as_version=4) == students_notebook(course, NAME, "zh_CN")
    assert nbformat.read(other, as_version=4) == students_notebook(ROOT, NAME)


def test_a_language_that_is_not_there_is_refused(course):
    with pytest.raises(ValueError, match="There is no language 'fr' here"):
        release(course, language="fr")


def test_a_student_may_have_the_others_where_there_is_a_source(course):
    (chinese,) = translated_notebooks(course, NAME)
    (english,) = translated_notebooks(course, NAME, "zh_CN")
    assert chinese == students_notebook(course, NAME, "zh_CN") and english == students_notebook(course, NAME)
    source = course / "solutions" / NAME / f"{NAME}.py"
    source.write_text(source.read_text() + '\n# %% nbgrader={"grade_id": "setup"}\n')
    assert translated_notebooks(course, NAME) == []
    source.unlink()
    assert translated_notebooks(course, NAME) == []
