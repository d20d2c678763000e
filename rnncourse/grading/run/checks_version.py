"""Tell which version of the checks a grade is made with: a hash, for each graded cell, of what decides its points."""

import ast
import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cache

from rnncourse.checks.registry import EXERCISES
from rnncourse.grading.run.code_hash import PACKAGE, Code
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK
from rnncourse.misconceptions.slips.program import program_of

MACHINERY = (("rnncourse.checks.grading", "grade"), ("rnncourse.grading.notebook.scorer", "Scorer"))
"""What decides the points of every check."""
_WORDS = ("_messages", "_facts", "_fact", "_named_mistakes", "_call_problem")
NO_POINTS = frozenset(
    {("rnncourse.checks.grading", name) for name in _WORDS}
    | {("rnncourse.checks.diagnosis.upstream_errors", "upstream_message")}
    | {("rnncourse.misconceptions", name) for name in ("CATALOGUE", "TEXTBOOK")}  # of each exercise its own is hashed
    | {("rnncourse.checks.diagnosis.lines", "own_lines"), ("rnncourse.checks.diagnosis.patterns", "pattern")}
    | {("rnncourse.grading.notebook.findings", None), ("rnncourse.grading.text", None), ("rnncourse.language", None)}
    | {("rnncourse.checks.reporting.report", None), ("rnncourse.checks.reporting.sections", None)}
)
"""What decides only the words: messages, layout."""


@dataclass(frozen=True)
class Version:
    """The version of a problem set's checks: `cells` has the hash by "notebook/grade_id", and `id` stands for all."""

    cells: dict

    @property
    def id(self):
        """Hash the hashes."""
        return hashlib.sha256(json.dumps(self.cells, sort_keys=True).encode()).hexdigest()[:16]

    def differing(self, cells):
        """List the graded cells whose hash is another one in `cells`, or is not there."""
        return [cell for cell, known in self.cells.items() if cells.get(cell) != known]


def version_of(tests, package=PACKAGE):
    """Work out the version of the checks that graded cells call.

    Parameters
    ----------
    tests : dict of str to dict
        By notebook: source and points by `grade_id`, of `gradebook.cells.graded_cells`.
    package : path, optional
        The folder `rnncourse`.

    Returns
    -------
    version : Version
    """
    return Version(
        {
            f"{notebook}/{grade_id}": _cell(called(source), package)
            for notebook, cells in tests.items()
            for grade_id, (source, _) in cells.items()
        }
    )


def called(source):
    """List the checks that a graded cell calls, by name; a cell of another kind calls none.

    Parameters
    ----------
    source : str
        Of the cell: "check.rnn_step(rnn_step)".
    """
    try:
        nodes = ast.walk(ast.parse(source))
    except SyntaxError:  # a magic, say
        return ()
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return tuple(sorted(used & EXERCISES.keys()))


@cache
def _cell(names, package):
    """Hash all that decides the points of a cell that calls these checks."""
    code, exercises = _code(package), [EXERCISES[name] for name in names]
    units = [unit for exercise in exercises for unit in _units(exercise)]
    return f"{_machinery(package)}-{code.hash(units)}"


def _units(exercise):
    """List the code of an exercise: its definition, the textbook that it is compared with, the mistakes in that."""
    exercises = [exercise, *exercise.builds_on]
    functions = [TEXTBOOK[each.name] for each in exercises if each.name in TEXTBOOK]
    called = {function for textbook in functions for function in program_of(textbook).functions.values()}
    names = [name for name, textbook in TEXTBOOK.items() if textbook in called]
    textbooks = [(function.__module__, function.__name__) for function in functions]
    return [*map(_definition, exercises), *textbooks, *map(_catalogue, names)]


def _catalogue(name):
    """Find the module and the name under which the mistakes of an exercise are listed: a name may be worth points."""
    for module in sys.modules.values():
        if getattr(module, "MISCONCEPTIONS", None) is CATALOGUE[name]:
            return module.__name__, "MISCONCEPTIONS"
    raise LookupError(f"no module of rnncourse.misconceptions lists the mistakes of {name} as MISCONCEPTIONS")


def _definition(exercise):
    """Find the module and the name under which an exercise is defined."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("rnncourse.checks."):
            for variable, value in vars(module).items():
                if value is exercise and variable.isupper():
                    return name, variable
    raise LookupError(f"no module of rnncourse.checks has the exercise {exercise.name} under a name of its own")


@cache
def _machinery(package):
    """Hash what decides the points of every check."""
    return _code(package).hash(MACHINERY, without=NO_POINTS)


@cache
def _code(package):
    """Read the package once."""
    return Code(package)
