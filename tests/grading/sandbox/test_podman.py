"""Test the core of what the sandbox holds, in a container of podman; skip, with the reason, where podman fails."""

import os
import re
import subprocess
import time

import pytest
from support.handed_in import NAME

from rnncourse.authoring.release import nbgrader
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox import bubblewrap, podman_probe, probe
from rnncourse.grading.sandbox.limits import MB, Limits
from rnncourse.grading.sandbox.remote import OutOfTimeError, ProcessEnded, Remote
from rnncourse.grading.sandbox.running import close_sandboxes


@pytest.fixture(scope="module")
def podman():
    """How containers are started here."""
    probed = podman_probe.probe()
    if probed.problem:
        pytest.skip(probed.problem)
    return probed


@pytest.fixture(scope="module")
def running(podman):
    """What starts a container for each process."""
    running = probe.start("podman")
    yield running
    running.close()


@pytest.fixture
def under(running):
    """A student's process under other limits than the defaults."""
    begun = []

    def under(**limits):
        for remote in begun:
            remote.close()
        begun.append(Remote(running, Limits(**limits)))
        return begun[-1]

    yield under
    for remote in begun:
        remote.close()


def said(outputs):
    """What a cell prints."""
    assert not [one for one in outputs if one["kind"] == "error"], outputs
    return "".join(one.get("text", "") for one in outputs).strip()


def containers():
    """Names of the containers that there are."""
    listed = subprocess.run(["podman", "ps", "--all", "--format={{.Names}}"], capture_output=True, text=True, cwd="/")
    return {name for name in listed.stdout.split() if name.startswith("rnncourse-")}


def test_nothing_is_within_reach(under):
    code = """
import os, socket, ctypes
print(os.getuid() != 0, os.getpid(), os.getppid())
for host in ("127.0.0.1", "1.1.1.1"):
    try: socket.create_connection((host, 53), timeout=1); print("open")
    except OSError: pass
print([os.path.join(t, n) for t, _, names in os.walk("/") for n in names if not t.startswith(("/proc", "/sys"))
       and (n.endswith(("ps1_forward.py", "gradebook.db", "seed.json")) or n in ("rnn.py", ".bashrc", "shadow"))])
print([p for p in os.listdir("/proc") if p.isdigit()], os.path.exists("/home"), os.listdir("/channel"))
for place in ("/", "/usr", "/site", "/site/numpy", "/dev", "/etc", "/python", "/run", "/channel", "/var/tmp"):
    try: open(place + "/x", "w"); print(place)
    except OSError: pass
for name in ("checks", "reference.rnn", "numpy.rnn", "misconceptions", "grading.scorer", "grading.execute"):
    try: __import__("rnncourse." + name); print(name)
    except ImportError: pass
libc = ctypes.CDLL(None)
print(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None), libc.chroot(b"/tmp"), libc.setuid(0), libc.unshare(0x10000000))
print(os.environ.get("SECRET_OF_THE_GRADER"))
"""
    os.environ["SECRET_OF_THE_GRADER"] = "1"
    try:
        assert said(under().cell(code)) == "True 1 0\n[]\n['1'] False []\n-1 -1 -1 -1\nNone"
    finally:
        del os.environ["SECRET_OF_THE_GRADER"]


def test_a_loop_without_an_end_and_one_that_cannot_be_interrupted(under):
    remote = under(cell_seconds=0.3, call_seconds=0.3)
    assert [one["name"] for one in remote.cell("while True: pass")] == ["OutOfTimeError"]
    remote.cell("import signal\ndef f():\n    signal.pthread_sigmask(0, range(1, 64))\n    while True: pass")
    with pytest.raises(OutOfTimeError):
        remote.call("f", (), {})
    assert said(remote.cell("print(6 * 7)")) == "42"  # in a fresh container


def test_one_that_eats_memory(under):
    code = "try:\n    a = bytearray({} << 20); print(len(a) >> 20)\nexcept MemoryError:\n    print('no')"
    remote = under(memory=1024 * MB)
    assert said(remote.cell(code.format(100))) == "100" and said(remote.cell(code.format(1100))) == "no"


def test_several_that_eat_memory_together(under, podman):
    """Each is within its limit, and all together are not: some are ended."""
    if not podman.shared:
        pytest.skip("this user has no control groups here: memory is limited for each process")
    code = """
import os
children = []
for _ in range(6):
    if not (child := os.fork()):
        a = b"x" * (150 << 20)
        import time; time.sleep(2)
        os._exit(0)
    children.append(child)
print(sum(os.waitpid(child, 0)[1] == 9 for child in children))
"""
    remote = under(memory=512 * MB, disk=16 * MB, cell_seconds=20)
    try:
        assert int(said(remote.cell(code))) >= 1
    except ProcessEnded as ended:  # or the one that started them
        assert "ended by signal 9" in str(ended)


def test_a_fork_bomb(under):
    code = "import os, time\nn = 0\ntry:\n    while os.fork(): n += 1\n    time.sleep(60)\nexcept OSError: print(n)"
    assert 1 <= int(said(under(processes=8).cell(code))) < 8


@pytest.mark.parametrize(
    "code, words",
    [("import os; os._exit(3)", "exit status 3"), ("import ctypes; ctypes.string_at(0)", "ended by signal 11")],
)
def test_how_a_process_ended_is_named(under, code, words):
    with pytest.raises(ProcessEnded, match=words):
        under().cell(code)


def test_one_submission_leaves_nothing_to_the_next_and_no_container(under, running):
    under().cell("open('/tmp/x', 'w').write('x')\nimport os, time\nif not os.fork(): os.setsid(); time.sleep(600)")
    ours = {running._name}  # another test may have containers of its own at the same time
    assert ours <= containers()
    remote = under()
    assert said(remote.cell("import os; print(os.path.exists('/tmp/x'))")) == "False"
    ours.add(running._name)
    remote.close()
    deadline = time.monotonic() + 10
    while ours & containers() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(ours) == 2 and not ours & containers()


def test_a_class_is_graded_in_containers(podman, released_course):
    """A right answer, one that looks for files and the grader's process, and one that never ends."""
    course = released_course
    course.allow(cell_seconds=3)
    with open(course.folder / "nbgrader_config.py", "a") as file:
        file.write("\nc.SandboxedExecute.tier = 'podman'\n")
    cheat = "import os\nfound = [n for t, _, ns in os.walk('/') for n in ns if n in ('gradebook.db', 'seed.json')]\n"
    cheat += "try: os.kill(os.getppid(), 9)\nexcept OSError: pass\nprint('found', found)"
    course.hand_in("ada")
    course.hand_in("kim", {"rnn_step": cheat})
    course.hand_in("goran", {"rnn_step": "while True: pass"})
    assert course.grade() == ["ada", "goran", "kim"]
    assert course.scores() == {"ada": 100, "goran": 0, "kim": 0}
    assert "found []" in course.shown("kim") and '"tier": "podman"' in course.shown("ada")
    close_sandboxes()


def test_stock_nbgrader_takes_the_same_tier(podman, released_course):
    course = released_course
    course.allow()
    with open(course.folder / "nbgrader_config.py", "a") as file:
        file.write("\nc.SandboxedExecute.tier = 'podman'\n")
    course.hand_in("ada")
    nbgrader(course.folder, "autograde", NAME)
    assert course.scores() == {"ada": 100} and '"tier": "podman"' in course.shown("ada")


@pytest.mark.parametrize("wanted", ["docker", "plain", 1])
def test_a_tier_that_there_is_not_is_refused_before_anything_is_graded(released_course, wanted):
    words = rf"c\.SandboxedExecute\.tier is {wanted!r}; it has to be one of bubblewrap, podman"
    with open(released_course.folder / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.SandboxedExecute.tier = {wanted!r}\n")
    released_course.hand_in("ada")
    with pytest.raises(probe.SandboxError, match=words):
        Driver(released_course.folder, NAME)
    worked, log = released_course.autograde()
    assert not worked and re.search(words, log)


def test_a_course_asks_for_one_or_gets_the_first_that_works(podman):
    assert probe.choose_tier(wanted="podman") == "podman"
    assert probe.choose_tier() == ("podman" if bubblewrap.problem() else "bubblewrap")
