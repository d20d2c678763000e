"""Whoever is not root grades in the same sandbox: a right submission, one that cheats, and a loop without an end."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
from support.handed_in import NAME, RIGHT

ROOT = Path(__file__).parents[3]
NOBODY = 65534
CHEAT = """
import os, sys
from rnncourse import check
for name in [one for one in dir(check) if not one.startswith("_")]:
    try: setattr(check, name, lambda *a, **b: 100.0)
    except Exception: pass
places = ["/" + one for one in os.listdir("/") if one not in ("usr", "lib", "lib64", "python", "site")]
found = [os.path.join(top, one) for place in places for top, _, names in os.walk(place) for one in names
         if one in ("gradebook.db", "seed.json", "nbgrader_config.py") or one.startswith("ps1_forward")]
for place in ("/site/numpy/__init__.py", "/python/lib/os.py", "/usr/x"):
    try: open(place, "a"); found.append(place)
    except OSError: pass
print("found", found, "uid", os.getuid(), "parent", os.getppid())
"""


@pytest.fixture
def readable(sandbox):
    """Runs Python as nobody, with this interpreter, its packages and the project bound to where nobody may go."""
    if os.getuid():
        pytest.skip("the tests do not run as root: all of them are tests of an ordinary user")
    if not shutil.which("setpriv"):
        pytest.skip("there is no setpriv (util-linux) to become another user with")
    top = Path(tempfile.mkdtemp())
    top.chmod(0o755)
    places = {"python": sys.base_prefix, "site": sysconfig.get_path("purelib"), "project": ROOT}
    command = ["bwrap", "--dev-bind", "/", "/"]
    for name, path in places.items():
        (top / name).mkdir()
        command += ["--ro-bind", str(path), str(top / name)]
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    command += ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", f"{top}/python/bin/{name}", "-s"]
    environment = {"PYTHONPATH": f"{top}/site:{top}/project", "HOME": f"{top}/course", "PATH": os.environ["PATH"]}
    environment |= {"LD_LIBRARY_PATH": f"{top}/python/lib", "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}

    def run(*arguments):
        (top / "course").mkdir(exist_ok=True)
        done = subprocess.run(
            [*command, *arguments], cwd=top / "course", env=environment, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    yield top, run
    shutil.rmtree(top)


def test_an_ordinary_user_has_the_sandbox(readable):
    _, run = readable
    code = "import os; from rnncourse.grading.sandbox.bubblewrap import problem; print(os.getuid(), problem())"
    assert run("-c", code) == (0, f"{NOBODY} None\n")


@pytest.mark.slow
def test_an_ordinary_user_grades_as_root_does(course, readable):
    top, run = readable
    course.allow(cell_seconds=6)
    course.hand_in("ada")
    course.hand_in("kim", {"rnn_step": CHEAT})
    course.hand_in("goran", RIGHT | {"rnn_step": "while True: pass\n" + RIGHT["rnn_step"]})
    shutil.copytree(course.folder, top / "course")
    for path in (top / "course", *(top / "course").rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    code, said = run("-m", "rnncourse", "grade", NAME)
    assert code == 0 and said.startswith("sandbox: bubblewrap"), said
    course.grade()
    graded = type(course)(top / "course")
    assert graded.scores() == course.scores()
    assert graded.scores()["ada"] > graded.scores()["goran"] > graded.scores()["kim"] == 0
    assert f"found [] uid {NOBODY} parent 0" in graded.shown("kim")
    assert (top / "course" / "gradebook.db").stat().st_uid == NOBODY
