"""Run student code in containers of podman, one for each process of a submission, where bubblewrap does not work.

No image is needed: the container's root is an empty folder, over which the same files are bound read-only that
bubblewrap would show. Each process of a submission gets a container of its own, and imports anew what notebooks import.
"""

import contextlib
import json
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from rnncourse.grading.sandbox import seccomp, visible_files
from rnncourse.grading.sandbox.base import KILLED, Sandbox, SandboxError
from rnncourse.grading.sandbox.fork_server_sandbox import MODULES, SERVER
from rnncourse.grading.sandbox.protocol.channel import Channel
from rnncourse.grading.text import valid

READY_SECONDS = 60.0
REAP_SECONDS = 30.0
ENDING_SECONDS = 5.0
"""How long a process that has hung up may take to end: podman tidies up before it says how."""
NO_CGROUPS = "--cgroups=disabled"


class PodmanSandbox(Sandbox):
    """Starts a container for each process of a submission.

    Parameters
    ----------
    extra : tuple of str
        Distributions that notebooks may import besides NumPy and matplotlib.
    options : tuple of str
        Of `podman_probe.candidates`: which runtime, and whether with control groups.
    """

    tier = "podman"

    def __init__(self, extra=(), options=()):
        self._extra, self._options = extra, options
        self._folder = tempfile.TemporaryDirectory(prefix="rnncourse-")
        folder = Path(self._folder.name)
        self._mounts = _mounts(folder, extra) + seccomp.write_profile(folder)
        self._process = self._name = None
        self._errors = tempfile.TemporaryFile(dir=self._folder.name)  # noqa: SIM115  (closed in `close`)

    @property
    def alive(self):
        """Tell whether it can start containers."""
        return not self._errors.closed

    def fork(self, limits, seconds):
        """Start a fresh process for a submission, in a container; see `Sandbox.fork`."""
        path = Path(self._folder.name) / "channel" / "socket"
        self._name = f"rnncourse-{uuid.uuid4().hex}"
        self._errors.seek(0)
        self._errors.truncate()
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": self._errors}
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
            try:
                path.chmod(0o666)  # it is reached through the container alone: the folder above is the grader's own
                listener.listen(1)
                self._process = subprocess.Popen(
                    self._command(limits, seconds), **streams, cwd="/", start_new_session=True
                )
                return Channel(self._accepted(listener), text=valid)
            except OSError as error:
                raise SandboxError(f"podman does not start: {error.strerror}") from None
            finally:
                path.unlink()

    def _accepted(self, listener):
        """Accept the connection of the process, which calls when it has imported everything."""
        listener.settimeout(0.2)
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(TimeoutError):
                return listener.accept()[0]
        self._errors.seek(0)
        said = self._errors.read()[-300:].decode(errors="replace").strip()
        self._remove()
        raise SandboxError(f"no container starts: {said or 'podman says nothing'}")

    def _command(self, limits, seconds):
        """Build podman's command line for a process with these limits."""
        about = json.loads(limits.as_json())
        line = [
            "podman",
            *[option for option in self._options if option != NO_CGROUPS],
            "run",
            "--rm",
            "--name",
            self._name,
        ]
        line += ["--network=none", "--no-hosts", "--hostname=sandbox", "--http-proxy=false"]
        line += ["--read-only", "--read-only-tmpfs=false", "--log-driver=none", "--cap-drop=all"]
        line += ["--security-opt=no-new-privileges", f"--user={about['user']}:{about['user']}", "--workdir=/tmp"]
        # Whatever becomes of the grader: podman itself ends the container when its time must be over.
        line += [f"--timeout={int(seconds + READY_SECONDS)}", "--oom-score-adj=1000"]
        line += [f"--shm-size={limits.disk}b", f"--tmpfs=/tmp:rw,nosuid,nodev,mode=1777,size={limits.disk}"]
        line += ["--ulimit=core=0:0", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024"]
        if NO_CGROUPS in self._options:
            line += [NO_CGROUPS]
        else:  # of all processes together, with their files in memory
            line += [f"--memory={limits.memory + 2 * limits.disk}b", f"--pids-limit={limits.processes}"]
        for name, value in (visible_files.environment() | _interpreter()[1]).items():
            line += ["--env", f"{name}={value}"]
        line += [*self._mounts, "--rootfs", f"{self._folder.name}/root", _interpreter()[0], "-I", "-S", "-B"]
        line += [f"/site/{SERVER}", "container", "/channel/socket", json.dumps(about)]
        return [*line, *MODULES, *self._extra]

    def reap(self, hung_up=False):
        """End the container that was started last; see `Sandbox.reap`."""
        status = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(ENDING_SECONDS if hung_up else 0)
            if code < 0:  # podman itself, which no student's process can reach
                self.lost = KILLED
            else:
                status = code - 128 if code > 128 else code << 8
        self._remove()
        return status

    def _remove(self):
        """Remove the container that was started last, if it is not gone."""
        if self._process is not None and (self._process.poll() is None or self._process.returncode < 0):
            remove = ["podman", "rm", "--force", "--time=0", "--ignore", self._name]
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(remove, capture_output=True, timeout=REAP_SECONDS, cwd="/", start_new_session=True)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDING_SECONDS)
            self._process.kill()
            self._process.wait()
        self._process = None

    def close(self):
        """End everything."""
        self._remove()
        self._errors.close()
        self._folder.cleanup()


def _interpreter():
    """Find this interpreter's path inside, and the environment that it needs there."""
    python, line = visible_files.interpreter()
    return python, dict([line[at + 1 : at + 3] for at, option in enumerate(line) if option == "--setenv"])


def _mounts(folder, extra):
    """Make the empty root, and list the options that bind files over it."""
    for name in ("root", "root/proc", "root/dev", "root/sys", "root/tmp", "root/run", "root/etc", "channel", "empty"):
        (folder / name).mkdir(mode=0o755)
        (folder / name).chmod(0o1777 if name == "root/tmp" else 0o755)  # whatever the umask; podman keeps that of /tmp
    bound = {"/channel": folder / "channel"}
    line = visible_files.system() + visible_files.interpreter()[1]
    for at, option in enumerate(line):
        if option in ("--ro-bind", "--ro-bind-try") and Path(line[at + 1]).exists():
            bound[line[at + 2]] = Path(line[at + 1])
        elif option == "--tmpfs":
            bound[line[at + 1]] = folder / "empty"
        elif option == "--symlink":
            (folder / "root" / line[at + 2].lstrip("/")).symlink_to(line[at + 1])
    bound |= {f"/site/{name}": path for name, path in visible_files.importable(extra).items()}
    return [f"--mount=type=bind,source={path.resolve()},destination={to},ro=true" for to, path in bound.items()]
