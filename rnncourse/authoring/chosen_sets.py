"""Read from course.toml which problem sets a course has, and bring their sources from the installed package.

A course that was made by `rnncourse new` holds no copy of a source at first. `rnncourse release` brings them into
solutions/, and brings a newer one when the package has been updated. A source that the instructor has changed is left.
"""

import hashlib
import json
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

import rnncourse
from rnncourse.authoring.errors import CourseError
from rnncourse.files import write_atomically

COURSE = "course.toml"
BROUGHT = ".brought.json"
"""In solutions/: the hash of each source that was brought."""
_SHARED = ("share", "rnncourse", "solutions")


def chosen_sets(course):
    """Read the tables `[sets.<name>]` of a course.

    Parameters
    ----------
    course : path
        The course directory.

    Returns
    -------
    sets : dict of str to dict
        Empty where there is no course.toml.

    Raises
    ------
    CourseError
        If the file cannot be read.
    """
    path = Path(course) / COURSE
    if not path.is_file():
        return {}
    try:
        sets = tomllib.loads(path.read_text(encoding="utf-8")).get("sets", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    if not isinstance(sets, dict) or not all(isinstance(table, dict) for table in sets.values()):
        raise CourseError(f"{path}: sets has to hold a table for each problem set, such as [sets.ps1_forward]")
    return sets


def points_of(course, name):
    """Read what a course says that the exercises of a problem set are worth, by exercise.

    Raises
    ------
    CourseError
        If a value is no number of points.
    """
    points = chosen_sets(course).get(name, {}).get("points", {})
    for exercise, value in points.items() if isinstance(points, dict) else [("points", points)]:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
            raise CourseError(
                f"{Path(course) / COURSE}: {exercise} of {name} is {value!r}; expected a number of points, in a table "
                f"[sets.{name}.points]"
            )
    return {exercise: float(value) for exercise, value in points.items()}


def shipped_sources():
    """Find the problem sets that came with the package, by name: in the repository, or where a wheel has put them."""
    repository = Path(rnncourse.__file__).parents[1]
    if (repository / "pyproject.toml").is_file():
        paths = repository.glob("solutions/*/*.py")
    else:
        files = metadata.files("rnncourse") or ()
        paths = (Path(file.locate()) for file in files if file.parts[-5:-2] == _SHARED)
    return {path.stem: path for path in sorted(paths) if path.stem == path.parent.name}


def bring_sources(course):
    """Bring the sources of the chosen problem sets into solutions/.

    Parameters
    ----------
    course : path

    Raises
    ------
    CourseError
        If neither the course nor the package has a problem set that was chosen.
    """
    chosen = chosen_sets(course)
    if not chosen:
        return
    solutions, shipped = Path(course) / "solutions", shipped_sources()
    brought = _brought(solutions)
    for name in chosen:
        target = solutions / name / f"{name}.py"
        ours = not target.exists() or _hash(target) == brought.get(name)
        if ours and name in shipped:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shipped[name], target)
            brought[name] = _hash(target)
        elif not target.exists():
            raise CourseError(
                f"{Path(course) / COURSE} has [sets.{name}], and there is no {target}; "
                f"the package has {', '.join(shipped) or 'no problem set'}"
            )
    if brought:
        write_atomically(solutions / BROUGHT, json.dumps(brought, indent=1) + "\n")


def _brought(solutions):
    """Read which sources were brought."""
    try:
        return json.loads((solutions / BROUGHT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _hash(path):
    """Hash a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
