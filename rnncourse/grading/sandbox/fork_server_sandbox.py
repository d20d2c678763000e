"""Start a fork server and speak with it: what the bubblewrap and the plain sandbox have in common."""

import abc
import contextlib
import json
import select
import socket
import subprocess
import tempfile
from pathlib import Path

from rnncourse.grading.sandbox import cgroup
from rnncourse.grading.sandbox.base import Sandbox, SandboxError
from rnncourse.grading.sandbox.protocol import channel
from rnncourse.grading.text import valid

READY_SECONDS = 60.0
REAP_SECONDS = 60.0
"""Generous: a machine may be busy, and a sandbox that does not answer is started anew, at the cost of a submission."""
SERVER = "rnncourse/grading/sandbox/fork_server.py"
"""The server's program, below the folder of importable things."""
MODULES = ("numpy.random", "matplotlib.pyplot")
"""What the server imports before it forks, besides what an exercise needs."""


def _first_to_die():
    """Have the kernel end the student's process and no other where memory runs out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


class ForkServerSandbox(Sandbox):
    """A running fork server.

    Parameters
    ----------
    extra : tuple of str
        Distributions that notebooks may import besides NumPy and matplotlib: "torch".

    Raises
    ------
    SandboxError
    """

    isolated: bool
    """Whether each process gets namespaces and a user of its own."""

    def __init__(self, extra=()):
        self._group = None
        self._folder = tempfile.TemporaryDirectory(prefix="rnncourse-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, site, environment = self._command(extra)
        mode = "isolated" if self.isolated else "plain"
        command = [*command, "-I", "-S", "-B", f"{site}/{SERVER}", str(theirs.fileno()), mode, *MODULES, *extra]
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
            raise SandboxError(f"the {self.tier} sandbox does not start: {said or 'it says nothing'}")

    @abc.abstractmethod
    def _command(self, extra):
        """Build the command line up to the interpreter; return it, the site folder inside, and the environment."""

    def _answer(self, seconds):
        """Receive what the server says; nothing if it is gone, or says nothing in time."""
        if not select.select([self._control], [], [], seconds)[0]:
            return b""
        with contextlib.suppress(OSError):
            return self._control.recv(4096)
        return b""

    def _said(self):
        """Read the end of what the server wrote to stderr."""
        if self._errors.closed:
            return ""
        self._errors.seek(0)
        return self._errors.read()[-500:].decode(errors="replace").strip()

    @property
    def alive(self):
        """Tell whether it can fork."""
        return self._process.poll() is None

    def fork(self, limits, seconds):
        """Fork a fresh process for a submission; see `Sandbox.fork`."""
        ours, theirs = channel.pair()
        self._group = self._new_group(limits)
        if self._group:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        about = limits.as_json(seconds=seconds, grouped=self._group is not None)
        try:
            socket.send_fds(self._control, [about], [theirs.fileno()])
        except OSError:
            self._note_loss()
            raise SandboxError(f"the sandbox ended: {self._said() or 'it says nothing'}") from None
        finally:
            theirs.close()
        try:
            if self._group:
                self._group.admit(ours)
        except SandboxError:
            ours.close()
            self.reap()
            raise
        return channel.Channel(ours, text=valid)

    def _new_group(self, limits):
        """Make a control group for the process that is to be forked; None where none can be had."""
        folder, _ = cgroup.available()
        try:
            return cgroup.Group(folder, cgroup.memory_of(limits)) if folder else None
        except OSError as error:
            raise SandboxError(f"no control group can be made in {folder}: {error.strerror}") from None

    def reap(self, hung_up=False):
        """End the process that was forked last, with all that it started; see `Sandbox.reap`."""
        with contextlib.suppress(OSError):
            self._control.send(b"e" if hung_up else b"k")
        answer = self._answer(REAP_SECONDS)
        if self._group:
            self._group.remove()
            self._group = None
        if not answer:
            self._note_loss()
            self.close()
            return None
        report = json.loads(answer)
        return report["status"] if report["ended"] else None

    def _note_loss(self):
        """Keep in `lost` how the server ended, where no student's process can have ended it."""

    def close(self):
        """End the server, and with it everything."""
        self._control.close()
        if self.alive:
            self._process.kill()
        self._process.wait()
        self._errors.close()
        self._folder.cleanup()
