"""Copy the package with some of its lines exchanged: checks as they were before they were mended."""

import shutil

from rnncourse.grading.run.code_hash import PACKAGE


def copy_package(target, *edits):
    """Copy the package.

    Parameters
    ----------
    target : pathlib.Path
        The folder to put `rnncourse` into.
    *edits : (str, str, str)
        A file of the package, text that occurs there once, and what takes its place.

    Returns
    -------
    package : pathlib.Path
    """
    package = target / "rnncourse"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, old, new in edits:
        file = package / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new), encoding="utf-8")
    return package
