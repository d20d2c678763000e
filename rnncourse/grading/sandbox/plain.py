"""Run student code in plain processes, where that is allowed: files and network are within its reach."""

import sys
from pathlib import Path

from rnncourse.grading.sandbox import visible_files
from rnncourse.grading.sandbox.fork_server_sandbox import ForkServerSandbox


class PlainSandbox(ForkServerSandbox):
    """A fork server without isolation: it limits what a process may use, and no more."""

    tier, isolated = "plain", False

    def _command(self, extra):
        site = Path(self._folder.name) / "site"
        for name, path in visible_files.importable(extra).items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).symlink_to(path.resolve())
        folders = dict.fromkeys(("HOME", "MPLCONFIGDIR", "IPYTHONDIR"), str(site))
        return [sys._base_executable], str(site), visible_files.environment() | folders
