"""List common accidents: code in a cell, lines of a function, files; and the points that are left of 100."""

import json

# What is left of the 100 points without those of rnn_step: rnn_forward calls it, and is right.
LEFT = 65

# Code in front of a right rnn_step, in its cell; and what is left of the 100 points.
CELLS = {
    "loop": ("while True: pass", LEFT),
    "loop that catches": ("while True:\n    try:\n        while True: pass\n    except: pass", LEFT),
    "loop without signals": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True: pass",
        LEFT,
    ),
    "one long operation": ("10 ** 10 ** 9", LEFT),
    "sleep": ("import time; time.sleep(1000)", LEFT),
    "input": ("input('your name?')", LEFT),
    "os._exit": ("import os; os._exit(0)", LEFT),
    "sys.exit": ("import sys; sys.exit('done')", LEFT),
    "killed": ("import os; os.kill(os.getpid(), 9); import time; time.sleep(9)", LEFT),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", LEFT),
    "stopped": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", 100),
    "kill everything": ("import os; os.kill(-1, 9)", LEFT),
    "interrupt": ("raise KeyboardInterrupt", LEFT),
    "recursion": ("def f(n): return f(n + 1)\nf(0)", LEFT),
    "memory at once": ("np.ones(10**10)", LEFT),
    "memory by and by": ("all = []\nwhile True: all.append(bytearray(10**7))", LEFT),
    "disk": ("while True:\n    with open('full', 'ab') as f: f.write(b'0' * 10**7)", LEFT),
    "large file": ("with open('large', 'wb') as f: f.seek(10**12); f.write(b'0')", LEFT),
    "fork bomb": ("import os\nwhile True: os.fork()", LEFT),
    "threads": ("import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(99,)).start()", LEFT),
    "open files": ("all = []\nwhile True: all.append(open('/dev/null'))", LEFT),
    "closes everything": ("import os; os.closerange(0, 256)", LEFT),
    "much output": ("for _ in range(1000): print('x' * 100_000)", 100),
    "output for ever": ("while True: print('x' * 1000)", LEFT),
    "errors for ever": ("import sys\nwhile True: sys.stderr.write('x' * 1000)", LEFT),
    "stderr": ("import sys; print('careful', file=sys.stderr)", 100),
    "warning": ("import warnings; warnings.warn('careful')", 100),
    "large picture": ("from IPython.display import display\ndisplay({'image/png': 'A' * 10**8}, raw=True)", 100),
    "no modules": ("import sys; sys.path.clear(); sys.modules.clear()", None),
    "no builtins": ("import builtins; vars(builtins).clear()", None),
    "elsewhere": ("import os, shutil; os.mkdir('a'); os.chdir('a'); shutil.rmtree('../a')", 100),
    "daemon": ("import os, time\nif os.fork() == 0:\n    os.setsid()\n    while True: pass", 100),
    "syntax error": ("def f(:", LEFT),
    "null byte": ("x = '\0'", LEFT),
    "magics": ("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\n!true", 100),
}

# A last line of rnn_step in the place of its return.
CALLS = {
    "loop in a call": "while True: pass",
    "loop that catches in a call": "while True:\n        try:\n            while True: pass\n        except: pass",
    "os._exit in a call": "import os; os._exit(1)",
    "too large an answer": "return np.zeros(4 * 10**6)",
    "an answer in itself": "a = []; a.append(a); return a",
    "a deep answer": "a = []\n    for _ in range(10**5): a = [a]\n    return a",
    "a module": "return np",
    "an error that cannot be printed": "class E(Exception):\n        __str__ = None\n    raise E",
    "memory in a call": "return np.ones(10**11)",
}


def as_version_3(notebook):
    cells = [
        {"cell_type": cell["cell_type"], "metadata": cell["metadata"], "outputs": [], "input": cell["source"]}
        for cell in notebook["cells"]
    ]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()


def text(notebook, **changes):
    return json.dumps(notebook | changes)


# The bytes of the file, and the points.
FILES = {
    "empty": (lambda nb: b"", 0),
    "truncated": (lambda nb: text(nb).encode()[:3000], 0),
    "another format": (lambda nb: b"%PDF-1.7\n" + bytes(range(256)), 0),
    "a list": (lambda nb: b"[1, 2]", 0),
    "no cells": (lambda nb: text(nb, cells=[]).encode(), 0),
    "cells that are none": (lambda nb: text(nb, cells=[1, None, "x", {}, {"cell_type": "code"}]).encode(), 0),
    "deep": (lambda nb: b"[" * 10**6, 0),
    "too large": (lambda nb: text(nb).encode() + b" " * (21 << 20), 0),
    "200 MB": (None, 0),
    "latin-1": (lambda nb: text(nb).encode().replace(b'"metadata"', b'"x": "caf\xe9", "metadata"', 1), 100),
    "utf-16": (lambda nb: text(nb).encode("utf-16"), 100),
    "with a mark": (lambda nb: text(nb).encode("utf-8-sig"), 100),
    "old": (as_version_3, 100),
    "future": (lambda nb: text(nb, nbformat=99, nbformat_minor=7).encode(), 100),
    "lone surrogate": (lambda nb: text(nb).replace("np.tanh", "'\\ud800' and np.tanh", 1).encode(), 100),
    "sources in one piece": (
        lambda nb: text(nb, cells=[c | {"source": "".join(c["source"])} for c in nb["cells"]]).encode(),
        100,
    ),
    "many cells": (lambda nb: text(nb, cells=nb["cells"] + [{"cell_type": "code", "source": "1"}] * 300).encode(), 100),
    "no metadata": (lambda nb: text(nb, cells=[c | {"metadata": {}} for c in nb["cells"]]).encode(), 100),
    "shuffled": (lambda nb: text(nb, cells=nb["cells"][::-1]).encode(), 100),
    "doubled": (lambda nb: text(nb, cells=nb["cells"] * 2).encode(), 100),
    "one cell missing": (
        lambda nb: text(nb, cells=[c for c in nb["cells"] if "def output_layer" not in str(c["source"])]).encode(),
        85,
    ),
}
STRANGE = ["-rf", "o'neil; drop table", "宋江", "a b", "%s{student}", "..hidden", "x" * 120]

KINDS = {
    "time": (
        *("loop", "loop that catches", "loop without signals", "one long operation", "sleep", "input"),
        *("output for ever", "errors for ever"),
    ),
    "processes": (
        *("os._exit", "sys.exit", "killed", "segmentation fault", "stopped", "kill everything", "interrupt"),
        *("fork bomb", "threads", "daemon", "closes everything"),
    ),
    "memory and disk": (*("recursion", "memory at once", "memory by and by", "disk", "large file", "open files"),),
    "streams": ("much output", "stderr", "warning", "large picture", "magics"),
    "settings": ("no modules", "no builtins", "elsewhere", "syntax error", "null byte"),
}
"""The names of `CELLS` by kind."""
