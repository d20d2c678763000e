"""Say where in the lab the notebook of a problem set lies, in each language, and translate those that are released."""

from pathlib import Path

import nbformat
from editions import ENGLISH, FOLDERS
from problem_sets import EXERCISES, read_notebook

from rnncourse.language import speaking

PAGE = "lab/notebooks/index.html?path={}"


def lab_path(problem_set, language=ENGLISH):
    """Say where in the lab's files the notebook of a problem set lies."""
    return f"{'' if language == ENGLISH else f'{language}/'}{problem_set}/{problem_set}.ipynb"


def lab_address(problem_set, language=ENGLISH):
    """Say where a problem set opens in the browser: an address within the site, such as a link on its first page has.

    Parameters
    ----------
    problem_set : str
        Such as "ps3_bptt".
    language : str, optional
        Of the notebook.

    Returns
    -------
    address : str
    """
    if not (EXERCISES / problem_set / f"{problem_set}.ipynb").is_file():
        known = ", ".join(sorted(path.parent.name for path in EXERCISES.glob("*/*.ipynb")))
        raise ValueError(f"there is no problem set {problem_set!r}; there are {known}")
    return PAGE.format(lab_path(problem_set, language))


def translated(notebooks):
    """Translate the notebooks into each other language.

    Parameters
    ----------
    notebooks : path
        A folder with a folder for each problem set.

    Returns
    -------
    translated : dict of str to bytes
        By path in the lab's files.
    """
    found = {}
    for language in (language for language in FOLDERS if language != ENGLISH):
        with speaking(language):
            for path in sorted(Path(notebooks).glob("*/*.ipynb")):
                found[lab_path(path.stem, language)] = nbformat.writes(read_notebook(path)).encode()
    return found
