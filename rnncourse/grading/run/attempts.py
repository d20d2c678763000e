"""Note which attempt of a student is in the gradebook, where the best of several counts."""

import hashlib
import json

from rnncourse.files import write_atomically


class Attempts:
    """The attempts at one problem set.

    Parameters
    ----------
    folder : pathlib.Path
        Made when there is something to keep.
    """

    def __init__(self, folder):
        self._folder = folder

    def entered(self, student):
        """Get what identifies the attempt that is in the gradebook; None where that is not known."""
        try:
            return json.loads(self._path(student).read_text(encoding="utf-8"))["content"]
        except (OSError, ValueError, KeyError):
            return None

    def note(self, student, content):
        """Note which attempt is in the gradebook now."""
        write_atomically(self._path(student), json.dumps({"student": student, "content": content}))

    def _path(self, student):
        """Find the file of a student: a name may be too long for one."""
        return self._folder / f"{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:32]}.json"
