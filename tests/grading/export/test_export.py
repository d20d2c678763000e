"""Marks of a real gradebook go into tables of each system's documented shape, and nothing else in them changes."""

import csv
import io

import pytest
from support.handed_in import NAME, RIGHT
from support.lms_tables import BLACKBOARD, CANVAS, MOODLE, differing

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.export import ExportOptions, export_marks
from rnncourse.grading.export.fill import FillOptions


@pytest.fixture
def export(graded, tmp_path):
    """Export into a template; returns what came of it."""

    def run(system, content=None, **options):
        path = tmp_path / "their table.csv"
        if content is not None:
            path.write_bytes(content)
        return export_marks(
            graded.folder, NAME, system, path if content is not None else None, ExportOptions(**options)
        )

    return run


def results(done):
    return {line.student or line.who: line.result for line in done.lines}


def text_of(points):
    return f"{points:g}"


def test_canvas_gets_marks_in_its_own_column_and_nothing_else_changes(export, graded):
    done = export("canvas", CANVAS)
    scores = graded.scores()
    assert scores["ada"] == 100 and 0 < scores["chen"] < scores["bela"] < 100
    bela = text_of(scores["bela"])
    assert [(row, old, new) for row, _, old, new in differing(CANVAS, done.sheet.to_bytes())] == [
        (3, "", bela),
        (5, "12.00", "100"),
    ]
    assert results(done) == {
        "bela": "filled",
        "ada": "changed from 12.00",
        "dina": "left: nothing handed in",
        "chen": "left: is excused",
        "4099, zoe, zoe@uni.edu": "not matched: nobody in the gradebook has ID 4099, SIS User ID zoe, "
        "SIS Login ID zoe@uni.edu",
    }
    assert done.complete and done.missing == [] and done.name == "their table.csv"


def test_a_second_round_changes_nothing(export):
    once = export("canvas", CANVAS).sheet.to_bytes()
    again = export("canvas", once)
    assert again.sheet.to_bytes() == once and results(again)["ada"] == "as before"
    once = export("moodle", MOODLE).sheet.to_bytes()
    assert export("moodle", once).sheet.to_bytes() == once


def test_canvas_in_a_language_with_a_decimal_comma(export, graded):
    table = CANVAS.decode().replace("100.00", '"10,00"').replace(",12.00,", ',"12,00",').encode()
    sheet = export("canvas", table, filling=FillOptions(scale=True)).sheet
    bela = f"{graded.scores()['bela'] / 10:g}"
    assert "." in bela and sheet.value(3, 7) == bela.replace(".", ",") and sheet.value(5, 7) == "10"


def test_moodle_gets_marks_and_comments_and_keeps_a_person_s(export, graded):
    done = export("moodle", MOODLE)
    assert done.sheet.to_bytes().startswith(MOODLE[:3])
    rows = list(csv.DictReader(io.StringIO(done.sheet.to_bytes().decode("utf-8-sig"), newline="")))
    before = list(csv.DictReader(io.StringIO(MOODLE.decode("utf-8-sig"), newline="")))
    bela, ada, chen = rows[:3]
    assert ada["Grade"] == "100" and float(bela["Grade"]) == graded.scores()["bela"]
    assert ada["Feedback comments"] == 'Well done, "Ada"'
    assert bela["Feedback comments"].startswith("Points by exercise: shapes ")
    assert "(transposed-W_hh)" in bela["Feedback comments"]
    assert chen == before[2] and rows[3:] == before[3:]
    kept = {"Grade", "Feedback comments"}
    assert [{name: row[name] for name in row.keys() - kept} for row in rows] == [
        {name: row[name] for name in row.keys() - kept} for row in before
    ]
    assert results(done)["chen"] == "left: is locked: Moodle says that the grade cannot be changed"
    assert [line.notes for line in done.lines][1] == ["its comment is a person's, and stays"]


def test_blackboard_keeps_utf_16_and_its_quotation_marks(export, graded):
    done = export("blackboard", BLACKBOARD)
    bela = f'"{text_of(graded.scores()["bela"])}"'
    assert [(row, old, new) for row, _, old, new in differing(BLACKBOARD, done.sheet.to_bytes(), "utf-16-le")] == [
        (1, '""', '"100"'),
        (2, '"Needs Grading"', bela),
        (3, '""', f'"{text_of(graded.scores()["chen"])}"'),
    ]


def test_a_plain_table_is_made_from_the_gradebook(export, graded):
    done = export("plain")
    rows = list(csv.DictReader(io.StringIO(done.sheet.to_bytes().decode(), newline="")))
    assert list(rows[0]) == ["id", "name", *RIGHT, "late", "total"]
    assert [row["id"] for row in rows] == ["ada", "bela", "chen", "dina"]
    assert {row["id"]: float(row["total"]) for row in rows[:3]} == graded.scores()
    assert sum(float(rows[1][name]) for name in RIGHT) == graded.scores()["bela"]
    assert rows[3]["name"] == "'=Dina +X" and rows[3]["total"] == "" and done.name == f"{NAME}.csv"


def test_a_plain_template_keeps_its_columns_and_gets_those_that_it_lacks(export):
    done = export("plain", b"email;total;room\nBELA@uni.edu;;12\nada.l@uni.edu;;\n")
    assert done.sheet.header == ["email", "total", "room", *RIGHT, "late"]
    assert done.sheet.values(2)[:3] == ["ada.l@uni.edu", "100", ""] and done.missing == ["chen"]
    assert not done.complete


def test_a_row_that_may_be_two_is_refused(export):
    table = CANVAS.replace(b"4001,ada,ada.l@uni.edu", b"4001,ada,bela@uni.edu")
    done = export("canvas", table)
    assert results(done)["4001, ada, bela@uni.edu"] == (
        "not matched: ambiguous: ID 4001 is ada; SIS User ID ada is ada; SIS Login ID bela@uni.edu is bela"
    )
    assert done.missing == ["ada"] and not done.complete


def test_two_rows_of_one_student_are_both_refused(export):
    table = BLACKBOARD + '"Lovelace"\t"A."\t"ADA"\t""\t"Yes"\t""\t""\t""\n'.encode("utf-16-le")
    done = export("blackboard", table)
    assert [line.result for line in done.lines if line.student == "ada"] == [
        "not matched: ambiguous: 2 rows are ada"
    ] * 2
    assert "100" not in [done.sheet.value(row, 6) for row in done.sheet.rows] and not done.complete


def test_a_name_alone_matches_nobody(export):
    table = MOODLE.decode().replace("ada,ADA.L@uni.edu", ",").encode()
    done = export("moodle", table)
    assert results(done)[""] == "not matched: nobody in the gradebook has an empty identifier" and done.missing == [
        "ada"
    ]


def test_a_list_of_the_class_and_match_say_what_else_identifies(export, tmp_path):
    (tmp_path / "students.csv").write_text("id,lms_moodle\nada,902\nbela,901\n")
    table = MOODLE.decode().replace("ada,ADA.L@uni.edu", ",").encode()
    done = export("moodle", table, students=tmp_path / "students.csv", match=("Identifier=lms",))
    assert results(done)["ada"] == "filled" and done.missing == []


def test_another_number_of_points_is_converted_only_if_asked(export, graded):
    table = BLACKBOARD.decode("utf-16-le").replace("ps1_forward [Total Pts: 100", "ps1_forward [Total Pts: 20")
    with pytest.raises(CourseError, match=r"counts up to 20 points, and ps1_forward has 100: give --scale"):
        export("blackboard", table.encode("utf-16-le"))
    done = export("blackboard", table.encode("utf-16-le"), filling=FillOptions(scale=True))
    assert done.sheet.value(1, 6) == "20"
    assert float(done.sheet.value(2, 6)) == round(graded.scores()["bela"] / 5, 2)


@pytest.mark.parametrize(
    ("system", "content", "options", "why"),
    [
        ("canvas", MOODLE, {}, "no column is called ps1_forward or Problem set 1: the forward pass|no column says who"),
        (
            "moodle",
            CANVAS,
            {},
            "no column says who a row is: Moodle has ID number, Username, Email address.*Download it",
        ),
        ("canvas", CANVAS, {"column": "Nonesuch"}, "no column is called 'Nonesuch'; there are 'Student', 'ID'"),
        ("canvas", CANVAS, {"column": "Final Grade"}, "Canvas computes the column 'Final Grade' itself"),
        ("canvas", CANVAS, {"match": ("ID",)}, "--match 'ID' cannot be read; expected COLUMN=KIND"),
        ("canvas", None, {}, "--template is missing: the marks go into the table that Canvas gives. Download it in"),
        ("canvas", CANVAS.replace(b"Problem set 1: the forward pass", b"Week 1"), {}, "say which.*'Week 1 \\(71\\)'"),
        ("schoology", CANVAS, {}, "--lms 'schoology' is none of canvas, moodle, blackboard, plain"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_to_do(export, system, content, options, why):
    with pytest.raises(CourseError, match=why):
        export(system, content, **options)


def test_a_column_may_be_named_by_its_title(export):
    table = CANVAS.replace(b"Problem set 1: the forward pass", b"Week 1")
    assert export("canvas", table, column="week 1").sheet.value(5, 7) == "100"
