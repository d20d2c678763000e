"""Hold the text of a textbook function and of the functions that it calls, and build it with some of it replaced.

A mistake is a set of `Span`: pieces of the text, and what stands in their place. Mistakes whose spans lie apart can be
made together, on one line too.
"""

import ast
import inspect
import re
import types
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from rnncourse.misconceptions import TEXTBOOK
from rnncourse.misconceptions.record import differing_lines, split_source
from rnncourse.misconceptions.slips.noting import NOTE, NOTE_ASSIGNED, compiled_noting
from rnncourse.misconceptions.slips.text import Text
from rnncourse.reference.output import sigmoid

TEXTBOOK_ONLY = re.compile(r"lambda z|Params\(|\bparams\b|\bcache\b|if False|^\s*(\w+) = \1$|^\s*pass$")
"""What no learner has written: arguments joined in a tuple, and lines that only make a mutant run."""

TOKEN = re.compile(r"\.T\b|\w+|\s+|.")


class Span(NamedTuple):
    """A piece of one function's text, from start to end, and what stands in its place."""

    function: str
    start: int
    end: int
    new: str


def relu(a):
    """Compute max(0, a), for mistakes that use it."""
    return np.maximum(a, 0)


class Program:
    """A textbook function and the functions of `rnncourse.reference` that it calls by name.

    Parameters
    ----------
    textbook : function

    Attributes
    ----------
    main : str
        The name of the textbook function.
    functions : dict
        By name, the functions whose text can be changed.
    texts : dict
        Their texts by name, without docstrings.
    """

    def __init__(self, textbook):
        names = inspect.getclosurevars(textbook).globals
        called = {name: value for name, value in names.items() if value in _TEXTBOOKS}
        self.main = textbook.__name__
        self.functions = called | {self.main: textbook}
        texts = {name: "".join(split_source(function)) for name, function in self.functions.items()}
        # What a mistake leaves unwritten is zero, as with most learners, and not what happened to be in memory.
        self.texts = {name: text.replace("np.empty", "np.zeros") for name, text in texts.items()}
        self._compiled = lru_cache(maxsize=4096)(self._compile)
        self._compiled_noting = lru_cache(maxsize=256)(self._compile_noting)
        self._names = {"np": np, "sigmoid": sigmoid, "relu": relu}
        for function in self.functions.values():
            self._names |= function.__globals__

    def spans(self, misconception):
        """Find what a misconception changes, as narrowly as its words allow; () if the text has no such place."""
        textbook, spans = TEXTBOOK[misconception.exercise], []
        name, (head, code) = textbook.__name__, split_source(textbook)
        for right, wrong in misconception.swaps:
            if code.count(right) != 1:
                return ()
            start = len(head) + code.index(right)
            spans += [Span(name, start + i, start + j, new) for i, j, new in _narrowed(right, wrong)]
        return tuple(spans)

    def build(self, spans):
        """Compile the textbook function with spans replaced.

        Parameters
        ----------
        spans : collection of Span
            That lie apart.

        Returns
        -------
        function : function
        """
        names = dict(self._names)
        for name in self.functions:
            exec(self._compiled(name, frozenset(span for span in spans if span.function == name)), names)
        return names[self.main]

    def build_noting(self, spans, note, note_assigned):
        """Build the function so that values pass `note`, and `note_assigned`, which have to give them back."""
        names = self._names | {NOTE: note, NOTE_ASSIGNED: note_assigned}
        for name in self.functions:
            exec(self._compiled_noting(name, frozenset(span for span in spans if span.function == name)), names)
        return names[self.main]

    def _compile(self, name, spans):
        return compile(self.changed(name, spans), f"<{name}>", "exec")

    def _compile_noting(self, name, spans):
        return compiled_noting(self.changed(name, spans), f"<{name}>")

    def wrong_lines(self, spans):
        """List the lines that spans change, as they are then; none that speaks of what only the textbook has."""
        lines = []
        for name in self.functions:
            here = [span for span in spans if span.function == name]
            lines += differing_lines(self.texts[name], self.changed(name, here))[1] if here else ()
        return tuple(line for line in lines if not TEXTBOOK_ONLY.search(line))

    def original(self, span):
        """Write what stands where a span is put."""
        return self.texts[span.function][span.start : span.end]

    def about_steps(self, span):
        """Tell whether a span is in the head of a "loop", or in the "index" of a step; None of all others."""
        text = Text(self.texts[span.function])
        for node in ast.walk(text.tree):
            place = {ast.For: "iter", ast.Subscript: "slice"}.get(type(node))
            part = place and getattr(node, place)
            if part and text.start(part) <= span.start and span.end <= text.end(part):
                return "loop" if place == "iter" else "index"
        return None

    def changed(self, name, spans):
        """Write one function's text with spans replaced."""
        text, pieces, position = self.texts[name], [], 0
        for span in sorted(spans):  # by what they write, too, where two insert in one place: else the order is a set's
            pieces += [text[position : span.start], span.new]
            position = span.end
        return "".join([*pieces, text[position:]])


@cache
def program_of(textbook):
    """Build the `Program` of a textbook function, once."""
    return Program(textbook)


def together(*mistakes):
    """Join the spans of several mistakes.

    Returns
    -------
    spans : frozenset of Span, or None
        None where two mistakes would change one place, or put two things into it.
    """
    spans = frozenset().union(*mistakes)
    ordered = sorted(spans)
    for before, after in pairwise(ordered):
        one_place = after.start < before.end or (before.start, before.end) == (after.start, after.end)
        if before.function == after.function and one_place:
            return None
    return spans


def _narrowed(right, wrong):
    """Yield the tokens in which two texts differ: where they begin and end in the first, and what is there instead."""
    before, after = TOKEN.findall(right), TOKEN.findall(wrong)
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield starts[i], starts[j], "".join(after[k:m])


_TEXTBOOKS = {function for function in TEXTBOOK.values() if isinstance(function, types.FunctionType)}
