"""Keep what has been graded and what has been entered in files that survive whatever ends the program.

An outcome is written the moment it is known, as <key>.json; once it is in the gradebook, an empty <key>.done
takes its place. Each step is atomic: after a crash a submission is graded, or graded and entered, or neither.
"""

import json
import os


class Journal:
    """The journal of one problem set.

    Parameters
    ----------
    folder : pathlib.Path
    """

    def __init__(self, folder):
        self._folder = folder
        folder.mkdir(exist_ok=True)
        for torn in folder.glob("*.tmp"):
            torn.unlink()

    def write(self, outcome):
        """Keep an outcome."""
        path = self._folder / f"{outcome['key']}.json"
        fresh = path.with_suffix(".tmp")
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(outcome, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def read(self, key):
        """Read an outcome that is not entered yet."""
        return json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))

    def is_graded(self, key):
        """Tell whether there is an outcome that is not entered yet."""
        return (self._folder / f"{key}.json").exists()

    def entered(self, key):
        """Note that an outcome is in the gradebook; what it showed is in autograded/."""
        (self._folder / f"{key}.done").touch()
        (self._folder / f"{key}.json").unlink(missing_ok=True)

    def is_entered(self, key):
        """Tell whether an outcome is in the gradebook."""
        return (self._folder / f"{key}.done").exists()

    def forget(self, key):
        """Forget an outcome, so that its submission is graded again."""
        for suffix in (".json", ".done"):
            (self._folder / f"{key}{suffix}").unlink(missing_ok=True)
