"""Pack the part of the package that a page's Python needs: what the checks and the labs import, and no more."""

import ast
import io
import json
import tomllib
import zipfile
from pathlib import Path

from rnncourse import NOTEBOOK_NAMES

ROOT = Path(__file__).resolve().parents[2]
ROOTS = (*NOTEBOOK_NAMES.values(), "rnncourse.checks.page")
"""What a notebook and a page start from."""
EXERCISES = ROOT / "exercises"
DATA = {".css", ".csv", ".j2", ".js", ".mplstyle", ".po"}
DATE = (1980, 1, 1, 0, 0, 0)


def source_of(name):
    """Find the file of one of our modules; None if there is no such module."""
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


def imported_by(path):
    """List what a file imports anywhere, within functions too: names that may be modules."""
    return imported_names(path.read_text(encoding="utf-8"))


def imported_names(source):
    """List what a program imports, with the names of functions that it may import from a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def needed_modules(roots=ROOTS):
    """Collect the modules of the package that some modules need, with themselves.

    Parameters
    ----------
    roots : sequence of str
        Names of modules.

    Returns
    -------
    needed : dict of str to Path
        Each module and its file.

    Raises
    ------
    LookupError
        If there is no module of a root's name.
    """
    if missing := [name for name in roots if not source_of(name)]:
        raise LookupError(f"there is no module {', '.join(missing)}")
    needed, open_names = {}, list(roots)
    while open_names:
        name = open_names.pop()
        if name in needed or name.split(".")[0] != "rnncourse" or not (path := source_of(name)):
            continue
        needed[name] = path
        open_names += [*imported_by(path), name.rpartition(".")[0]]
    return needed


def imported_by_notebooks(folder=EXERCISES):
    """List the modules of the package that the problem sets import; those for torch have no use in a browser."""
    names = set()
    for path in sorted(folder.glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                names |= set(imported_names("".join(cell["source"])))
    return sorted(name for name in names if source_of(name) and not name.startswith("rnncourse.torch"))


def needed_files():
    """List the files to pack, in order: the modules, and the data that lies in their folders."""
    modules = set(needed_modules((*ROOTS, *imported_by_notebooks())).values())
    data = (path for path in (ROOT / "rnncourse").rglob("*") if path.suffix in DATA)
    return sorted(modules | {path for path in data if _package_of(path) / "__init__.py" in modules})


def _package_of(path):
    """Find the innermost package around a file."""
    return next(folder for folder in path.parents if (folder / "__init__.py").is_file())


def metadata():
    """Write what an installed package knows of itself: a report finds the book's address there.

    Returns
    -------
    name, text : str
        Of the file, in a folder beside the package.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = ["Metadata-Version: 2.4", f"Name: {project['name']}", f"Version: {project['version']}"]
    lines += [f"Project-URL: {label}, {url}" for label, url in project["urls"].items()]
    return f"{project['name']}-{project['version']}.dist-info/METADATA", "\n".join(lines) + "\n"


def pack(files):
    """Pack files into a zip file: the same bytes whenever the files are the same.

    Parameters
    ----------
    files : iterable of (str, bytes or str)
        Each file's name in the archive, and what it holds.

    Returns
    -------
    packed : bytes
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files:
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same from Windows
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()


def archive():
    """Pack the package's part; returns the bytes of a zip file.

    It is there to be unpacked, not to be imported from: a report quotes lines of the sources.
    """
    files = [(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in needed_files()]
    return pack([*files, metadata()])
