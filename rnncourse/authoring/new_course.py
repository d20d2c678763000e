"""Make a course directory that holds only what an instructor edits; the rest stays in the installed package."""

import re
from pathlib import Path

import jinja2

from rnncourse.addresses import project_address
from rnncourse.authoring.chosen_sets import shipped_sources
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.source import read_source
from rnncourse.files import write_atomically

FILES = {
    "course.toml": "course.toml.j2",
    "students.csv": "students.csv.j2",
    "nbgrader_config.py": "nbgrader_config.py.j2",
    "Makefile": "Makefile.j2",
    "requirements.txt": "requirements.txt.j2",
    "README.md": "README.md.j2",
    ".gitignore": "gitignore.j2",
}
"""What a course begins with, and the template of each."""
SERVER_FILES = {
    "server/Containerfile": "Containerfile.j2",
    "server/jupyterhub_config.py": "jupyterhub_config.py.j2",
    "server/nbgrader_config.py": "hub_nbgrader_config.py.j2",
}
"""What it has besides for a container, or for a JupyterHub."""
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("rnncourse.authoring"),
    undefined=jinja2.StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,
)


def make_course(folder, sets=None, server=False):
    """Make a course directory.

    Parameters
    ----------
    folder : path
        New, or empty; its name is the course's.
    sets : sequence of str, optional
        The problem sets; all that the package has by default.
    server : bool
        Write `SERVER_FILES`, too.

    Returns
    -------
    paths : list of pathlib.Path
        What was written.

    Raises
    ------
    CourseError
        If the folder has something in it, its name is none for a course, or the package has no such problem set.
    """
    folder = Path(folder)
    name, shipped = folder.resolve().name, shipped_sources()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there already and is not empty; name a folder that is yet to be made")
    if not _NAME.fullmatch(name):
        raise CourseError(f"a course can not be called {name!r}; use letters, digits, '.', '_' and '-': rnns-2027")
    if unknown := [each for each in sets or () if each not in shipped]:
        raise CourseError(f"there is no problem set {', '.join(unknown)}; the package has {', '.join(shipped)}")
    points = {each: _points(shipped[each]) for each in sets or shipped}
    repository = project_address("Repository")
    need = f"rnncourse[teach] @ git+{repository}" if repository else "rnncourse[teach]"
    files = FILES | (SERVER_FILES if server else {})
    for file, template in files.items():
        text = _templates.get_template(template).render(name=name, sets=points, need=need)
        write_atomically(folder / file, text)
    return [folder / file for file in files]


def _points(source):
    """Read the points of a problem set's exercises, by exercise."""
    about = [cell.metadata.get("nbgrader", {}) for cell in read_source(source).cells]
    return {each["grade_id"].removeprefix("check-"): each["points"] for each in about if each.get("grade")}
