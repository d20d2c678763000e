"""Hash code by what it does: a top-level name of the package with all names that it uses, without comments."""

import ast
import hashlib
from pathlib import Path

import rnncourse

PACKAGE = Path(rnncourse.__file__).parent
EFFECTS = "<effects>"
"""Stands for the statements of a module that bind no name: calls that register something, say."""
WORDS = ("says", "hint", "see")
"""Arguments that hold text for a person."""
WHOLE = "<module>"
"""Stands for all of a module."""


class Code:
    """The code of the package, read from its files: nothing is run.

    A unit is a pair (module, name): ("rnncourse.reference.rnn", "rnn_step").

    Parameters
    ----------
    package : path, optional
        The folder `rnncourse`; that of this program by default.
    """

    def __init__(self, package=PACKAGE):
        self._top, self._modules = Path(package).parent, {}

    def hash(self, units, without=frozenset()):
        """Hash units with all that they use.

        Parameters
        ----------
        units : iterable of (str, str)
        without : set of (str, str)
            Units that are left out, with what only they use; a name of None stands for all of a module.

        Returns
        -------
        hash : str
        """
        digest = hashlib.sha256()
        for module, name in sorted(self._closure(units, without)):
            dumped = self._module(module).dumped(name)
            digest.update(f"\0{module}\0{name}\0{dumped}".encode())
        return digest.hexdigest()[:16]

    def _closure(self, units, without):
        """Collect units and those that they use, directly or not."""
        waiting, seen = list(units), set()
        while waiting:
            unit = self._origin(*waiting.pop())
            if unit is None or unit in seen or unit in without or (unit[0], None) in without:
                continue
            seen.add(unit)
            module, name = unit
            waiting += [(module, used) for used in (*self._module(module).uses(name), EFFECTS)]
        return seen

    def _origin(self, module, name):
        """Follow imports to the unit that defines a name; None where no file of the package does."""
        while self._module(module) is not None:
            code = self._module(module)
            if name in code.statements:
                return module, name
            if name not in code.imported:
                return None
            module, name = code.imported[name]
            if self._module(f"{module}.{name}") is not None:
                module, name = f"{module}.{name}", WHOLE
        return None

    def _module(self, name):
        """Read a module of the package; None where there is none."""
        if name not in self._modules:
            path = self._top.joinpath(*name.split("."))
            files = [file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()]
            self._modules[name] = _Module(files[0].read_text(encoding="utf-8")) if files else None
        return self._modules[name]


class _Module:
    """The top level of a module: which statements bind which name, and what is imported from where."""

    def __init__(self, source):
        body = _without_words(ast.parse(source)).body
        self.imported = {}
        self.statements = {EFFECTS: [], WHOLE: []}
        for statement in body:
            if isinstance(statement, ast.ImportFrom) and not statement.level:
                names = {alias.asname or alias.name: (statement.module, alias.name) for alias in statement.names}
                self.imported |= names
            elif not isinstance(statement, ast.Import):
                for name in (*_bound(statement), WHOLE):
                    self.statements.setdefault(name, []).append(statement)

    def dumped(self, name):
        """Write what defines a name as text that does not depend on its layout."""
        return "\n".join(ast.dump(statement) for statement in self.statements[name])

    def uses(self, name):
        """Collect the names that what defines a name uses."""
        nodes = [node for statement in self.statements[name] for node in ast.walk(statement)]
        return {node.id for node in nodes if isinstance(node, ast.Name)}


def _bound(statement):
    """Collect the names that a statement binds at the top level; `EFFECTS` where it is an expression."""
    if isinstance(statement, ast.Expr):
        return {EFFECTS}
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    nodes = list(ast.walk(statement))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return stored | defined


def _without_words(tree):
    """Take out of a syntax tree what only a person reads: docstrings, and arguments called as `WORDS` are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg not in WORDS]
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    return tree
