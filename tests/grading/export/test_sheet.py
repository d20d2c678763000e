"""A table of marks is read as the csv module reads it, and written byte for byte where nothing was put."""

import codecs
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.sheet import Sheet, read_sheet

CELLS = st.text(st.sampled_from('ab1 ,;\t"\n=éß漢'), max_size=6)
"""Without a lone carriage return, which the csv module writes so that it cannot be read again."""
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t"),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
)
ENCODINGS = st.sampled_from([("", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")])
HEAD = ["Student", "ID", "Grade"]


def written(rows, dialect):
    """Write rows as the csv module does."""
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


def parsed(content, sheet, encoding):
    """Parse what a sheet wrote with the csv module."""
    text = content.decode(encoding).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter))


@settings(max_examples=150, deadline=None)
@given(TABLES, DIALECTS, ENCODINGS, st.data())
def test_what_was_not_put_stays_and_what_was_put_is_read_again(table, dialect, how, data):
    bom, encoding = how
    rows = [[*HEAD, *[f"c{k}" for k in range(len(table[0]))]], *[["Ada", "1", "", *cells] for cells in table]]
    content = (bom or b"") + written(rows, dialect).encode(encoding)
    sheet = Sheet(content, HEAD)
    assert sheet.delimiter == dialect["delimiter"]
    assert [sheet.values(row) for row in [0, *sheet.rows]] == rows
    assert sheet.to_bytes() == content
    row = data.draw(st.sampled_from(sheet.rows))
    text = data.draw(CELLS.filter(lambda cell: not cell.startswith(("=", "\t", "\n"))))
    sheet.put(row, 2, text)
    rows[row][2] = text
    assert parsed(sheet.to_bytes(), sheet, encoding) == rows


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab,;\t\n\r"é'), min_size=1, max_size=40))
def test_any_text_comes_back_or_is_refused(text):
    try:
        sheet = Sheet(text.encode())
    except CourseError as error:
        assert "never closed" in str(error)
    else:
        assert sheet.to_bytes() == text.encode()


def test_only_the_cell_that_was_put_differs():
    content = b'Student,ID,Grade\r\n"O\'Neil, ""Jo""" ,007,\n\nx,8,"50,5"\rlast,9'
    sheet = Sheet(content, HEAD)
    sheet.put(4, 1, "eight")
    sheet.put(1, 2, "12")
    assert sheet.to_bytes() == b'Student,ID,Grade\r\n"O\'Neil, ""Jo""" ,007,12\n\nx,8,"50,5"\rlast,eight'
    assert not sheet.holds(4, 2) and sheet.value(4, 2) == "" and sheet.value(3, 2) == "50,5"


def test_a_cell_among_quoted_ones_is_quoted():
    sheet = Sheet(b'"Username","Grade"\n"ada",""\n"bela",\n', HEAD)
    sheet.put(1, 1, "9")
    sheet.put(2, 1, "8")
    assert sheet.to_bytes() == b'"Username","Grade"\n"ada","9"\n"bela","8"\n'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_that_was_put_is_a_formula(text):
    sheet = Sheet(b"ID,Grade\n1,\n")
    sheet.put(1, 1, text)
    assert sheet.value(1, 1) == f"'{text}"


def test_a_column_is_added_at_the_end_of_whole_rows():
    sheet = Sheet(b"id;name\nada;A\nshort\n")
    assert sheet.add_column("a;b") == 2
    sheet.put(1, 2, "3")
    assert sheet.to_bytes() == b'id;name;"a;b"\nada;A;3\nshort\n'


def test_the_delimiter_is_the_one_that_gives_known_columns():
    sheet = Sheet(b"Student;ID;a, b, c, d, e, f (12)\nAda;1;\n", HEAD)
    assert sheet.header == ["Student", "ID", "a, b, c, d, e, f (12)"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b'a,"b\n', "row 1: a quotation mark is opened and never closed"),
        (b"\xff\xfea\xd8b\x00c\x00", "no text in UTF-8"),
        (b"PK\x03\x04....", "is a workbook or an archive"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, why, tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=rf"marks\.csv.*{why}"):
        read_sheet(path)


def test_old_windows_letters_stay(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes("ID;Grade\nBéla;\n".encode("cp1252"))
    sheet = read_sheet(path, HEAD)
    sheet.put(1, 1, "1")
    assert sheet.value(1, 0) == "Béla" and sheet.to_bytes() == "ID;Grade\nBéla;1\n".encode("cp1252")
    with pytest.raises(CourseError, match="cannot be read: No such file"):
        read_sheet(tmp_path / "none.csv")
