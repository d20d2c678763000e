"""Find what has been handed in: a folder for each student, and a key that changes when anything in it does."""

import hashlib
import json
import stat
from dataclasses import dataclass
from pathlib import Path

from rnncourse.grading.notebook.reading import MAX_NOTEBOOK, find_notebook


@dataclass(frozen=True)
class Submission:
    """One student's folder of one problem set, and the notebooks in it: the file for each, None where there is none."""

    student: str
    folder: Path
    notebooks: dict[str, Path | None]
    key: str


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
        if any(path.is_symlink() or not path.is_dir() for path in (folder.parent, folder)):
            continue
        yield Submission(
            student=folder.parent.name,
            folder=folder,
            notebooks={name: find_notebook(folder, name, names) for name in names},
            key=_key(folder, rules),
        )


def _key(folder, rules):
    """Hash all that a grade depends on: the files of a folder, and the rules."""
    digest = hashlib.sha256(json.dumps([folder.parts[-2:], rules], sort_keys=True).encode())
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        digest.update(f"\0{path.relative_to(folder)}\0{about.st_mode}\0{about.st_size}\0".encode("utf-8", "replace"))
        if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_NOTEBOOK:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
