"""Zip feedback pages under the names by which a learning-management system gives each file back to its student.

Moodle reads folders "Full name_number_assignsubmission_file_", and the number is the row's in the grading worksheet.
Canvas reads "name_user_attachment_file", and takes only files whose two numbers are those of a file that was handed in:
they are in the archive of the submissions. Blackboard names what it gives "assignment_user_attempt_time_file".
"""

import re
import zipfile
from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.collect.files import Download
from rnncourse.grading.collect.names import BLACKBOARD, CANVAS, of_a_system
from rnncourse.grading.gradebook.configuration import configured

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
FROM_DOWNLOAD = {
    "canvas": "Grades > the assignment's menu > Download Submissions",
    "blackboard": "Grade Center > the column's menu > Assignment File Download",
}
"""Where the names are in the archive of what was handed in, and how to get it."""


def pages_of(course, problem_set, students):
    """Find the feedback pages of some students.

    Parameters
    ----------
    course : pathlib.Path
        Absolute.
    problem_set : str
    students : iterable of str

    Returns
    -------
    pages : dict of str to list of pathlib.Path
        Of each student who has any.
    """
    _, coursedir = configured(course, problem_set)
    found = {
        student: sorted(Path(coursedir.format_path(coursedir.feedback_directory, student, problem_set)).glob("*.html"))
        for student in students
    }
    return {student: pages for student, pages in found.items() if pages}


def prefixes(system, exported, download=None):
    """Find what a student's files begin with in a system's archive.

    Parameters
    ----------
    system : str
        One of `SHAPES`.
    exported : Exported
    download : path, optional
        What was handed in, as the system gave it.

    Returns
    -------
    prefixes : dict of str to str
        By student; only of those for whom there is one.

    Raises
    ------
    CourseError
        If the table or the download lacks what the names are made of.
    """
    rows = {line.student: line.row for line in exported.lines if line.student and "not matched" not in line.result}
    if system == "plain":
        return {student: f"{student}/" for student in rows}
    sheet, header = exported.sheet, [name.strip().casefold() for name in exported.sheet.header]
    key = {"moodle": "identifier", "canvas": "id", "blackboard": "username"}[system]
    if key not in header:
        raise CourseError(f"the table has no column {key!r}, of which the names of the feedback files are made")
    keys = {student: sheet.value(row, header.index(key)).strip() for student, row in rows.items()}
    if system == "moodle":
        names = header.index("full name") if "full name" in header else None
        return {
            student: _moodle(sheet.value(rows[student], names) if names is not None else "", text)
            for student, text in keys.items()
            if re.search(r"\d+$", text)
        }
    if download is None:
        raise CourseError(
            f"--download is missing: the names of the feedback files are in the archive of the submissions. Get it "
            f"there: {FROM_DOWNLOAD[system]}. Or give --no-feedback"
        )
    begin = (
        _canvas(download) if system == "canvas" else _blackboard(download, {text.casefold() for text in keys.values()})
    )
    return {student: begin[text.casefold()] for student, text in keys.items() if text.casefold() in begin}


def _moodle(name, identifier):
    """Make the folder of a participant: Moodle splits it at each underscore, so there is none in the name."""
    name = _FORBIDDEN.sub("", name).replace("_", " ").strip() or "Participant"
    return f"{name}_{re.search(r'[0-9]+$', identifier)[0]}_assignsubmission_file_/"


def _canvas(download):
    """Map the numbers of users to what their files begin with; of several notebooks the last has the highest number."""
    found = {}
    for entry in Download(download).entries:
        match = CANVAS.fullmatch(entry.parts[-1])
        if match and match["file"].lower().endswith(".ipynb"):
            begin = match[0][: -len(match["file"])]
            found[match["number"]] = max(found.get(match["number"], (0, "")), (int(match["hand_in"]), begin))
    return {user: begin for user, (_, begin) in found.items()}


def _blackboard(download, users):
    """Map names of users to what the files of their last attempt begin with."""
    found = {}
    for entry in Download(download).entries:
        match = BLACKBOARD.fullmatch(entry.parts[-1])
        claim = of_a_system(entry.parts[-1:]) if match else None
        user = next((name.casefold() for name in claim.names if name.casefold() in users), None) if claim else None
        if user:
            begin = f"{match['student']}_attempt_{match['when']}_"
            found[user] = max(found.get(user, ("", "")), (match["when"], begin))
    return {user: begin for user, (_, begin) in found.items()}


def write_zip(path, pages, begin):
    """Write an archive of feedback pages, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
    pages : dict of str to list of pathlib.Path
    begin : dict of str to str
        Of `prefixes`.

    Returns
    -------
    missing : list of str
        Students who have a page and no name in the system.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.tmp")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for student in sorted(pages.keys() & begin.keys()):
            for page in pages[student]:
                archive.write(page, f"{begin[student]}{page.name}")
    fresh.replace(path)
    return sorted(pages.keys() - begin.keys())
