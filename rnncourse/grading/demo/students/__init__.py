"""The sample class: a name for each student, and the code that the student hands in."""

from rnncourse.grading.demo.students.failing import Fatima, Goran, Hana, Jonas, Kim
from rnncourse.grading.demo.students.right import Ada, Bela
from rnncourse.grading.demo.students.wrong import Chen, Dina, Emil, Iris

HANDED_IN = ("ps1_forward", "ps3_bptt")
"""The problem sets that the sample class has done."""

_EVERYBODY = (Ada, Bela, Chen, Dina, Emil, Fatima, Goran, Hana, Iris, Jonas, Kim)
STUDENTS = {student.__name__.lower(): student for student in _EVERYBODY}
