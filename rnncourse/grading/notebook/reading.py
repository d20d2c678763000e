"""Read what was handed in, whatever it is: no link is followed, nothing is waited for, and nothing large is read."""

import contextlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from rnncourse.grading.text import valid
from rnncourse.language import say

MAX_NOTEBOOK = 20 << 20
MAX_CELL, MAX_CELLS = 200_000, 1000
PICTURES = ("image/png", "image/jpeg", "image/gif")
"""Of what is attached to a cell, what is kept: nothing that a browser runs."""
MAX_FILES = 8 << 20
"""Bytes of all files beside a notebook that its code may read."""
MOST_FILES = 1000
MOST_DEPTH = 32
"""How deep folders may be nested: what lies deeper is as if it were not there."""


class UnreadableError(Exception):
    """A submission that cannot be read; the message is for its student."""


@dataclass(frozen=True)
class Cell:
    """What is taken of a student's cell."""

    grade_id: str | None
    kind: str
    source: str
    attachments: dict = field(default_factory=dict)


def read_bytes(path, most=MAX_NOTEBOOK):
    """Read a regular file's bytes: no link is followed, nothing is waited for, and no more than `most` is read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        link = Path(path).is_symlink()
        raise UnreadableError(say("it is a link to another file") if link else f"{error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError(say("it is not a file"))
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise UnreadableError(
            say("it is larger than {size} MB; clear its outputs and hand it in again", size=most >> 20)
        )
    return content


def find_notebook(folder, name, names):
    """Find the file of a notebook; where it was renamed and nothing else can be meant, that.

    Parameters
    ----------
    folder : pathlib.Path
        One student's.
    name : str
        The notebook's.
    names : iterable of str
        Of all notebooks of the problem set.

    Returns
    -------
    path : pathlib.Path or None
    """
    path = folder / f"{name}.ipynb"
    if path.is_symlink() or path.exists():
        return path
    others = [other for other in folder.glob("*.ipynb") if other.stem not in names]
    return others[0] if len(names) == 1 and len(others) == 1 else None


def handed_in(path):
    """Read the bytes of a notebook, or the error that says why there are none.

    Parameters
    ----------
    path : path or None
        None where nothing was handed in under the notebook's name.

    Returns
    -------
    content : bytes or UnreadableError
        Returned, not raised: grading goes on without the notebook, perhaps on another machine.
    """
    try:
        if path is None:
            raise UnreadableError(say("there is none of that name"))
        return read_bytes(path)
    except UnreadableError as error:
        return error


def read_cells(content):
    """Read the cells of a notebook of any version, encoding and state of repair.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    UnreadableError
    """
    if not content.strip():
        raise UnreadableError(say("it is empty"))
    encoding = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(say("it is not a notebook, or a part of one ({error!s:.80})", error=error)) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if cells is None and isinstance(notebook, dict):  # as notebooks were before 2015
        sheets = notebook.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    if not isinstance(cells, list) or not cells:
        raise UnreadableError(say("it has no cells"))
    return [_cell(cell) for cell in cells[:MAX_CELLS] if isinstance(cell, dict)]


def _cell(cell):
    """Take from a cell what is used of it, whatever its fields hold."""
    source = cell.get("source", cell.get("input", ""))
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = about.get("grade_id") if isinstance(about, dict) else None
    source = source.encode("utf-8", "replace").decode()[:MAX_CELL]  # a lone surrogate could not be written again
    grade_id = grade_id if isinstance(grade_id, str) else None
    return Cell(grade_id, str(cell.get("cell_type")), source, _attachments(cell.get("attachments")))


def _attachments(attached):
    """Select the pictures in a cell, by name: base64 by mimetype."""
    if not isinstance(attached, dict):
        return {}
    found = {name: about for name, about in attached.items() if isinstance(about, dict)}
    return {
        valid(name): {kind: valid(about[kind]) for kind in PICTURES if isinstance(about.get(kind), str)}
        for name, about in found.items()
    }


def files_beside(folder):
    """Read the files beside a notebook, by name relative to it: regular ones, up to `MAX_FILES` bytes in all."""
    found, left = {}, MAX_FILES
    for path in entries(folder):
        if path.suffix == ".ipynb" or path.name == "timestamp.txt" or len(found) >= MOST_FILES:
            continue
        try:
            content = read_bytes(path, left)
        except UnreadableError:
            continue
        left -= len(content)
        found[str(path.relative_to(folder))] = content
    return found


def entries(folder):
    """List what lies in a folder and in those in it, no deeper than `MOST_DEPTH`; no link is followed.

    Returns
    -------
    paths : list of pathlib.Path
        In order.
    """
    found, left = [], [(folder, 1)]
    while left:
        top, depth = left.pop()
        with contextlib.suppress(OSError), os.scandir(top) as inside:  # what cannot be read is as if it were empty
            for entry in inside:
                found.append(Path(entry.path))
                if depth < MOST_DEPTH and entry.is_dir(follow_symlinks=False):
                    left.append((entry.path, depth + 1))
    return sorted(found)
