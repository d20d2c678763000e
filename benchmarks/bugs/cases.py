"""Read the cases of RNN-Bugs: a file for each exercise, in it an answer after each line that says what is wrong."""

import ast
import builtins
import importlib
import linecache
import re
import symtable
from dataclasses import dataclass
from pathlib import Path

from rnncourse.misconceptions import CATALOGUE

FOLDER = Path(__file__).parent
SPLITS = {"heldout": ("heldout", "heldout_right", "heldout_right_more"), "dev": ("dev",)}
"""The folders of each split: what is held out stays as it was written, so more of it goes into a folder of its own."""
MARK = "# %%"
FIELDS = ("id", "style", "mistakes", "origin")
FIELD = re.compile(r'\s*(\w+)=(?:"([^"]*)"|([^\s"]+))')
NAME = re.compile(r"\w+(?:-\w+)*")


class CaseError(ValueError):
    """Raised where a file of cases cannot be read as one: the message says where, what is there and what is wanted."""


@dataclass(frozen=True)
class Case:
    """One answer to an exercise.

    Parameters
    ----------
    exercise, split, id : str
    folder : str
        Where its file lies, one of the split's.
    style : str
        How it is written: loop, vectorised, einsum ...
    mistakes : tuple of str
        What is wrong, a phrase each; none for a right answer.
    origin : str
        Where such code is seen.
    source : str
        The learner's cell.
    line : int
        Where the source begins in the file.
    """

    exercise: str
    split: str
    folder: str
    id: str
    style: str
    mistakes: tuple[str, ...]
    origin: str
    source: str
    line: int

    @property
    def where(self):
        """Name the file and the case, for messages."""
        return f"{self.folder}/{self.exercise}.py, id={self.id}"

    def function(self):
        """Run the cell and return the function that it defines; its source can be read by `inspect.getsource`.

        Raises
        ------
        CaseError
            If the cell itself raises.
        """
        name = f"<{self.where}>"
        namespace = {"__name__": "__main__", **given(self.exercise)}
        linecache.cache[name] = (len(self.source), None, self.source.splitlines(keepends=True), name)
        try:
            exec(compile(self.source, name, "exec"), namespace)
        except Exception as error:
            raise CaseError(f"{self.where}: running the cell raised {type(error).__name__}: {error}") from error
        return namespace[self.exercise]


def given(exercise):
    """Build what is there before the learner's cell is run: NumPy, and torch where the exercise is about torch."""
    return {name: importlib.import_module(module) for name, module in given_names(exercise).items()}


def given_names(exercise):
    """Map the names that are there to the modules that they stand for."""
    return {"np": "numpy"} | ({"torch": "torch"} if exercise == "rnn_function" else {})


def read_split(split, exercises=None, folder=FOLDER):
    """Read the cases of a split.

    Parameters
    ----------
    split : str
    exercises : collection of str, optional
        All of which there is a file, by default.
    folder : Path, optional
        Where the split's folders are.

    Returns
    -------
    cases : list of Case

    Raises
    ------
    CaseError
        If there is no such folder, an exercise has no file, a file is not as it should be, or two files of an exercise
        have an id in common.
    """
    paths = sorted(path for name in SPLITS.get(split, (split,)) for path in (folder / name).glob("*.py"))
    found = {name: [path for path in paths if path.stem == name] for name in sorted({path.stem for path in paths})}
    if not found:
        raise CaseError(f"there are no files in {folder / split}; a split is a folder of <exercise>.py")
    if unknown := sorted(set(exercises or ()) - set(found)):
        raise CaseError(f"{split} has no file for {', '.join(unknown)}; it has {', '.join(found)}")
    cases = []
    for name in (name for name in found if not exercises or name in exercises):
        cases += refuse_twins([case for path in found[name] for case in read_file(path)])
    return cases


def refuse_twins(cases):
    """Return the cases of an exercise, or raise where an id occurs in two of its files."""
    seen = {}
    for case in cases:
        if case.id in seen:
            raise CaseError(f"{case.where}: {seen[case.id].where} is there too; an id occurs once in a split")
        seen[case.id] = case
    return cases


def read_file(path):
    """Read the cases of one file; its name is the exercise's, and its folder is one of the split's."""
    exercise, folder = path.stem, path.parent.name
    split = next((split for split, folders in SPLITS.items() if folder in folders), folder)
    if exercise not in CATALOGUE:
        raise CaseError(f"{folder}/{path.name}: there is no exercise {exercise!r}; there are {', '.join(CATALOGUE)}")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if line.startswith(MARK)]
    head = "".join(lines[: starts[0]] if starts else lines)
    if not starts or head.strip():
        raise CaseError(f"{folder}/{path.name}: the file has to begin with {MARK} id=...; it begins {head[:40]!r}")
    cases, seen = [], {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        where = f"{folder}/{path.name}, line {start + 1}"
        fields = read_header(lines[start], where)
        if fields["id"] in seen:
            raise CaseError(f"{where}: id={fields['id']} is on line {seen[fields['id']]} too; an id occurs once")
        seen[fields["id"]] = start + 1
        source = "".join(lines[start + 1 : end]).rstrip() + "\n"
        case = Case(exercise, split, folder, **fields, source=source, line=start + 2)
        check_source(case, where)
        cases.append(case)
    return cases


def read_header(line, where):
    """Read what the line before a case says of it, as a dict; `mistakes` as a tuple of phrases."""
    rest, fields = line.removeprefix(MARK).rstrip(), {}
    while rest:
        match = FIELD.match(rest)
        if not match:
            raise CaseError(f'{where}: cannot read {rest.strip()!r}; wanted key=value or key="value"')
        key, quoted, plain = match.groups()
        if key not in FIELDS:
            raise CaseError(f"{where}: unknown key {key!r}; the keys are {', '.join(FIELDS)}")
        if key in fields:
            raise CaseError(f"{where}: {key} is given twice")
        fields[key], rest = plain if quoted is None else quoted, rest[match.end() :]
    if missing := [key for key in FIELDS if key not in fields]:
        raise CaseError(f"{where}: {', '.join(missing)} missing; a case says {', '.join(FIELDS)}")
    if empty := [key for key in FIELDS if not fields[key].strip() and key != "mistakes"]:
        raise CaseError(f"{where}: {', '.join(empty)} empty")
    if not NAME.fullmatch(fields["id"]):
        raise CaseError(f"{where}: id={fields['id']} is no name: wanted words joined by hyphens")
    phrases = [phrase.strip() for phrase in fields["mistakes"].split(";")] if fields["mistakes"].strip() else []
    if "" in phrases or len(set(phrases)) < len(phrases):
        raise CaseError(f'{where}: mistakes="{fields["mistakes"]}" has an empty phrase, or one twice')
    return fields | {"mistakes": tuple(phrases)}


def check_source(case, where):
    """Refuse a cell that does not compile, does not define its function, or uses a name that nobody gives it."""
    try:
        tree, table = ast.parse(case.source), symtable.symtable(case.source, case.where, "exec")
    except SyntaxError as error:
        line = case.line + (error.lineno or 1) - 1
        raise CaseError(f"{where}: {error.msg}, on line {line} of the file: {(error.text or '').strip()!r}") from error
    defined = set(_defined(tree.body)) | {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned()}
    if case.exercise not in defined:
        raise CaseError(f"{where}: the cell of id={case.id} does not define {case.exercise}")
    there = given_names(case.exercise)
    if lacking := sorted(set(_globals_read(table)) - defined - set(there) - set(dir(builtins)) - {"__name__"}):
        raise CaseError(
            f"{where}: id={case.id} uses {', '.join(lacking)}, which nothing defines; {', '.join(there)} is there"
        )


def _defined(body):
    """Yield the names of the functions, classes and imports of a module's statements."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in statement.names)


def _globals_read(table):
    """Yield the names that a cell looks up outside of all its functions; those that it assigns there too."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals_read(child)
