"""Make a term that no class has written: reports on three problem sets, with students who do well, drop, and vanish."""

from rnncourse.grading.report.model import Exercise, Report, Student

SETS = ("ps1_forward", "ps3_bptt", "ps5_lstm")
ASKED = {"ps1_forward": "rnn_step", "ps3_bptt": "rnn_backward", "ps5_lstm": "lstm_backward"}
SHARES = {
    "ada": (1.0, 1.0, 1.0),
    "bob": (0.9, 0.8, 0.3),
    "cy": (0.8, None, None),
    "dan": (0.1, 0.2, 0.1),
    "eve": (None, 0.9, 0.9),
    "fay": (0.9, 0.9, None),
}
"""Share of the points by problem set; None where nothing was handed in. Of fay something waits to be graded."""
MISTAKES = {
    "ps1_forward": {"bob": ["ignores-h0"], "dan": ["ignores-h0", "no-b_h"]},
    "ps3_bptt": {"dan": ["ignores-h0"], "eve": ["mutates-dh"]},
    "ps5_lstm": {"bob": ["mutates-dh"], "eve": ["mutates-dh"]},
}
EVIL = "<script>window.pwned = 1</script>"


def mistake(label):
    """Make a mistake as the findings have it."""
    return {"label": label, "says": f"says {label} {EVIL}", "see": "01_structure#sec-recurrence"}


def report_on(name, shares=SHARES):
    """Make the report on one problem set."""
    exercise, students, number = Exercise(name, f"check-{ASKED[name]}", 50.0), [], SETS.index(name)
    for student_id, row in shares.items():
        if row[number] is not None:
            points = {(name, exercise.grade_id): 50.0 * row[number]}
            student = Student(student_id, f"Name of {student_id} {EVIL}", points, feedback={name: f"{student_id}.html"})
            student.mistakes = [(ASKED[name], mistake(label)) for label in MISTAKES[name].get(student_id, ())]
            student.problems = [(name, "mended", f"cell of {student_id} was there twice")]
            students.append(student)
    waiting = {"fay"} & shares.keys() if name == SETS[-1] else set()
    absent = [student_id for student_id, row in shares.items() if row[number] is None and student_id not in waiting]
    return Report(name, f"Title of {name}", (exercise,), tuple(students), tuple(waiting), tuple(absent))


def reports(shares=SHARES):
    """Make the reports of the term."""
    return [report_on(name, shares) for name in SETS]
