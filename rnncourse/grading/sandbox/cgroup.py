"""Limit a whole submission, all of its processes together, by a control group of version 2, where one can be had.

That takes a group that is this user's own, with the controller of memory: a delegated scope of systemd, or a folder
that `RNNCOURSE_CGROUP` names. The grader moves into one below it, since a group that has others holds no process.
"""

import contextlib
import functools
import os
import socket
import struct
import time
import uuid
from pathlib import Path

from rnncourse.grading.sandbox.base import SandboxError

NAMED = "RNNCOURSE_CGROUP"
"""The variable that names a folder in which groups may be made."""
OWN = "rnncourse-grader"
"""The group of the grader's own processes."""
DELEGATED = ("user.delegate", "trusted.delegate")
"""By one of these attributes systemd says that a group is its owner's."""
SCOPE = "systemd-run --user --scope --property=Delegate=yes rnncourse grade ..."
JOIN_SECONDS = 30.0
REMOVE_SECONDS = 2.0


def _mount():
    """Find where the groups of version 2 are mounted; None if they are not."""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        if after.startswith("cgroup2 "):
            return Path(before.split()[4])
    return None


def _own(mount):
    """Find the group of this process, or the one above where the grader has moved into its own."""
    lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    path = next((line[3:] for line in lines if line.startswith("0::")), "/")
    folder = mount / path.lstrip("/")
    return folder.parent if folder.name == OWN else folder


def _is_delegated(folder):
    """Tell whether a group was handed to its owner to make others in: all else below it is for systemd to arrange."""
    for attribute in DELEGATED:
        with contextlib.suppress(OSError):
            if os.getxattr(folder, attribute) == b"1":
                return True
    return False


def prepare(folder):
    """Move the processes of a group into one below it, and let groups below it limit memory.

    Raises
    ------
    OSError
    """
    if "memory" in (folder / "cgroup.subtree_control").read_text().split():
        return
    (folder / OWN).mkdir(exist_ok=True)
    for pid in (folder / "cgroup.procs").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            (folder / OWN / "cgroup.procs").write_text(pid)
    (folder / "cgroup.subtree_control").write_text("+memory")


@functools.cache
def available():
    """Find the group in which those of submissions are made.

    Returns
    -------
    folder : pathlib.Path or None
    problem : str
        Why there is none.
    """
    try:
        mount = _mount()
        if mount is None:
            return None, "this machine has no control groups of version 2"
        named = os.environ.get(NAMED)
        folder = Path(named) if named else _own(mount)
        if "memory" not in (folder / "cgroup.controllers").read_text().split():
            return None, f"the control group {folder} has no controller of memory"
        if not named and not _is_delegated(folder):
            return None, f"the control group {folder} was not delegated to you; to have one that is: {SCOPE}"
        prepare(folder)
    except OSError as error:
        return None, f"no control group can be made: {error}"
    return folder, ""


class Group:
    """A group of one submission's processes.

    Parameters
    ----------
    folder : pathlib.Path
        Of `available`.
    limits : dict of str to int
        Contents by file, such as those of `memory_of`.
    """

    def __init__(self, folder, limits):
        self.path = folder / f"rnncourse-{uuid.uuid4().hex}"
        self.path.mkdir()
        try:
            for name, value in limits.items():
                if name == "memory.max" or (self.path / name).exists():  # a kernel without swap has none to limit
                    (self.path / name).write_text(str(value))
        except OSError:
            self.remove()
            raise

    def admit(self, connection):
        """Take a process in that waits at the other end of a connection, before it runs anything of a student's.

        Raises
        ------
        SandboxError
            If it does not come, or cannot be taken in.
        """
        connection.settimeout(JOIN_SECONDS)
        try:
            _, about, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(struct.calcsize("3i")))
            (pid,) = [struct.unpack("3i", data)[0] for _, kind, data in about if kind == socket.SCM_CREDENTIALS]
            (self.path / "cgroup.procs").write_text(str(pid))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            connection.sendall(b"g")
        except (OSError, ValueError) as error:
            raise SandboxError(f"a student's process cannot be taken into its control group: {error}") from None

    def remove(self):
        """Remove the group, whose processes have ended or are about to."""
        end = time.monotonic() + REMOVE_SECONDS
        while self.path.exists():
            try:
                self.path.rmdir()
            except OSError:
                if time.monotonic() > end:
                    return
                time.sleep(0.005)


def memory_of(limits):
    """List what limits the memory of a submission: its processes, with their files in memory.

    Parameters
    ----------
    limits : Limits

    Returns
    -------
    contents : dict of str to int
        By file of a group.
    """
    return {"memory.max": limits.memory + 2 * limits.disk, "memory.swap.max": 0, "memory.oom.group": 1}
