"""Describe a misconception as a right and a wrong line, and build the mutant: the textbook with them exchanged."""

import ast
import inspect
import re
import textwrap
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

import numpy as np


@dataclass(frozen=True)
class Misconception:
    """One named mistake.

    Parameters
    ----------
    label : str
        Its name, unique within the exercise: "overwrites-dW_hh".
    exercise : str
        The exercise in which learners make it.
    says : str
        What the learner's function does, as a sentence: "dW_hh keeps only one time step".
    right, wrong : str
        A piece of the textbook function's source that occurs there once, and what stands in its place.
    hint : str
        What to think about; never the solution.
    see : str
        Where the book explains it: "03_bptt#sec-bptt-weights".
    also : tuple of (right, wrong) pairs
        Further exchanges, where one line cannot say it.
    same_as : tuple of str
        Labels of the same exercise that compute the very same function.
    """

    label: str
    exercise: str
    says: str
    right: str
    wrong: str
    hint: str
    see: str
    also: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def swaps(self):
        """List all exchanges, as (right, wrong) pairs."""
        return ((self.right, self.wrong), *self.also)


@cache
def split_source(textbook):
    """Split a function's source at its docstring, which says the same things as the code and is left out."""
    source = textwrap.dedent(inspect.getsource(textbook))
    if not textbook.__doc__:
        return "", source
    head, _, code = source.partition(f'"""{textbook.__doc__}"""')
    return head, code


def _exchange(textbook, swaps):
    """Make the swaps in the code after the docstring."""
    _, code = split_source(textbook)
    for right, wrong in swaps:
        if code.count(right) != 1:
            raise ValueError(
                f"{right!r} occurs {code.count(right)} times in {textbook.__name__}; a swap needs exactly one place"
            )
        code = code.replace(right, wrong)
    return code


def changed_lines(textbook, *swaps):
    """Find the lines in which a mutant differs from the textbook function, without their comments.

    Parameters
    ----------
    textbook : function
    *swaps : (right, wrong) pairs

    Returns
    -------
    right, wrong : tuples of str
        Lines that the mutant lacks, and lines that it has in their place. They keep their indentation.
    """
    return differing_lines(split_source(textbook)[1], _exchange(textbook, swaps))


def differing_lines(*texts):
    """Find the lines in which two texts differ, without their comments: those of the first, and those of the second."""
    before, after = ([re.sub(r"  # .*$", "", line) for line in text.splitlines()] for text in texts)
    spans = [
        span for kind, *span in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if kind != "equal"
    ]
    right = [line for i, j, _, _ in spans for line in before[i:j]]
    wrong = [line for _, _, i, j in spans for line in after[i:j]]
    if set(right) & set(wrong):  # a line has moved: show what it has moved past
        right, wrong = before[spans[0][0] : spans[-1][1]], after[spans[0][2] : spans[-1][3]]
    return tuple(right), tuple(wrong)


@cache
def mutate(textbook, *swaps):
    """Compile a textbook function with some of its lines exchanged.

    Parameters
    ----------
    textbook : function
        A function of `rnncourse.reference`.
    *swaps : (right, wrong) pairs
        Each right piece has to occur exactly once.

    Returns
    -------
    mutant : function

    Raises
    ------
    ValueError
        If a right piece is missing from the source, or occurs more than once.
    """
    head, _ = split_source(textbook)
    code = _exchange(textbook, swaps)
    namespace = {"np": np} | textbook.__globals__  # a wrong line may use NumPy where the textbook does not
    exec(compile(head + code, f"<mutant of {textbook.__name__}>", "exec"), namespace)
    return namespace[textbook.__name__]


def mutant_source(textbook, *swaps):
    """Write the source of a textbook function with the swaps made, without docstring and comments.

    Parameters
    ----------
    textbook : function
    *swaps : (right, wrong) pairs

    Returns
    -------
    source : str
    """
    return ast.unparse(ast.parse(split_source(textbook)[0] + _exchange(textbook, swaps)))
