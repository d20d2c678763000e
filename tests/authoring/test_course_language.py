"""A course says in course.toml which language it speaks."""

import pytest

from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.errors import CourseError


@pytest.mark.parametrize(
    "text, language",
    [(None, "en"), ("", "en"), ('[course]\nname = "x"', "en"), ('[course]\nlanguage = "zh_CN"', "zh_CN")],
)
def test_it_is_read_and_english_otherwise(tmp_path, text, language):
    if text is not None:
        (tmp_path / "course.toml").write_text(text)
    assert course_language(tmp_path) == language


@pytest.mark.parametrize(
    "text, says",
    [('[course]\nlanguage = "fr"', 'language = \'fr\' cannot be; write one of "en", "zh_CN"'), ("[", "cannot be read")],
)
def test_what_cannot_be_is_said(tmp_path, text, says):
    (tmp_path / "course.toml").write_text(text)
    with pytest.raises(CourseError, match=says):
        course_language(tmp_path)
