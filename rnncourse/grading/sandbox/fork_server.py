"""Serve inside the sandbox: import what notebooks import, once, and fork a process for each submission.

It never runs a student's code. Each child gets namespaces of its own (processes, mounts, messages), an empty /tmp, an
unprivileged user, no capability and its limits, and cannot see its parent. When the grader says that it is enough, the
child is killed, and with it, as it is process 1 of its namespace, whatever it has started.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x00020000, 0x08000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 0x2, 0x4, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 1, 47, 4
CAPABILITY_VERSION_3 = 0x20080522
LIMITS = {
    "memory": resource.RLIMIT_AS,
    "cpu_seconds": resource.RLIMIT_CPU,
    "file_bytes": resource.RLIMIT_FSIZE,
    "open_files": resource.RLIMIT_NOFILE,
    "processes": resource.RLIMIT_NPROC,
}
libc = ctypes.CDLL(None, use_errno=True)


def _system(call, *arguments):
    """Call a function of the C library; raise `OSError` where it fails."""
    if getattr(libc, call)(*arguments):
        raise OSError(ctypes.get_errno(), f"{call}: {os.strerror(ctypes.get_errno())}")


def _isolate(limits):
    """Give this process mounts of its own; then, with no way back, another user and no capability."""
    _system("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
    size = f"size={limits['disk']},mode=1777".encode()
    for folder in (b"/tmp", b"/dev/shm"):
        _system("mount", b"tmpfs", folder, b"tmpfs", MS_NOSUID | MS_NODEV, size)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(*[limits["user"]] * 3)
        os.setresuid(*[limits["user"]] * 3)
    _system("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    _system("capset", (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)())


def _become_worker(connection, shell, limits, folder):
    """Turn this process into a student's; never returns."""
    from rnncourse.grading.sandbox.shell import outputs
    from rnncourse.grading.sandbox.syscalls import restrict
    from rnncourse.grading.sandbox.worker import Worker

    try:
        if limits.get("grouped"):  # the grader learns from the kernel who says this, and answers when that is limited
            connection.sendall(b"g")
            connection.recv(1)
        outputs.room = limits["output_bytes"]
        if not folder:
            _isolate(limits)
            folder = "/tmp/work"
            os.mkdir(folder)
        _system("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # here, since a change of user clears it
        os.chdir(folder)
        os.environ["HOME"] = folder
        sys.path.insert(1, folder)  # a student's own module beside the notebook
        for name, limit in LIMITS.items():
            resource.setrlimit(limit, (limits[name], limits[name]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # the grader may have held some back when it started this
        restrict()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        Worker(connection, shell).serve()
    finally:
        os._exit(0)


def _end(child, isolated):
    """Kill a child with all that it has started: as process 1 of its namespace it takes them along."""
    for kill in (os.kill,) if isolated else (os.kill, os.killpg):
        with contextlib.suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)


def _guard(control, connection, shell, limits, isolated):
    """Stand between server and child: let the child run until the grader has enough, then report how it ended."""
    folder = None if isolated else tempfile.mkdtemp()
    if isolated:
        _system("unshare", CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC)
    else:
        os.setpgid(0, 0)
    child = os.fork()
    if child == 0:
        control.close()
        if not isolated:
            os.setpgid(0, 0)
        _become_worker(connection, shell, limits, folder)
    connection.close()
    if not select.select([control], [], [], limits["seconds"])[0]:  # whatever the grader is waiting for
        _end(child, isolated)
    enough = control.recv(1)
    end = time.monotonic() + (1.0 if enough == b"e" else 0.0)  # it hung up: then it is about to end by itself
    while not (found := os.waitpid(child, os.WNOHANG))[0] and time.monotonic() < end:
        time.sleep(0.002)
    ended, status = found
    if not isolated or not ended:
        _end(child, isolated)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    if not ended:
        os.waitpid(child, 0)
    _report(control, bool(ended), status)


def _report(control, ended, status):
    """Tell the grader how a child ended."""
    control.send(json.dumps({"ended": ended, "status": status}).encode())


def probe(limits):
    """Try whether a process can be isolated here: 0 if so."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    _system("unshare", CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC)
    child = os.fork()
    if child == 0:
        from rnncourse.grading.sandbox.syscalls import restrict

        _isolate(limits)
        restrict()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _prepared(modules):
    """Make the shell, with all imported that a notebook imports."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    for module in modules:
        importlib.import_module(module)
    importlib.import_module("rnncourse.grading.sandbox.syscalls")
    importlib.import_module("rnncourse.grading.sandbox.worker")
    from rnncourse.grading.sandbox.shell import warm_shell

    return warm_shell()


def in_container(path, limits, modules):
    """Run as the one process of a container, isolated already: call the grader, then be the student's."""
    shell, connection = _prepared(modules), socket.socket(socket.AF_UNIX)
    connection.connect(path)
    os.mkdir("/tmp/work")
    _become_worker(connection, shell, limits, "/tmp/work")


def main(control, isolated, modules):
    """Fork a child for each connection that comes, one at a time."""
    shell = _prepared(modules)
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
        if not message:
            return
        if not descriptors:  # "enough", of a child that has no guard any more
            _report(control, False, 0)
            continue
        connection = socket.socket(fileno=descriptors[0])
        guard = os.fork()
        if guard == 0:
            try:
                _guard(control, connection, shell, json.loads(message), isolated)
            finally:
                os._exit(0)
        connection.close()
        os.waitpid(guard, 0)


if __name__ == "__main__":
    if sys.argv[1] == "probe":
        sys.exit(probe(json.loads(sys.argv[2])))
    if sys.argv[1] == "container":
        in_container(sys.argv[2], json.loads(sys.argv[3]), sys.argv[4:])
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2] == "isolated", sys.argv[3:])
