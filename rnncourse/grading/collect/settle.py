"""Say how to settle what could not be collected: the line to write into the list of the class, or an option to give."""

from rnncourse.grading.collect.class_list import COLUMNS, line_of

NEW = "NEW_ID"
"""Stands where a person has to write who it is."""


def settle_match(claim, students, candidates=(), namesake=False):
    """Say how a file finds its student.

    Parameters
    ----------
    claim : Claim
    students : Students or AsNamed
    candidates : sequence of str
        Who may be meant.
    namesake : bool
        Whether somebody else in the download has the very same name.

    Returns
    -------
    how : str
    """
    if students.path is None:
        return (
            "give a list of the class, --students students.csv, with the columns id and lms and the line "
            f"{line_of([NEW, _called(claim)])}"
        )
    if namesake and not (claim.system == "Canvas" and claim.user):
        return (
            f"unpack the download, and call each of these folders as the id of its student: {' or '.join(candidates)}"
        )
    lines = {row["id"]: row["cells"] for row in students.rows}
    header, mark = list(students.rows[0]["cells"]), students.rows[0]["mark"]
    lms = next((name for name in header if name.strip().lower().startswith("lms")), None)
    options = [_known(student, lines[student], claim, lms, mark) for student in candidates]
    if not options:
        options.append(f"if it is somebody of the list, write {_called(claim)!r} into their line, in a column lms")
    options.append(f"if it is somebody new, add the line {_new(header, claim, lms, mark)}")
    return f"in {students.path}: {'; '.join(options)}"


def _called(claim):
    """Get what an lms column has to hold for a claim: Canvas's number of the student, else the name."""
    return claim.user if claim.system == "Canvas" and claim.user else claim.named


def _known(student, cells, claim, lms, mark):
    """Write the line of a student with what the download calls them."""
    if lms and not cells[lms].strip():
        return f"if it is {student}, make their line {line_of((cells | {lms: _called(claim)}).values(), mark)}"
    column = "lms_2" if lms else "lms"
    line = line_of([*cells.values(), _called(claim)], mark)
    return f"if it is {student}, add a column {column} and make their line {line}"


def _new(header, claim, lms, mark):
    """Write the line of somebody who is not on the list yet."""
    columns = {name: name.strip().lower().replace(" ", "_") for name in header}
    first, _, last = claim.named.rpartition(" ")
    values = {"id": claim.named if claim.system == "plain" else NEW, "name": claim.named, "first": first, "last": last}
    cells = []
    for name in header:
        kind = next((kind for kind, names in COLUMNS.items() if columns[name] in names), None)
        cells.append(_called(claim) if name == lms else values.get(kind, ""))
    return line_of(cells, mark)


def settle_result(result, notes, student, problem_set):
    """Say what to do about a hand-in that was found and not placed; empty if nothing can be done.

    Parameters
    ----------
    result : str
        Of the line of the report.
    notes : list of str
    student, problem_set : str
    """
    place = f"submitted/{student}/{problem_set}"
    if any("several notebooks" in note for note in notes):
        return f"in the download, call the right one {problem_set}.ipynb or take out the others"
    if any("no notebook" in note for note in notes):
        return f"ask for the notebook, and put it there: {place}/{problem_set}.ipynb"
    if result.startswith("not usable"):
        return f"ask for the file again, or put a notebook that can be read there: {place}/{problem_set}.ipynb"
    if "may be newer" in result:
        return f"--replace takes the download's; to keep what is there, do nothing: {place}"
    if result.startswith("not replaced"):
        return f"remove {place}, and collect again"
    if result == "not taken":
        return "if it is a student's, unpack it by hand and put it into a folder with the student's id, in the download"
    return ""
