"""Make the tables that learning-management systems export, in their documented shapes."""

import codecs

from nbgrader.api import Gradebook

STUDENTS = {
    "ada": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada.l@uni.edu", "lms_user_id": "4001"},
    "bela": {"first_name": "Béla", "last_name": "Bartók", "email": "bela@uni.edu", "lms_user_id": "4002"},
    "chen": {"first_name": "Chen", "last_name": "Wei", "email": "chen.wei@uni.edu", "lms_user_id": "4003"},
    "dina": {"first_name": "=Dina", "last_name": "+X", "email": "dina@uni.edu", "lms_user_id": "4004"},
}

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Warm-up (70),Problem set 1: the forward pass (71),"
    "Problem sets Current Score,Final Grade\r\n"
    ",,,,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,,10.00,100.00,(read only),(read only)\r\n"
    '"Bartók, Béla",4002,bela,bela@uni.edu,"Tue, 9-11",=1+1,7.00,,71.2,C\r\n'
    '"=Dina, ""X""",4004,dina,dina@uni.edu,Wed,,,,,\r\n'
    '"Lovelace, Ada",4001,ada,ada.l@uni.edu,"Tue, 9-11",,9.50,12.00,95.0,A\r\n'
    '"Wei, Chen",4003,chen,chen.wei@uni.edu,Wed,,EX,EX,,\r\n'
    '"Zed, Zoe",4099,zoe,zoe@uni.edu,Wed,,1.00,,,\r\n'
    '"Student, Test",5000,,0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c,Wed,,,,,\r\n'
).encode()

MOODLE = (
    codecs.BOM_UTF8
    + (
        'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
        '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
        '"Participant 901","Béla Bartók",bela,bela@uni.edu,"Submitted for grading - ",-,100.00,Yes,'
        '"Monday, 5 January 2026, 9:00 AM",-,\n'
        '"Participant 902","Ada Lovelace",ada,ADA.L@uni.edu,"Submitted for grading - ",,100.00,Yes,-,-,'
        '"Well done, ""Ada"""\n'
        '"Participant 903","Chen Wei",chen,chen.wei@uni.edu,"Submitted for grading - ",,100.00,No,-,-,\n'
        '"Participant 904","=Dina +X",dina,dina@uni.edu,"No submission - ",,100.00,Yes,-,-,\n'
        '"Participant 905","Zoe Zed",,zoe@uni.edu,"No submission - ",,100.00,Yes,-,-,\n'
    ).encode()
)

BLACKBOARD = codecs.BOM_UTF16_LE + (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"Quiz [Total Pts: 5 Score] |811"\t'
    '"ps1_forward [Total Pts: 100 Score] |812"\t"Total [Total Pts: up to 105 Score] |813"\n'
    '"Lovelace"\t"Ada"\t"ada"\t"0007"\t"Yes"\t"4.5"\t""\t"4.5"\n'
    '"Bartók"\t"Béla"\t"bela"\t""\t"Yes"\t"In Progress"\t"Needs Grading"\t""\n'
    '"Wei"\t"Chen"\t"chen"\t""\t"Yes"\t""\t""\t""\n'
    '"Zed"\t"Zoe"\t"zoe"\t""\t"No"\t""\t""\t""\n'
).encode("utf-16-le")


def enter_students(course, students=STUDENTS):
    """Enter students into a course's gradebook, with what identifies them."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "rnncourse") as gradebook:
        for student, about in students.items():
            gradebook.update_or_create_student(student, **about)


def differing(before, after, encoding="utf-8"):
    """List the cells, as written, in which two tables of one shape differ: (row, column, before, after)."""
    mark = "\t" if encoding != "utf-8" else ","
    tables = [[line.split(mark) for line in content.decode(encoding).splitlines()] for content in (before, after)]
    assert [len(row) for row in tables[0]] == [len(row) for row in tables[1]]
    return [
        (number, place, old, new)
        for number, rows in enumerate(zip(*tables, strict=True))
        for place, (old, new) in enumerate(zip(*rows, strict=True))
        if old != new
    ]
