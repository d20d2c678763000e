"""Find what has been handed in: a folder for each student, and a key that changes when anything in it does."""

import hashlib
import json
import stat
from dataclasses import dataclass
from pathlib import Path

from rnncourse.grading.notebook.reading import MAX_NOTEBOOK, entries, find_notebook
from rnncourse.grading.text import described


@dataclass(frozen=True)
class Submission:
    """One student's folder of one problem set, and the notebooks in it: the file for each, None where there is none.

    Where the folder cannot be read, `problem` says why, and there is no key.
    """

    student: str
    folder: Path
    notebooks: dict[str, Path | None]
    key: str
    problem: str = ""


def find(submitted, problem_set, names, rules):
    """Find the submissions of a problem set, by student, one at a time: a class may be large.

    Parameters
    ----------
    submitted : pathlib.Path
        Holds <student>/<problem set>/.
    problem_set : str
    names : iterable of str
        Of the notebooks that are graded.
    rules : object
        Whatever else a grade depends on; JSON can write it.

    Yields
    ------
    submission : Submission
    """
    rules = hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()
    for folder in sorted(submitted.glob(f"*/{problem_set}")):
        try:
            yield _found(folder, names, rules)
        except Exception as error:  # whatever it holds, the others are found
            yield Submission(folder.parent.name, folder, {}, "", described(error))


def _found(folder, names, rules):
    """Find what is in one student's folder."""
    if any(path.is_symlink() for path in (folder.parent, folder)):
        problem = "its folder is a link, which is not followed: put the files themselves there"
        return Submission(folder.parent.name, folder, {}, "", problem)
    if not folder.is_dir():
        return Submission(folder.parent.name, folder, {}, "", "it is a file, and has to be a folder with the notebook")
    notebooks = {name: find_notebook(folder, name, names) for name in names}
    return Submission(folder.parent.name, folder, notebooks, _key(folder, rules))


def content(folder):
    """Hash what was handed in, whatever the rules of grading are: it tells one attempt of a student from another."""
    return _key(folder, "")


def _key(folder, rules):
    """Hash all that a grade depends on: the files of a folder, and the rules."""
    digest = hashlib.sha256(json.dumps([folder.parts[-2:], rules], sort_keys=True).encode())
    for path in entries(folder):
        about = path.lstat()
        digest.update(f"\0{path.relative_to(folder)}\0{about.st_mode}\0{about.st_size}\0".encode("utf-8", "replace"))
        if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_NOTEBOOK:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
