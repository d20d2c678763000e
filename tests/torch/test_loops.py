"""All time loops have the same functions with the same arguments, and no argument is idle."""

import ast
from pathlib import Path

import pytest

TORCH = Path(__file__).parents[2] / "rnncourse" / "torch"
FILES = sorted(TORCH.rglob("*.py"))
BY_AUTOGRAD = ("_tied", "_grad")
"""What autograd hands to a `Function` whether it reads it or not."""


def functions(path):
    """Name and parameters of every function of a file, with its node."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            given = node.args
            extra = [argument for argument in (given.vararg, given.kwarg) if argument]
            named = (*given.posonlyargs, *given.args, *given.kwonlyargs, *extra)
            yield node.name, [argument.arg for argument in named], node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TORCH).as_posix())
def test_every_parameter_is_used(path):
    for name, parameters, node in functions(path):
        read = {part.id for line in node.body for part in ast.walk(line) if isinstance(part, ast.Name)}
        assert set(parameters) - read - {"self", *BY_AUTOGRAD} == set(), name


def test_all_have_the_same_loops():
    cpu, cuda, one_launch = (
        {name: [given for given in parameters if given != "self"] for name, parameters, _ in functions(TORCH / path)}
        for path in ("cpu/loops.py", "cuda/loops.py", "cuda/one_launch.py")
    )
    loops = [f"{cell}_{part}" for cell in ("rnn", "lstm", "gru") for part in ("steps", "deltas")]
    assert [cpu[loop] for loop in loops] == [cuda[loop] for loop in loops] == [one_launch[loop] for loop in loops]
