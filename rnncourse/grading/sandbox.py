"""The walls around a student's code: a nursery in bubblewrap, which forks a process for each submission.

Where bubblewrap does not work, a container of podman takes its place; where neither does, nothing is graded unless it
is allowed to run student code in plain processes.
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
from pathlib import Path

from rnncourse.grading import container, container_probe, walls, wire
from rnncourse.grading.limits import Limits
from rnncourse.grading.walls import SandboxError

ALLOW_UNSAFE = "RNNCOURSE_ALLOW_UNSAFE"
READY_SECONDS = 60.0
REAP_SECONDS = 15.0
WALLS = ("bubblewrap", "podman")
"""What a course may ask for, the best first."""


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
        self.lost = None
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
        if self._errors.closed:
            return ""
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
            self._note_loss()
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
            self._note_loss()
            self.close()
            return None
        report = json.loads(answer)
        return report["status"] if report["ended"] else None

    def _note_loss(self):
        """Keep in `lost` how the nursery ended, which no student's process can reach behind walls."""
        if self.tier == "plain":
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        code = self._process.returncode  # bubblewrap's own, or by its exit status that of what runs in it
        by_itself = code is not None and 0 <= code <= 128
        self.lost = f"its sandbox ended by itself (exit status {code})" if by_itself else walls.KILLED

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


def start(tier, extra=()):
    """A nursery: "bubblewrap", "podman" or "plain"."""
    if tier != "podman":
        return Nursery(tier, extra)
    return container.ContainerNursery(extra, container_probe.probe().how or ())


def tier(allow_unsafe=False, wanted=""):
    """Which walls there are: "bubblewrap", "podman", or "plain" if that is allowed.

    Parameters
    ----------
    allow_unsafe : bool
    wanted : str
        One of `WALLS`, where the course asks for one of them; else the first that works.

    Raises
    ------
    SandboxError
        If there are none and student code may not run without, or if what is wanted is not one of them.
    """
    if wanted and wanted not in WALLS:
        raise SandboxError(f"c.SandboxedExecute.tier is {wanted!r}; it has to be one of {', '.join(WALLS)}, or ''")
    troubles = []
    for name, probe in (("bubblewrap", bubblewrap_trouble), ("podman", container_probe.trouble)):
        if wanted in ("", name):
            trouble = probe()
            if trouble is None:
                return name
            troubles.append(trouble)
    if allow_unsafe or allowed_unsafe():
        return "plain"
    raise SandboxError(
        f"student code is not run without a sandbox, and {'; '.join(troubles)}. Install bubblewrap on a host that "
        "allows user namespaces, or podman with runc or crun (Debian, Ubuntu: apt install bubblewrap, or podman runc "
        "uidmap); `rnncourse doctor` probes both. To run student code in plain processes all the same, with your files "
        f"and your network within its reach, set {ALLOW_UNSAFE}=1."
    )
