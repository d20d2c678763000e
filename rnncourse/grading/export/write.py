"""Write what was exported: the table beside the template's name, and the archive of feedback."""

from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.files import write_atomically
from rnncourse.grading.export.feedback_zip import pages_of, prefixes, write_zip
from rnncourse.grading.text import one_line

MOST = 12
"""Of students who are named in one line."""


def write_export(course, problem_set, system, exported, folder, template=None, download=None):
    """Write the table, and the archive.

    Parameters
    ----------
    course : path
    problem_set : str
    system : str
    exported : Exported
    folder : path
        Made if it is not there.
    template : path, optional
        It is not overwritten.
    download : path or None or False
        What was handed in, as the system gave it; False for no archive.

    Returns
    -------
    said : list of str
        A line for each file that was written, and for what is missing in it.

    Raises
    ------
    CourseError
        If the table would take the template's place, or the archive's names cannot be made.
    """
    course, folder = Path(course).resolve(), Path(folder)
    table = folder / exported.name
    if template and table.resolve() == Path(template).resolve():
        raise CourseError(f"{table} is the template, which stays as it is; give another folder with --to")
    pages, begin = {}, {}
    if download is not False:
        students = [line.student for line in exported.lines if line.student and "not matched" not in line.result]
        pages = pages_of(course, problem_set, students)
        begin = prefixes(system, exported, download) if pages else {}
    write_atomically(table, exported.sheet.to_bytes())
    said = [str(table)]
    if pages:
        archive = folder / f"feedback-{system}.zip"
        missing = write_zip(archive, pages, begin)
        said.append(f"{archive}: feedback for {len(pages) - len(missing)}")
        if missing:
            said.append(f"no name for the feedback of {_names(missing)}: their files are not in the download")
    elif download is not False:
        said.append(f"no feedback to zip; to write it: rnncourse feedback {problem_set}")
    return said


def _names(students):
    """Name some students on one line."""
    return ", ".join(map(one_line, students[:MOST])) + (" ..." if len(students) > MOST else "")
