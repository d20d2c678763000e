"""All processes of a submission are in one control group, which limits their memory together where that can be had."""

import contextlib
import os
from pathlib import Path

import pytest

from rnncourse.grading.sandbox import cgroup
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import MB, Limits
from rnncourse.grading.sandbox.protocol import channel
from rnncourse.grading.sandbox.remote import ProcessEnded, Remote

FOUND, PROBLEM = cgroup.available()
FORKS = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid(); time.sleep(600)
print("here")
"""
EACH_A_LITTLE = """
import os, time
for _ in range(5):
    if os.fork() == 0:
        kept = bytearray(150 << 20); time.sleep(600)
time.sleep(1)
"""


@pytest.fixture
def place():
    """A folder of the kernel's in which groups can be made, with the controller of memory or without."""
    mount = cgroup._mount()
    folder = FOUND or (mount and cgroup._own(mount))
    with contextlib.suppress(OSError):
        if folder:
            cgroup.Group(folder, {}).remove()
            return folder
    pytest.skip("no control group of version 2 can be made here")


@pytest.fixture
def in_groups(sandbox, place):
    """A sandbox whose processes get groups, of which the last stays as `last` when it is removed."""

    class Grouped(BubblewrapSandbox):
        def _new_group(self, limits):
            self.last = cgroup.Group(place, cgroup.memory_of(limits) if FOUND else {})
            return self.last

    running = Grouped()
    yield running
    running.close()


def test_all_processes_of_a_submission_are_in_its_group_and_it_goes_with_them(in_groups):
    remote = Remote(in_groups, Limits())
    assert remote.cell(FORKS) == [{"kind": "stdout", "text": "here\n"}]
    procs = (in_groups.last.path / "cgroup.procs").read_text().split()
    assert len(procs) == 4 and str(os.getpid()) not in procs
    remote.close()
    assert not in_groups.last.path.exists()


def test_an_end_in_a_group_is_described_as_ever(in_groups):
    remote = Remote(in_groups, Limits())
    with pytest.raises(ProcessEnded, match="ended by itself with exit status 3"):
        remote.cell("import os; os._exit(3)")
    assert not in_groups.last.path.exists()
    assert remote.cell("print(1)") == [{"kind": "stdout", "text": "1\n"}]
    remote.close()


def test_who_cannot_be_taken_in_is_ended_and_the_next_one_served(in_groups, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(SandboxError, match="cannot be taken into"):
        patched.setattr(cgroup.socket, "SCM_CREDENTIALS", -1)
        Remote(in_groups, Limits()).cell("1")
    assert in_groups.alive and not in_groups.last.path.exists()
    remote = Remote(in_groups, Limits())
    assert remote.cell("print(1)") == [{"kind": "stdout", "text": "1\n"}]
    remote.close()


def test_who_does_not_come_is_not_waited_for(place, monkeypatch):
    monkeypatch.setattr(cgroup, "JOIN_SECONDS", 0.05)
    group, (ours, theirs) = cgroup.Group(place, {}), channel.pair()
    with pytest.raises(SandboxError, match="cannot be taken into its control group"):
        group.admit(ours)
    ours.close(), theirs.close()
    group.remove()
    assert not group.path.exists()


@pytest.mark.skipif(FOUND is None, reason=PROBLEM)
def test_the_memory_of_all_processes_together_is_limited(sandbox):
    running = BubblewrapSandbox()
    remote = Remote(running, Limits(memory=512 * MB, disk=MB))
    with pytest.raises(ProcessEnded, match="ended by signal 9"):
        remote.cell(EACH_A_LITTLE)
    assert remote.cell("print('again')") == [{"kind": "stdout", "text": "again\n"}]
    remote.close()
    running.close()


def test_it_is_said_why_there_is_none(monkeypatch, tmp_path):
    cgroup.available.cache_clear()
    monkeypatch.setattr(cgroup, "_mount", lambda: None)
    assert cgroup.available() == (None, "this machine has no control groups of version 2")
    cgroup.available.cache_clear()
    monkeypatch.setattr(cgroup, "_mount", lambda: Path("/sys/fs/cgroup"))
    monkeypatch.setenv(cgroup.NAMED, str(tmp_path))
    folder, problem = cgroup.available()
    assert folder is None and problem.startswith("no control group can be made") and str(tmp_path) in problem
    (tmp_path / "cgroup.controllers").write_text("cpu pids\n")
    cgroup.available.cache_clear()
    assert cgroup.available() == (None, f"the control group {tmp_path} has no controller of memory")
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    monkeypatch.delenv(cgroup.NAMED)
    monkeypatch.setattr(cgroup, "_own", lambda mount: tmp_path)
    cgroup.available.cache_clear()
    folder, problem = cgroup.available()
    assert folder is None and problem.endswith(f"was not delegated to you; to have one that is: {cgroup.SCOPE}")
    assert [path.name for path in tmp_path.iterdir()] == ["cgroup.controllers"]  # nothing was moved
    cgroup.available.cache_clear()


def test_the_limit_is_that_of_the_processes_with_their_files():
    contents = cgroup.memory_of(Limits(memory=512 * MB, disk=3 * MB))
    assert contents["memory.max"] == 518 * MB and contents["memory.swap.max"] == 0
