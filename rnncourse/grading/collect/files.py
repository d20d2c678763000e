"""List the files of a download, a folder or an archive: archives in it are opened, and nothing in it is trusted.

Nothing is unpacked: each file is read by itself, up to a size, when it is wanted. So an archive that would unpack to a
thousand times its size, or to a place outside of it, does neither.
"""

import datetime
import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.notebook.reading import MAX_NOTEBOOK, UnreadableError, read_bytes

MAX_ARCHIVE = 64 << 20
"""Bytes of an archive that lies in another."""
MAX_ENTRIES = 500_000
MAX_DEPTH, MAX_PARTS = 3, 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
"""What reading an archive that is broken, encrypted or packed in an unknown way raises."""


@dataclass(frozen=True)
class Entry:
    """A file: its path in the download, where an archive counts as a folder, and when it was last changed, if known.

    `read` gives its bytes, or raises `UnreadableError`.
    """

    parts: tuple[str, ...]
    time: float | None
    read: Callable[[], bytes]


class Download:
    """What a learning-management system has given.

    Parameters
    ----------
    source : path
        A folder or a zip file.
    zone : datetime.tzinfo
        Of the times in archives, which do not say.

    Attributes
    ----------
    entries : list of Entry
    refused : dict of str to str
        Files that are not taken, and why.

    Raises
    ------
    CourseError
        If it is neither a folder nor a zip file.
    """

    def __init__(self, source, zone=datetime.UTC):
        source = Path(source)
        self.entries, self.refused, self._zone = [], {}, zone
        self._outer, self._inner = None, (None, None)
        if source.is_dir():
            self._walk(source)
        elif source.is_file() and zipfile.is_zipfile(source):
            self._outer = zipfile.ZipFile(source)
            self._list(None, ())
        else:
            there = "is neither a folder nor a zip file" if source.exists() else "is not there"
            raise CourseError(f"{source} {there}; name the download of the learning-management system, or its folder")

    def _walk(self, source):
        """Take the files of a folder."""
        for top, folders, names in os.walk(source):
            folders.sort()
            for name in sorted(names + [folder for folder in folders if Path(top, folder).is_symlink()]):
                path = Path(top, name)
                parts = tuple(_text(os.fsencode(part), "cp1252") for part in path.relative_to(source).parts)
                about = path.lstat()
                if not stat.S_ISREG(about.st_mode):
                    kind = "a link" if stat.S_ISLNK(about.st_mode) else "neither a file nor a folder"
                    self.refused["/".join(parts)] = f"it is {kind}"
                    continue
                self._take(parts, about.st_mtime, lambda most, path=path: read_bytes(path, most), 0)

    def _list(self, archive, above, depth=0):
        """Take the files of an archive; False if no notebook is in it."""
        try:
            infos = self._opened(archive).infolist()
        except (UnreadableError, *BROKEN) as error:
            self.refused["/".join(above)] = f"it is not an archive that can be opened ({error})"
            return True
        if not any(info.filename.lower().endswith((".ipynb", ".zip")) for info in infos):
            return False
        for info in infos:
            name = info.filename if info.flag_bits & 0x800 else _text(info.filename.encode("cp437", "replace"), "cp437")
            why = _problem(info, name)
            parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
            if why:
                self.refused["/".join((*above, name))] = why
            elif parts and not name.endswith(("/", "\\")):
                read = lambda most, info=info: self._read(archive, info, most)  # noqa: E731
                self._take((*above, *parts), _time(info, self._zone), read, depth)
        return True

    def _take(self, parts, time, read, depth):
        """Take one file more, or all that is in it."""
        path = "/".join(parts)
        parts = tuple(unicodedata.normalize("NFC", part) for part in parts)
        why = next(filter(None, map(_name_problem, parts)), "it lies too deep" if len(parts) > MAX_PARTS else None)
        if len(self.entries) >= MAX_ENTRIES:
            raise CourseError(f"there are more than {MAX_ENTRIES} files in the download; collect it in parts")
        if why:
            self.refused[path] = why
        elif not parts[-1].lower().endswith(".zip"):
            self.entries.append(Entry(parts, time, lambda: read(MAX_NOTEBOOK)))
        elif depth >= MAX_DEPTH:
            self.refused[path] = f"it is an archive in {MAX_DEPTH} others"
        elif not self._list(lambda: read(MAX_ARCHIVE), parts, depth + 1):  # data, then, for a notebook beside it
            self.entries.append(Entry(parts, time, lambda: read(MAX_NOTEBOOK)))

    def _opened(self, archive):
        """Open the outer archive, or one in it, given by what reads its bytes: of these only the last stays open."""
        if archive is None:
            return self._outer
        if self._inner[0] is not archive:
            self._inner = (archive, zipfile.ZipFile(io.BytesIO(archive())))
        return self._inner[1]

    def _read(self, archive, info, most):
        """Read the bytes of a file in an archive: what it claims to hold is not believed."""
        try:
            with self._opened(archive).open(info) as file:
                content = file.read(most + 1)
        except BROKEN as error:
            raise UnreadableError(f"its archive is broken there ({error})") from None
        if len(content) > most:
            raise UnreadableError(f"it is larger than {most >> 20} MB")
        return content


def _text(raw, otherwise):
    """Decode a name, which is UTF-8 unless it cannot be."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(otherwise, "replace")


def _problem(info, name):
    """Tell why a file of an archive is not taken, if it is not."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 1:
        return "it is encrypted"
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", name) or ".." in re.split(r"[\\/]", name):
        return "its path leads out of the archive"
    return None


def _name_problem(part):
    """Tell why a file of this name is not taken, if it is not."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in part):
        return "its name holds control characters"
    return "its name is longer than 255 bytes" if len(part.encode("utf-8", "replace")) > 255 else None


def _time(info, zone):
    """Find when a file of an archive was last changed; 1980 stands for an unknown time."""
    try:
        return datetime.datetime(*info.date_time, tzinfo=zone).timestamp() if info.date_time[0] > 1980 else None
    except ValueError:
        return None
