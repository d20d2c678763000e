"""Select the installed files that a student's process may see: some packages, with what they need, and no others."""

import csv
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ALWAYS = ("numpy", "matplotlib", "ipython")
NEVER = ("rnncourse",)


@cache  # what is installed stays so while a program runs, and each process that grades asks
def visible(wanted=ALWAYS):
    """Find the files and folders of the wanted packages and of all that these need.

    Parameters
    ----------
    wanted : tuple of str
        Names of distributions.

    Returns
    -------
    entries : dict of str to pathlib.Path
        By name, as `import` finds them.
    """
    entries = {}
    for name in sorted(_closure(wanted)):
        distribution = metadata.distribution(name)
        for top in _tops(distribution):
            if top not in ("..", "__pycache__") and not top.endswith(".pth"):
                entries[top] = Path(distribution.locate_file(top))
    return {top: path for top, path in entries.items() if path.exists()}


def _tops(distribution):
    """Collect the first parts of the paths of a distribution's files; `distribution.files` makes an object of each."""
    if record := distribution.read_text("RECORD"):
        return {path.partition("/")[0] for path, *_ in csv.reader(record.splitlines())}
    return {file.parts[0] for file in distribution.files or []}


def _closure(wanted):
    """Collect the wanted distributions and, in turn, what they require here; extras are left out."""
    found, todo = set(), list(wanted)
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name in found or name in NEVER:
            continue
        try:
            requires = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        requirements = [Requirement(text) for text in requires]
        todo += [need.name for need in requirements if not need.marker or need.marker.evaluate({"extra": ""})]
    return found
