"""Run student code in bubblewrap: no network, no files of the grader's, another user, and limits."""

import contextlib
import functools
import os
import shutil
import subprocess

from rnncourse.grading.sandbox import visible_files
from rnncourse.grading.sandbox.base import KILLED
from rnncourse.grading.sandbox.fork_server_sandbox import READY_SECONDS, SERVER, ForkServerSandbox
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.language import phrase

SITE = "/site"


class BubblewrapSandbox(ForkServerSandbox):
    """A fork server inside bubblewrap, whose processes get namespaces of their own."""

    tier, isolated = "bubblewrap", True

    def _command(self, extra):
        return command(extra), SITE, None

    def _note_loss(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        code = self._process.returncode  # bubblewrap's own, or by its exit status that of what runs in it
        by_itself = code is not None and 0 <= code <= 128
        self.lost = phrase("its sandbox ended by itself (exit status {code})", code=code) if by_itself else KILLED


def command(extra):
    """Build the bubblewrap command.

    Parameters
    ----------
    extra : tuple of str
        Distributions that are visible besides those of every notebook.

    Returns
    -------
    line : list of str
        Up to and with the interpreter; the folder of importable things is `SITE` inside.
    """
    line = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    line += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    # Root sets the sandbox up as root, and each child becomes nobody: a home that only root can enter is no obstacle.
    as_root = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
    as_user = ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    line += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", *(as_root if os.getuid() == 0 else as_user)]
    python, its_own = visible_files.interpreter()
    line += visible_files.system() + its_own
    for folder in ("", "/rnncourse", "/rnncourse/grading", *visible_files.SANDBOX_FOLDERS):
        line += ["--perms", "0755", "--dir", f"{SITE}{folder}"]
    for name, path in visible_files.importable(extra).items():
        line += ["--ro-bind", str(path.resolve()), f"{SITE}/{name}"]
    # There is no /proc: nothing here needs it, and a student's process could look at others through it.
    line += ["--dev", "/dev", "--tmpfs", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
    for name, value in visible_files.environment().items():
        line += ["--setenv", name, value]
    return [*line, python]


@functools.cache
def problem():
    """Tell why bubblewrap does not work here, by setting a whole sandbox up once; None if it does."""
    if not shutil.which("bwrap"):
        return "bubblewrap (bwrap) is not installed"
    line = [*command(()), "-I", "-S", "-B", f"{SITE}/{SERVER}", "probe", Limits().as_json()]
    try:
        done = subprocess.run(line, capture_output=True, timeout=READY_SECONDS, cwd="/")
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run: {error}"
    said = done.stderr.decode(errors="replace").strip()[-300:]
    return f"bubblewrap fails here: {said or f'exit status {done.returncode}'}" if done.returncode else None
