"""Collect what a learning-management system gives: each student's last notebook, where nbgrader looks for it.

nbgrader's own zip collector takes files by one pattern from an unpacked archive, and raises or skips where it does not
fit. This reads several systems' namings, archives in archives without unpacking them, and matches names to the roster.
Each file ends in the report, as somebody's or as nobody's, with the reason; only what systems and editors leave behind
is passed over in silence.
"""

import datetime
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import require_problem_set
from rnncourse.grading.collect.choose import Claimed, UnusableError, choose, is_junk
from rnncourse.grading.collect.enrol import enter_students
from rnncourse.grading.collect.files import Download
from rnncourse.grading.collect.names import custom, of_a_system, plain
from rnncourse.grading.collect.place import place, submitted_directory
from rnncourse.grading.collect.roster import AsNamed, NoMatchError, Students
from rnncourse.grading.collect.settle import settle_match, settle_result
from rnncourse.grading.collect.summary import Report, Row


@dataclass(frozen=True)
class CollectOptions:
    """How to collect: the list of students, a way of naming, the zone of times, and what may be replaced."""

    students: object = field(default_factory=AsNamed)
    pattern: object = None
    zone: datetime.tzinfo = datetime.UTC
    file_times: bool = False
    replace: bool = False
    dry_run: bool = False


def options(students=None, pattern=None, timezone="UTC", guess=True, file_times=False, replace=False, dry_run=False):
    """Make the options of collecting from what a person types.

    Raises
    ------
    CourseError
        If the list, the pattern or the time zone cannot be used.
    """
    try:
        zone = datetime.UTC if timezone == "UTC" else zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(
            f"--timezone {timezone!r} is none; name one as in Europe/Berlin or America/New_York"
        ) from None
    known = Students(students, guess) if students else AsNamed()
    return CollectOptions(
        students=known,
        pattern=custom(pattern) if pattern else None,
        zone=zone,
        file_times=file_times,
        replace=replace,
        dry_run=dry_run,
    )


def collect_download(course, problem_set, source, chosen=None, db=None):
    """Collect a download into a course, and enter the list of the class into the gradebook.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    source : path
        A folder or a zip file.
    chosen : CollectOptions, optional
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Returns
    -------
    Report

    Raises
    ------
    CourseError
        If there is no such problem set, or no such download.
    """
    course, chosen = Path(course).resolve(), chosen or CollectOptions()
    require_problem_set(course, problem_set)
    download = Download(source, chosen.zone)
    entered = enter_students(course, chosen.students.rows, db, chosen.dry_run) if chosen.students.rows else ([], [])
    rows = [_not_taken(path, why, problem_set) for path, why in download.refused.items()]
    by_student, matches = _by_student(_claimed(download, problem_set, chosen), chosen.students, rows)
    submitted = submitted_directory(course)
    for student in sorted(by_student):
        rows.append(_place(student, matches[student], by_student[student], problem_set, submitted, chosen))
    there = {row.student for row in rows if row.student}
    nothing_from = [student for student in chosen.students.ids if student not in there]
    return Report(sorted(rows, key=_order), nothing_from, *entered)


def _not_taken(path, why, problem_set):
    """Make the line of a file that is refused."""
    return Row(path, result="not taken", notes=[why], settle=settle_result("not taken", [], "", problem_set))


def _order(row):
    """Sort what somebody has to look at first."""
    return row.settled, "alike" not in row.how, row.student, row.source


def _claimed(download, problem_set, chosen):
    """Group files by whose they say they are."""
    entries = [entry for entry in download.entries if not is_junk(entry.parts)]
    wrapped = _wrapper([entry.parts for entry in entries], problem_set, chosen.students)
    groups = {}
    for number, entry in enumerate(entries):
        claim = chosen.pattern(entry.parts) if chosen.pattern else None
        claim = claim or of_a_system(entry.parts) or plain(entry.parts[wrapped:], problem_set)
        groups.setdefault((claim.system, claim.named, claim.names, claim.user), []).append(
            Claimed(claim, entry, number)
        )
    return list(groups.values())


def _wrapper(paths, problem_set, students):
    """Count the folders around all students' folders: a zip file often holds one, with everything in it."""
    depth = 0
    while paths and all(len(path) > depth + 1 for path in paths) and len({path[depth] for path in paths}) == 1:
        if "submitted" in (paths[0][depth], paths[0][depth + 1]):
            depth += 1
            continue
        if students.knows(paths[0][depth]) or any(path[depth + 1] == problem_set for path in paths):
            break
        stems = {path[depth + 1].rpartition(".")[0] for path in paths if path[depth + 1].lower().endswith(".ipynb")}
        below = {path[depth + 1] for path in paths if len(path) > depth + 2}
        if problem_set in stems or (len(stems) + len(below) < 2 and not any(map(students.knows, stems | below))):
            break
        depth += 1
    return depth


def _by_student(groups, students, rows):
    """Match groups of files to students; those that are nobody's become lines of the report."""
    exact, guessed, matches = {}, {}, {}
    for files in groups:
        try:
            match = students.match(files[0].claim)
        except NoMatchError as error:
            how = settle_match(files[0].claim, students, error.students)
            rows.append(Row(_some(files), result="not matched", notes=[str(error)], settle=how))
            continue
        (guessed if match.guess else exact).setdefault(match.student, []).append((match, files))
    for student, found in guessed.items():
        if student in exact or len({files[0].claim.named for _, files in found}) > 1:
            others = "who has handed in under the right name" if student in exact else "as is another name"
            why = f"is much like the name of {student}, {others}"
            rows += [_nobody(files, why, settle_match(files[0].claim, students, [student])) for _, files in found]
        else:
            exact[student] = found
    for student, found in list(exact.items()):
        numbers = {(files[0].claim.system, files[0].claim.user) for _, files in found if files[0].claim.user}
        if len(numbers) > len({system for system, _ in numbers}):
            why = f"is {student}, and so is another of the same name, with another number"
            rows += [
                _nobody(files, why, settle_match(files[0].claim, students, [student], namesake=True))
                for _, files in exact.pop(student)
            ]
        else:
            matches[student] = found[0][0]
    return {student: [file for _, files in found for file in files] for student, found in exact.items()}, matches


def _nobody(files, why, how):
    """Make the line of files that are left, since they may be another's."""
    return Row(_some(files), result="not matched", notes=[f"{files[0].claim.named!r} {why}"], settle=how)


def _some(files):
    """Name the first of some files, and count the others."""
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return files[0].path + more


def _place(student, match, files, problem_set, submitted, chosen):
    """Place one student's hand-in; return its line of the report."""
    row = Row(_some(files), student, match.how)
    try:
        found = choose(files, problem_set, chosen.zone, chosen.file_times)
        row.source, row.notes = found.source, found.notes
        row.handed_in = f"{found.stamp:%Y-%m-%d %H:%M:%S %Z}" if found.stamp else ""
        row.result = place(submitted, student, problem_set, found, chosen.replace, chosen.dry_run)
    except UnusableError as error:
        row.result, row.notes = "not usable", [str(error)]
    except OSError as error:
        row.result = f"not written: {error.strerror}"
    if not row.settled:
        row.settle = settle_result(row.result, row.notes, student, problem_set)
    return row
