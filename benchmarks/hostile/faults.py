"""List faults beyond the common ones, by kind and name: none is to harm anybody else, and each gets a grade.

A cell's code stands before a right `rnn_step`, in its cell; a call's line stands in the place of what it returns. With
each stand the points that are left of 100: `LEFT` without those of `rnn_step`, None where that depends on the machine.
"""

LEFT = 65

TIME = {
    "takes the alarm away": ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", LEFT),
    "an alarm of its own": ("import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nwhile True: pass", LEFT),
    "a finaliser without end": (
        "class Endless:\n    def __del__(self):\n        while True: pass\nEndless()",
        100,
    ),
    "a trace of every line": (
        "import sys\ndef trace(*a):\n    while True: pass\nsys.settrace(trace)\ndef f(): pass\nf()",
        LEFT,
    ),
    "waits at the end": ("import atexit, time\natexit.register(time.sleep, 1000)", 100),
    "a lock that nobody opens": ("import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()", LEFT),
    "an expression that backtracks": ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')", LEFT),
    "waits for an event": ("import asyncio\nawait asyncio.sleep(1000)", LEFT),
    "tasks that are left": (
        "import asyncio\nasync def f():\n    while True: await asyncio.sleep(0)\nasyncio.ensure_future(f())",
        None,
    ),
    "a shell that waits": ("!sleep 1000", LEFT),
    "a cell of a shell": ("%%bash\nwhile true; do :; done\n", LEFT),
    "timed without end": ("%timeit -r 1000 -n 1000000 sum(range(1000))", LEFT),
}
PROCESSES = {
    "a pool": (
        "from concurrent.futures import ProcessPoolExecutor\nimport os\n"
        "try: print(list(ProcessPoolExecutor(2).map(os.getpid, [])))\nexcept OSError as error: print(error)",
        100,
    ),
    "threads that go on": (
        "import threading\ndef f():\n    while True: pass\n"
        "for _ in range(3): threading.Thread(target=f, daemon=True).start()",
        None,
    ),
    "a thread that prints": (
        "import threading\ndef f():\n    while True: print('x')\nthreading.Thread(target=f, daemon=True).start()",
        None,
    ),
    "both go on after a fork": ("import os\nos.fork()", 100),
    "children that nobody waits for": ("import os\nfor _ in range(9):\n    if os.fork() == 0: os._exit(0)", 100),
    "aborts": ("import os; os.abort()", LEFT),
    "a stack that overflows": (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)",
        LEFT,
    ),
    "a parser that overflows": ("eval('(' * 150 + '1' + ')' * 150 + '+' * 10**5 + '1')", LEFT),
    "less than it may": (
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (1, 1))",
        None,
    ),
    "no memory from now on": (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 20, 1 << 20))",
        None,
    ),
    "the last to run": ("import os\nos.nice(19)", 100),
}
STREAMS = {
    "no stdout": ("import sys\nsys.stdout = None", None),
    "stdout in a file": ("import sys\nsys.stdout = open('out.txt', 'w')", None),
    "a closed stdout": ("import sys\nsys.__stdout__ = None\nsys.stdout.close = None\nprint('here')", 100),
    "writes to every descriptor": (
        "import os\nfor number in range(256):\n    try: os.write(number, b'hello')\n    except OSError: pass",
        None,
    ),
    "another socket at the grader's": (
        "import os, socket\nends = socket.socketpair()\n"
        "for number in range(3, 64):\n    try: os.dup2(ends[0].fileno(), number)\n    except OSError: pass",
        None,
    ),
    "an end of line for ever": ("while True: print('\\r', end='')", LEFT),
    "every character": ("print(''.join(map(chr, range(0x11000))))", 100),
    "right to left": ("print('\\u202e\\u2066\\u200b\\ufeff' * 1000)", 100),
    "ten thousand pictures": (
        "from IPython.display import display\nfor _ in range(10_000): display({'image/png': 'iVBORw0KGgo='}, raw=True)",
        100,
    ),
    "a picture that is no text": ("from IPython.display import display\ndisplay({'image/png': 1}, raw=True)", 100),
    "formulas without end": ("from IPython.display import Math, display\ndisplay(Math('{' * 50_000))", 100),
    "an error of a megabyte": ("raise ValueError('\\ud800' * 10**6)", LEFT),
    "errors in a circle": (
        "a, b = ValueError('a'), ValueError('b')\na.__cause__, b.__cause__ = b, a\nraise a",
        LEFT,
    ),
    "a group of errors": (
        "raise ExceptionGroup('all', [ExceptionGroup('more', [ValueError(k)] * 99) for k in range(99)])",
        LEFT,
    ),
    "an error without a name": ("raise type('\\x1b[31m<b>' + '\\ud800', (Exception,), {})('x')", LEFT),
    "shown without end": ("class A:\n    def __repr__(self):\n        while True: pass\nA()", None),
    "shown by an error": (
        "class A:\n    def _repr_html_(self): raise SystemExit\n    __repr__ = _repr_html_\nA()",
        None,
    ),
    "warnings are errors": ("import warnings\nwarnings.simplefilter('error')\nwarnings.warn('now')", LEFT),
}
SETTINGS = {
    "floating-point errors are raised": ("np.seterr(all='raise')\nnp.exp(1000.0)", LEFT),
    "numbers are printed in full": ("np.set_printoptions(threshold=10**9)\nprint(np.zeros(10**4))", 100),
    "no NumPy": ("np = None", 10),
    "another hyperbolic tangent": ("np.tanh = np.sinh", LEFT),
    "an import that loops": (
        "import builtins\ndef f(*a, **k):\n    while True: pass\nbuiltins.__import__ = f\nimport os",
        None,
    ),
    "a module of its own for NumPy": ("import sys, types\nsys.modules['numpy'] = types.ModuleType('numpy')", None),
    "collects nothing": ("import gc\ngc.disable(); gc.set_threshold(0)\nx = []; x.append(x)", 100),
    "the shell is gone": ("get_ipython().user_ns.clear()", None),
    "the shell resets": ("%reset -f\nimport numpy as np", 100),
    "asks to be left": ("exit", 100),
    "the debugger": ("import pdb; pdb.set_trace()", LEFT),
    "a breakpoint": ("breakpoint()", LEFT),
}
CELLS = {"time": TIME, "processes": PROCESSES, "streams": STREAMS, "settings": SETTINGS}
CALLS = {
    "is a generator": ("yield 1", LEFT),
    "returns itself": ("return rnn_step", LEFT),
    "raises without end": ("raise ExceptionGroup('x', [ValueError('y' * 10**6)])", LEFT),
    "raises an interrupt": ("raise KeyboardInterrupt", LEFT),
    "raises GeneratorExit": ("raise GeneratorExit", LEFT),
    "an error that loops": (
        "class E(Exception):\n        def __str__(self):\n            while True: pass\n    raise E",
        LEFT,
    ),
    "an answer that loops": (
        "class A:\n        @property\n        def __class__(self):\n            while True: pass\n    return A()",
        LEFT,
    ),
    "a masked array": ("return np.ma.masked_all((len(x_t), len(b_h)))", LEFT),
    "dates": ("return np.array(['2026-01-01'], 'datetime64')", LEFT),
    "a record": ("return np.zeros(3, [('a', 'f8'), ('b', 'i4')])", LEFT),
    "complex numbers": ("return np.full((len(x_t), len(b_h)), 1j)", LEFT),
    "a number of 4,000 digits": ("return 10 ** 4000", LEFT),
    "a huge shape of nothing": ("return np.zeros((2 * 10**6, 0))", LEFT),
    "a hundred thousand arrays": ("return [np.zeros(1)] * 100_000", LEFT),
    "a dict of itself": ("d = {}; d['d'] = d; return d", LEFT),
    "keys of one hash": ("return {k * (2**61 - 1): 0 for k in range(4000)}", LEFT),
    "longer numbers": ("return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h).astype(np.longdouble)", 100),
    "the other end first": ("return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h).astype('>f8')[::-1][::-1]", 100),
    "resizes its arguments": ("x_t.resize((0,), refcheck=False); return 0", LEFT),
    "writes into a frozen argument": ("b_h.flags.writeable = False; b_h[...] = 0", LEFT),
}
