"""The walls around a student's code: a nursery in bubblewrap, which forks a process for each submission.

Where bubblewrap does not work, nothing is graded unless it is allowed to run student code in plain processes.
"""

import contextlib
import functools
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from rnncourse.grading import walls, wire

ALLOW_UNSAFE = "RNNCOURSE_ALLOW_UNSAFE"
READY_SECONDS = 60.0
REAP_SECONDS = 15.0


class SandboxError(Exception):
    """No sandbox can be had; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds are wall-clock, but for `cpu_seconds`; the rest is in bytes or a count."""

    call_seconds: float = 5.0
    cell_seconds: float = 20.0
    notebook_seconds: float = 90.0
    cpu_seconds: int = 120
    memory: int = 2 << 30
    disk: int = 64 << 20
    file_bytes: int = 64 << 20
    open_files: int = 256
    processes: int = 24
    user: int = 0

    def for_nursery(self):
        """As JSON. Where the grader is root each nursery has a user of its own, so that processes are counted apart."""
        return json.dumps(asdict(self) | {"user": 61184 + os.getpid() % 4000}).encode()


def _first_to_die():
    """Before the sandbox starts: where memory runs out, the kernel is to end the student's process and no other."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


class Nursery:
    """A running nursery.

    Parameters
    ----------
    tier : "bubblewrap" or "plain"
    extra : tuple of str
        Distributions that notebooks may import besides NumPy and matplotlib: "torch".
    """

    def __init__(self, tier="bubblewrap", extra=()):
        self.tier = tier
        self._folder = tempfile.TemporaryDirectory(prefix="rnncourse-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = None
        if tier == "bubblewrap":
            command, python, site = walls.command(extra)
        else:
            site = str(self._plain_site(extra))
            command, python = [], sys._base_executable
            environment = walls.environment() | {"HOME": site, "MPLCONFIGDIR": site, "IPYTHONDIR": site}
        mode = "walls" if tier == "bubblewrap" else "no walls"
        command += [python, "-I", "-S", "-B", f"{site}/rnncourse/grading/nursery.py", str(theirs.fileno()), mode]
        command += ["numpy.random", "matplotlib.pyplot", *extra]
        self._errors = tempfile.TemporaryFile(dir=self._folder.name)  # noqa: SIM115  (closed in `close`)
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": self._errors}
        try:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], env=environment, preexec_fn=_first_to_die, cwd="/", **streams
            )
        except OSError as error:
            raise SandboxError(f"{command[0]} does not start: {error.strerror}") from None
        finally:
            theirs.close()
        if self._answer(READY_SECONDS) != b"ready":
            said = self._said()
            self.close()
            raise SandboxError(f"the {tier} sandbox does not start: {said or 'it says nothing'}")

    def _plain_site(self, extra):
        site = Path(self._folder.name) / "site"
        for name, path in walls.entries(extra).items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).symlink_to(path.resolve())
        return site

    def _answer(self, seconds):
        """What the nursery says; nothing if it is gone, or says nothing in time."""
        if not select.select([self._control], [], [], seconds)[0]:
            return b""
        with contextlib.suppress(OSError):
            return self._control.recv(4096)
        return b""

    def _said(self):
        self._errors.seek(0)
        return self._errors.read()[-500:].decode(errors="replace").strip()

    @property
    def alive(self):
        """Whether it can fork."""
        return self._process.poll() is None

    def fork(self, limits):
        """A fresh process for a submission.

        Returns
        -------
        channel : Channel
        """
        ours, theirs = wire.pair()
        try:
            socket.send_fds(self._control, [limits.for_nursery()], [theirs.fileno()])
        except OSError:
            raise SandboxError(f"the sandbox ended: {self._said() or 'it says nothing'}") from None
        finally:
            theirs.close()
        return wire.Channel(ours)

    def reap(self, hung_up=False):
        """End the process that was forked last, with all that it started.

        Parameters
        ----------
        hung_up : bool
            It has closed its connection: it is given a moment to end by itself.

        Returns
        -------
        status : int or None
            As `os.waitpid` gives it if the process had ended by itself; None if it was running.
        """
        with contextlib.suppress(OSError):
            self._control.send(b"e" if hung_up else b"k")
        answer = self._answer(REAP_SECONDS)
        if not answer:
            self.close()
            return None
        report = json.loads(answer)
        return report["status"] if report["ended"] else None

    def close(self):
        """End everything."""
        self._control.close()
        if self.alive:
            self._process.kill()
        self._process.wait()
        self._errors.close()
        self._folder.cleanup()


def allowed_unsafe():
    """Whether the instructor has said that student code may run without walls."""
    return os.environ.get(ALLOW_UNSAFE, "") not in ("", "0")


@functools.cache
def bubblewrap_trouble():
    """Why bubblewrap does not work here, found by building all the walls once; None if it does."""
    if not shutil.which("bwrap"):
        return "bubblewrap (bwrap) is not installed"
    command, python, site = walls.command(())
    command += [python, "-I", "-S", "-B", f"{site}/rnncourse/grading/nursery.py", "probe", Limits().for_nursery()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=READY_SECONDS, cwd="/")
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run: {error}"
    said = done.stderr.decode(errors="replace").strip()[-300:]
    return f"bubblewrap fails here: {said or f'exit status {done.returncode}'}" if done.returncode else None


def tier(allow_unsafe=False):
    """Which walls there are: "bubblewrap", or "plain" if that is allowed.

    Raises
    ------
    SandboxError
        If there are none and student code may not run without.
    """
    trouble = bubblewrap_trouble()
    if trouble is None:
        return "bubblewrap"
    if allow_unsafe or allowed_unsafe():
        return "plain"
    raise SandboxError(
        f"student code is not run without a sandbox, and {trouble}. Install bubblewrap (Debian, Ubuntu: apt install "
        "bubblewrap) on a host that allows user namespaces; `rnncourse doctor` probes it. To run student code in plain "
        f"processes all the same, with your files and your network within its reach, set {ALLOW_UNSAFE}=1."
    )
