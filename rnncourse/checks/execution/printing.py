"""Show what a learner's function prints while it is checked, and cut off what would bury the report."""

import contextlib
import io
import sys

from rnncourse.language import say

LINES, CHARACTERS = 20, 4000
"""How much is shown of what a function prints during one check."""


class _FewLines(io.TextIOBase):
    """Pass text on to another stream until so many lines or characters have come; then a word on it, and no more."""

    def __init__(self, stream):
        self._stream, self._lines, self._characters, self._cut = stream, LINES, CHARACTERS, False

    def write(self, text):
        """Write as much of the text as still fits."""
        if self._cut:
            return len(text)
        shown = "".join(text[: self._characters].splitlines(keepends=True)[: self._lines])
        self._lines -= shown.count("\n")
        self._characters -= len(shown)
        self._stream.write(shown)
        self._cut = shown != text
        if self._cut:
            end = "" if shown.endswith("\n") or not shown else "\n"
            more = say("... (what your function prints goes on: the rest is not shown)")
            self._stream.write(f"{end}{more}\n")
        return len(text)

    def writable(self):
        """Tell that it can be written to."""
        return True

    def flush(self):
        """Send on what the other stream holds back."""
        self._stream.flush()


@contextlib.contextmanager
def few_lines_printed():
    """Cut off what is printed inside a ``with`` block after `LINES` lines or `CHARACTERS` characters."""
    with contextlib.redirect_stdout(_FewLines(sys.stdout)):
        yield
