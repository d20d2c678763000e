"""Read and write a table that a learning-management system gave, so that only the cells that are put change.

The csv module reads the values but forgets the bytes: which cells had quotation marks, how each line ended, whether a
mark stood before the first letter. A system may want all of that back, so here a cell is kept as it was written.
"""

import codecs
import re
from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.spreadsheet import safe

BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
DELIMITERS = ",;\t"
MAX_BYTES = 64 << 20

_END = re.compile(r"\r\n|\n|\r")


class Sheet:
    """A table: a header, and a row for each line below it.

    Parameters
    ----------
    content : bytes
    known : collection of str
        Names of columns to expect, which tell the delimiter.
    name : str
        What to call it in an error.

    Raises
    ------
    CourseError
        If it is no such table.
    """

    def __init__(self, content, known=(), name="the file"):
        self._bom = next((bom for bom in BOMS if content.startswith(bom)), b"")
        text, self._encoding = _decoded(content, self._bom, name)
        known = {column.casefold() for column in known}
        self.delimiter = max(DELIMITERS, key=lambda mark: _likeness(text, mark, known, name))
        self._rows, self._ends = _split(text, self.delimiter, name)
        if not self._rows:
            raise CourseError(f"{name} is empty; it needs a line with the names of the columns")

    @property
    def header(self):
        """List the names of the columns."""
        return [value_of(raw) for raw in self._rows[0]]

    @property
    def rows(self):
        """List the numbers of the rows below the header: a row's number is its place, and the header's is 0."""
        return range(1, len(self._rows))

    def value(self, row, column):
        """Get the value of a cell; empty where the row is too short."""
        cells = self._rows[row]
        return value_of(cells[column]) if column < len(cells) else ""

    def values(self, row):
        """List the values of a row."""
        return [value_of(raw) for raw in self._rows[row]]

    def holds(self, row, column):
        """Tell whether a row is long enough for a column."""
        return column < len(self._rows[row])

    def put(self, row, column, text):
        """Put a text into a cell: in quotation marks if those beside it are, or if it needs them."""
        cells = self._rows[row]
        text = safe(text)
        written = [raw for raw in cells if raw]
        quoted = cells[column].startswith('"') or (written and all(raw.startswith('"') for raw in written))
        if quoted or any(mark in text for mark in (self.delimiter, '"', "\r", "\n")):
            text = '"' + text.replace('"', '""') + '"'
        cells[column] = text

    def add_column(self, name):
        """Add a column at the end, empty in each row that has all the others; return its place."""
        place = len(self._rows[0])
        for cells in self._rows:
            if len(cells) == place:
                cells.append("")
        self.put(0, place, name)
        return place

    def to_bytes(self):
        """Write the table: what was not put is as it was."""
        lines = [self.delimiter.join(cells) + end for cells, end in zip(self._rows, self._ends, strict=True)]
        return self._bom + "".join(lines).encode(self._encoding)


def read_sheet(path, known=()):
    """Read a table from a file.

    Raises
    ------
    CourseError
        If it cannot be read, or is no such table.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise CourseError(f"{path} is larger than {MAX_BYTES >> 20} MB; a table of marks is not")
    if content.startswith(b"PK\x03\x04"):
        raise CourseError(f"{path} is a workbook or an archive; expected a CSV file: download the marks as CSV")
    return Sheet(content, known, Path(path).name)


def value_of(raw):
    """Read the value of a cell as the csv module does: quotation marks around it are off, double ones single."""
    if not raw.startswith('"'):
        return raw
    inside = _QUOTED.match(raw)[0]
    return inside[1:-1].replace('""', '"') + raw[len(inside) :]


_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')


def _decoded(content, bom, name):
    """Decode a file; return its text and how it is encoded."""
    for encoding in [BOMS[bom]] if bom else ["utf-8", "cp1252"]:
        try:
            return content[len(bom) :].decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CourseError(f"{name} is no text in UTF-8, UTF-16 or Windows-1252; save it as CSV in UTF-8")


def _likeness(text, delimiter, known, name):
    """Score a delimiter by the header that it gives: by the names that are known, then by their number."""
    try:
        header = [value_of(raw).strip().casefold() for raw in _split(text, delimiter, name, most=1)[0][0]]
    except (CourseError, IndexError):  # who says what is wrong is whoever reads it by this delimiter
        return 0, text.partition("\n")[0].count(delimiter) + 1
    return len(known.intersection(header)), len(header)


def _split(text, delimiter, name, most=None):
    """Split a text into rows of raw cells, and what ends each row."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    rows, ends, place = [], [], 0
    while place < len(text) and (most is None or len(rows) < most):
        cells, end = [], None
        while end is None:
            start = place
            if text.startswith('"', place):
                if not (inside := _QUOTED.match(text, place)):
                    raise CourseError(f"{name}, row {len(rows) + 1}: a quotation mark is opened and never closed")
                place = inside.end()
            place = plain.match(text, place).end()
            cells.append(text[start:place])
            if text.startswith(delimiter, place):
                place += 1
            else:
                end = found[0] if (found := _END.match(text, place)) else ""
                place += len(end)
        rows.append(cells)
        ends.append(end)
    return rows, ends
