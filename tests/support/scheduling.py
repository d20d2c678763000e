"""Hand tests to the processes of pytest-xdist in groups, so that what is costly to make is made in one of them.

pytest-xdist's own ``--dist loadgroup`` keeps a test's group in an attribute that pytest 9 no longer reads, and so it
hands out single tests. Here a process that has collected writes the groups into a file for the one that schedules.
"""

import json
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

FOLDER = pytest.StashKey()
"""Where the groups are written: a folder of the process that schedules."""


class GroupScheduling(LoadScopeScheduling):
    """Give each process whole groups, in the order in which the tests were collected."""

    def __init__(self, config, log, path):
        super().__init__(config, log)
        self.config.option.loadscopereorder = False  # else the group with the most tests is first
        self._path, self._groups = path, None

    def schedule(self):
        """Read the groups, which a process has written when it has collected, and distribute them."""
        self._groups = self._groups or json.loads(self._path.read_text(encoding="utf-8"))
        super().schedule()

    def _split_scope(self, nodeid):
        return self._groups[nodeid]


def write_groups(config, items):
    """Write the group of each test, if this process was started by one that schedules."""
    if path := getattr(config, "workerinput", {}).get("groups"):
        groups = {test.nodeid: test.get_closest_marker("xdist_group").args[0] for test in items}
        part = Path(f"{path}.{config.workerinput['workerid']}")
        part.write_text(json.dumps(groups), encoding="utf-8")
        part.replace(path)  # whole, whoever reads it now


def pytest_configure_node(node):
    """Tell a process that is about to start where the groups are to be written."""
    if node.config.getvalue("dist") == "loadgroup":
        folder = node.config.stash.setdefault(FOLDER, tempfile.TemporaryDirectory())
        node.workerinput["groups"] = str(Path(folder.name) / "groups.json")


def pytest_xdist_make_scheduler(config, log):
    """Replace the scheduler of ``--dist loadgroup``."""
    if config.getvalue("dist") == "loadgroup":
        return GroupScheduling(config, log, Path(config.stash[FOLDER].name) / "groups.json")
