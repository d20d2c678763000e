"""Read from course.toml which language a course speaks."""

import tomllib
from pathlib import Path

from rnncourse.authoring.chosen_sets import COURSE
from rnncourse.authoring.errors import CourseError
from rnncourse.language import ENGLISH, LANGUAGES


def course_language(course):
    """Read `language` in `[course]` of course.toml: that of the notebooks, the feedback and the reports.

    Parameters
    ----------
    course : path
        The course directory.

    Returns
    -------
    language : str
        English where nothing is said.

    Raises
    ------
    CourseError
        If the file cannot be read, or names a language that is not there.
    """
    path = Path(course) / COURSE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("course", {})
    except FileNotFoundError:
        return ENGLISH
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    language = table.get("language", ENGLISH) if isinstance(table, dict) else ENGLISH
    if language not in LANGUAGES:
        raise CourseError(
            f"{path}: course.language = {language!r} cannot be; write one of "
            + ", ".join(f'"{each}"' for each in LANGUAGES)
        )
    return language
