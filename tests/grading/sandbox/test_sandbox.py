"""Test what the sandbox holds, and what is said where there is none."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.handed_in import NAME

from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox import bubblewrap, podman_probe
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.plain import PlainSandbox
from rnncourse.grading.sandbox.probe import ALLOW_UNSAFE
from rnncourse.grading.sandbox.remote import Remote

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def running(sandbox):
    """Start a sandbox."""
    running = BubblewrapSandbox()
    yield running
    running.close()


@pytest.fixture
def say(running):
    """Run a cell in a fresh process; what it prints."""
    remote = Remote(running, Limits(cell_seconds=5))

    def say(source):
        outputs = remote.cell(source)
        assert not [one for one in outputs if one["kind"] == "error"], outputs
        return "".join(one.get("text", "") for one in outputs).strip()

    yield say
    remote.close()


def test_the_user_is_nobody_and_alone(say):
    assert say("import os; print(os.getuid() != 0, os.getpid(), os.getppid())") == "True 1 0"


def test_there_is_no_network(say):
    assert (
        say(
            "import socket\nfor host in ('127.0.0.1', '1.1.1.1'):\n"
            "    try: socket.create_connection((host, 53), timeout=1); print('open')\n"
            "    except OSError: print('closed')"
        )
        == "closed\nclosed"
    )


def test_only_the_course_s_few_modules_are_there(say):
    names = [
        "checks",
        "reference.rnn",
        "numpy.rnn",
        "misconceptions",
        "gradcheck",
        "authoring",
        "grading.scorer",
        "data",
    ]
    code = f"""
import importlib
for name in {names} + ['torch', 'nbgrader', 'scipy', 'sklearn']:
    for full in ('rnncourse.' + name, name):
        try: importlib.import_module(full); print(full)
        except ImportError: pass
"""
    assert say(code) == ""
    assert say("from rnncourse import check, labs, notation\ncheck.rnn_step(1)") == "rnn_step: the grader checks this."
    chinese = "import os\nos.environ['RNNCOURSE_LANGUAGE'] = 'zh_CN'\n"
    assert say(f"{chinese}from rnncourse import check\ncheck.rnn_step(1)") == "rnn_step：评分程序会检查这里。"


def test_no_file_of_the_course_or_of_a_home_is_there(say):
    code = """
import os
print([os.path.join(t, n) for t, _, names in os.walk("/") for n in names
       if n.endswith(("ps1_forward.py", "gradebook.db", "seed.json")) or n in ("rnn.py", ".bashrc", "shadow")])
print(os.path.exists("/proc/1"), os.path.exists("/root/.ssh"), os.path.exists("/home"))
"""
    assert say(code) == "[]\nFalse False False"


def test_nothing_can_be_written_but_a_little_in_tmp(say):
    code = """
import os
for place in ("/", "/usr", "/site", "/site/numpy", "/dev", "/etc", "/python"):
    try: open(place + "/x", "w"); print(place)
    except OSError: pass
try:
    with open("/tmp/big", "wb") as f:
        for _ in range(200): f.write(bytes(1 << 20))
except OSError: print("full")
"""
    assert say(code) == "full"


def test_one_submission_leaves_nothing_to_the_next(running):
    first, second = Remote(running, Limits()), Remote(running, Limits())
    first.cell("for place in ('/tmp/x', '/dev/shm/x', 'x'): open(place, 'w').write('hello')\nsecret = 1")
    first.close()
    assert (
        second.cell("import os; print([p for p in ('/tmp/x', '/dev/shm/x', 'x') if os.path.exists(p)])")[0]["text"]
        == "[]\n"
    )
    with pytest.raises(NameError):
        second.look_up("secret")
    second.close()


def test_processes_end_with_their_submission(running):
    before = children_of(os.getpid())
    remote = Remote(running, Limits())
    remote.cell("import os, time\nfor _ in range(5):\n    if os.fork() == 0:\n        os.setsid(); time.sleep(600)")
    theirs = children_of(os.getpid()) - before
    assert len(theirs) >= 6
    remote.close()
    deadline = time.monotonic() + 5
    while (left := theirs & children_of(os.getpid())) and time.monotonic() < deadline:
        time.sleep(0.01)  # the process between server and student is about to end
    assert not left


def children_of(pid):
    """All processes below one."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.split()
    below, pairs = {pid}, [(int(a), int(b)) for a, b in zip(table[::2], table[1::2], strict=True)]
    while more := {child for child, parent in pairs if parent in below} - below:
        below |= more
    return below - {pid}


def test_no_capability_and_no_namespace_is_to_be_had(say):
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None), libc.chroot(b"/tmp"), libc.setuid(0), libc.sethostname(b"x", 1))
"""
    assert say(code) == "-1 -1 -1 -1"


def test_a_sandbox_that_was_killed_says_so(sandbox):
    running = BubblewrapSandbox()
    running._process.kill()
    deadline = time.monotonic() + 10
    while running.alive and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises((SandboxError, OSError, EOFError)):
        running.fork(Limits(), 60).receive(5)
    running.close()


def test_the_plain_tier_runs_the_same_cells():
    running = PlainSandbox()
    remote = Remote(running, Limits())
    assert remote.cell("print(6 * 7)") == [{"kind": "stdout", "text": "42\n"}]
    remote.close()
    running.close()


@pytest.fixture
def no_sandbox(monkeypatch):
    """Put a machine without bubblewrap and podman in the place of this one."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.delenv(ALLOW_UNSAFE, raising=False)
    probes = bubblewrap.problem, podman_probe.probe
    for probe in probes:
        probe.cache_clear()
    yield
    for probe in probes:
        probe.cache_clear()


def test_without_a_sandbox_no_run_begins_unless_that_is_allowed(released_course, no_sandbox, monkeypatch):
    released_course.hand_in("ada", {})
    with pytest.raises(SandboxError, match=rf"bubblewrap \(bwrap\) is not installed.*set {ALLOW_UNSAFE}=1"):
        Driver(released_course.folder, NAME)
    monkeypatch.setenv(ALLOW_UNSAFE, "1")
    driver = Driver(released_course.folder, NAME)
    assert driver.run.tier == "plain" and list(driver.grade(1)) == ["ada"]


@pytest.mark.slow
def test_without_bubblewrap_nothing_is_graded_unless_that_is_allowed(released, tmp_path):
    """Both commands refuse, say why, and enter nothing; the environment variable lets them go on."""
    course = shutil.copytree(released, tmp_path / "course")
    notebook = course / "submitted" / "ada" / "ps1_forward" / "ps1_forward.ipynb"
    notebook.parent.mkdir(parents=True)
    shutil.copy(course / "exercises" / "ps1_forward" / "ps1_forward.ipynb", notebook)
    here = str(Path(sys.executable).parent)
    environment = {name: value for name, value in os.environ.items() if name != ALLOW_UNSAFE} | {"PATH": here}
    for command in (["nbgrader", "autograde"], ["rnncourse", "grade"]):
        command = [sys.executable, "-m", *command, "ps1_forward"]
        done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode and "bubblewrap (bwrap) is not installed" in said and "RNNCOURSE_ALLOW_UNSAFE=1" in said
    assert not (course / "autograded").exists()
    command = [sys.executable, "-m", "rnncourse", "grade", "ps1_forward"]
    allowed = environment | {ALLOW_UNSAFE: "1"}
    done = subprocess.run(command, cwd=course, env=allowed, capture_output=True, text=True)
    assert done.returncode == 0 and "sandbox: NONE" in done.stdout.splitlines()[0], done.stdout + done.stderr
