"""Give students other names in a report: the same student has the same one each time, and nobody can work back."""

import base64
import hashlib
import hmac
from dataclasses import replace

from rnncourse.grading.gradebook import state

SHORTEST = 4
"""Letters of a pseudonym; more where two would be the same."""


def pseudonyms(students, secret):
    """Make a pseudonym for each student.

    Parameters
    ----------
    students : iterable of str
    secret : int
        The course's own: without it a pseudonym leads to nobody.

    Returns
    -------
    names : dict of str to str
    """
    codes = {student: _code(student, secret) for student in students}
    length = SHORTEST
    while len({code[:length] for code in codes.values()}) < len(codes):
        length += 1
    return {student: f"S-{code[:length]}" for student, code in codes.items()}


def _code(student, secret):
    """Hash a student's id with the secret, as letters and digits."""
    digest = hmac.digest(str(secret).encode(), student.encode("utf-8", "surrogateescape"), hashlib.sha256)
    return base64.b32encode(digest).decode().rstrip("=")


def anonymise(reports, course):
    """Make reports anonymous: no id, no name, no link to feedback, and no words that a student may have written.

    Parameters
    ----------
    reports : list of Report
        Of one course: pseudonyms are the same in all of them.
    course : path
        Keeps the secret, in the folder that only the instructor may read.

    Returns
    -------
    reports : list of Report
    """
    everybody = {student.id for report in reports for student in report.students}
    everybody |= {student for report in reports for student in (*report.ungraded, *report.absent)}
    names = pseudonyms(sorted(everybody), state.seed(course, "anonymous"))
    return [_anonymised(report, names) for report in reports]


def _anonymised(report, names):
    """Make one report anonymous."""
    students = [
        replace(
            student,
            id=names[student.id],
            name="",
            feedback={},
            problems=[(where, kind, "") for where, kind, _ in student.problems],
        )
        for student in report.students
    ]
    return replace(
        report,
        students=tuple(sorted(students, key=lambda student: student.id)),
        ungraded=tuple(sorted(names[student] for student in report.ungraded)),
        absent=tuple(sorted(names[student] for student in report.absent)),
    )
