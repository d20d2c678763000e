"""What leads round the limits is forbidden, and what notebooks do is not; the tables know both architectures."""

import os
import struct
from collections import Counter

import pytest

from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.remote import Remote
from rnncourse.grading.sandbox.syscalls import MACHINES, program


@pytest.fixture(scope="module")
def say(sandbox):
    """Run a cell in a student's process; what it prints."""
    running = BubblewrapSandbox()
    remote = Remote(running, Limits())
    yield lambda source: "".join(output.get("text", output.get("value", "")) for output in remote.cell(source)).strip()
    remote.close()
    running.close()


def test_memory_that_no_limit_counts_is_not_to_be_had(say):
    assert "Operation not permitted" in say("import os\nos.memfd_create('x')")
    calls = "libc.shmget(0, 1 << 20, 0o1600), libc.msgget(0, 0o1600), libc.semget(0, 1, 0o1600)"
    assert say(f"import ctypes\nlibc = ctypes.CDLL(None)\nprint({calls})") == "-1 -1 -1"


@pytest.mark.parametrize("kind", [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])
def test_no_namespace_is_to_be_had_in_any_way(say, kind):
    clone = MACHINES[os.uname().machine][1]
    code = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
made = [libc.unshare({kind}), libc.syscall({clone}, {kind} | 17, 0, 0, 0, 0)]
print(made)
mounted = libc.mount(b"x", b"/tmp", b"tmpfs", 0, None)
print(libc.syscall(435, (ctypes.c_uint64 * 8)({kind}), 64), mounted, libc.syscall(425, 1, 0))
"""
    assert say(code) == "[-1, -1]\n-1 -1 -1"


def test_what_notebooks_do_is_allowed(say):
    code = """
import subprocess, threading, mmap, os
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
print(subprocess.run(["/bin/echo", "process"], capture_output=True, text=True).stdout.strip())
print(len(mmap.mmap(-1, 1 << 20)), os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1])
"""
    assert say(code).split() == ["thread", "process", str(1 << 20), "0"]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_program_is_one_that_ends_and_stays_within_itself(machine):
    lines = [struct.unpack("HBBI", program(machine)[at : at + 8]) for at in range(0, len(program(machine)), 8)]
    assert lines[-1] == (0x06, 0, 0, 0x7FFF0000)
    for at, (code, if_true, if_false, _) in enumerate(lines):
        assert code == 0x06 or at + 1 + max(if_true, if_false) < len(lines)
    assert max(Counter(MACHINES[machine][2].values()).values()) == 1
