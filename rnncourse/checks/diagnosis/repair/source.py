"""Read a learner's functions from their file, and run one of them with another code for a while."""

import ast
import contextlib
import linecache
import types
import warnings

from rnncourse.checks.execution.substitutes import written_function

UNBOUNDED = {"count", "cycle", "iter"}
"""Functions of Python's that a loop may run over for ever."""


class Source:
    """The functions of one file that a learner's function may call, each with its syntax tree.

    Parameters
    ----------
    function : callable
        The learner's.

    Attributes
    ----------
    functions : list of (types.FunctionType, ast.FunctionDef)
        The learner's own first. None where one of them has a loop that an edit could make endless: in a page, and off
        the main thread, nothing ends it.
    """

    def __init__(self, function):
        written = written_function(function)
        self._file = written.__code__.co_filename
        try:
            nodes = list(ast.walk(ast.parse("".join(linecache.getlines(self._file)))))
        except SyntaxError:
            nodes = []
        defined = {_first_line(node): node for node in nodes if isinstance(node, ast.FunctionDef)}
        live = dict.fromkeys([written, *_methods(type(function)), *self._others(written.__globals__.values())])
        pairs = [(each, defined.get(each.__code__.co_firstlineno)) for each in live]
        found = [(each, node) for each, node in pairs if node and node.name == each.__code__.co_name]
        self.functions = [] if any(_may_be_endless(node) for _, node in found) else found

    def _others(self, values):
        """Yield the functions of the file, and the methods of its classes."""
        for value in list(values):
            for each in (value, *_methods(value)):
                if isinstance(each, types.FunctionType) and each.__code__.co_filename == self._file:
                    yield each

    def compiled(self, function, node):
        """Compile a function's syntax tree as it is now; None where that cannot be.

        Parameters
        ----------
        function : types.FunctionType
        node : ast.FunctionDef

        Returns
        -------
        code : types.CodeType or None
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                module = compile(ast.Module([node], []), self._file, "exec")
            except (SyntaxError, ValueError, TypeError):
                return None
        codes = (constant for constant in module.co_consts if isinstance(constant, types.CodeType))
        fitting = (code for code in codes if code.co_name == node.name)
        return next((code for code in fitting if code.co_freevars == function.__code__.co_freevars), None)


@contextlib.contextmanager
def exchanged(function, code):
    """Let a function have another code for a while."""
    before, function.__code__ = function.__code__, code
    try:
        yield
    finally:
        function.__code__ = before


def _may_be_endless(function):
    """Tell whether a function has a loop without a bound of its own."""
    nodes = list(ast.walk(function))
    called = {getattr(node.func, "attr", getattr(node.func, "id", "")) for node in nodes if isinstance(node, ast.Call)}
    return any(isinstance(node, ast.While) for node in nodes) or bool(called & UNBOUNDED)


def _first_line(node):
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _methods(value):
    """List the methods of a class; none of anything else."""
    return [each for each in vars(value).values() if isinstance(each, types.FunctionType)] if _own(value) else []


def _own(value):
    return isinstance(value, type) and value.__module__ != "builtins"
