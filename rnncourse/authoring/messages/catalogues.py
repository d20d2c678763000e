"""Find the catalogues of a problem set: a course's own, and those that came with the package."""

from functools import cache
from importlib import metadata
from pathlib import Path

import rnncourse
from rnncourse.language import ENGLISH, read_po

_SHARED = ("share", "rnncourse", "locale")


def catalogue(folder, name, language):
    """Say where in a folder (a repository, a course) the catalogue of a problem set lies."""
    return Path(folder) / "locale" / language / "LC_MESSAGES" / "exercises" / f"{name}.po"


def translations(course, name, language):
    """Read what the messages of a problem set are in another language; what a course says itself comes first.

    Parameters
    ----------
    course : path
    name : str
        The problem set.
    language : str

    Returns
    -------
    translations : dict of str to str
        Empty for English, and where no catalogue is found.
    """
    if language == ENGLISH:
        return {}
    said = {}
    for path in (shipped_catalogue(name, language), catalogue(course, name, language)):
        if path is not None and path.is_file():
            entries = read_po(path.read_text(encoding="utf-8"))
            said |= {message: translation for message, translation in entries if message and translation}
    return said


@cache
def shipped_catalogue(name, language):
    """Find the catalogue that came with the package: in the repository, or where a wheel has put it; None without."""
    repository = Path(rnncourse.__file__).parents[1]
    if (repository / "pyproject.toml").is_file():
        return catalogue(repository, name, language)
    wanted = (*_SHARED, language, "LC_MESSAGES", "exercises", f"{name}.po")
    files = metadata.files("rnncourse") or ()
    return next((Path(file.locate()) for file in files if file.parts[-len(wanted) :] == wanted), None)
