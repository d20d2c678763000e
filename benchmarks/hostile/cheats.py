"""List cheats, as code, beyond the common ones, by kind and name: each is to earn nothing.

`WRONG` follows where `ANSWER` is set: functions that return it.
"""

WRONG = """
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h): return ANSWER
def rnn_forward(x, h0, W_xh, W_hh, b_h): return ANSWER
def output_layer(h, W_hy, b_y): return ANSWER
"""
SPEAK = """
import gc, json, os, struct, threading, time
from rnncourse.grading.sandbox.protocol.channel import Channel
channel = [found for found in gc.get_objects() if isinstance(found, Channel)][0]
def say(**fields):
    head = json.dumps({"m": {"$": "dict", "k": list(fields), "v": list(fields.values())}, "b": []}).encode()
    channel.socket.settimeout(None)
    channel.socket.sendall(struct.pack(">II", len(head), 0) + head)
class Late:
    def __init__(self, act): self.act = act
    def __call__(self, *a): self.act(); return 0
"""
"""Takes the connection to the grader over; `say` sends a message that is well formed."""
EVERY = "rnn_step = rnn_forward = output_layer = "

FRAMES = {
    "a value before the answer": f"{SPEAK}{EVERY}Late(lambda: say(value=100.0))",
    "answers before they are asked for": f"{SPEAK}\nfor _ in range(200): say(value=100.0, arguments=[])\nANSWER = 0",
    "arguments that are the value": f"{SPEAK}{EVERY}Late(lambda: say(value=None, arguments=[100.0] * 5))",
    "a value and an error": f"{SPEAK}{EVERY}Late(lambda: say(value=100.0, error='Result', says='100.0'))",
    "late and answered": f"{SPEAK}{EVERY}Late(lambda: say(late=True, value=100.0))",
    "asks itself": f"{SPEAK}{EVERY}Late(lambda: (say(back=0, arguments=[]), channel.receive(1)))",
    "results of cells": f"""{SPEAK}
number = {{"$": "dict", "k": ["text/plain"], "v": ["100.0"]}}
say(outputs=[{{"$": "dict", "k": ["kind", "data"], "v": ["result", number]}}])
ANSWER = 0""",
    "a thread that answers": f"""{SPEAK}
def answer():
    while True: say(value=100.0); time.sleep(0.001)
threading.Thread(target=answer, daemon=True).start()
ANSWER = 0""",
    "two processes that answer": "import os\nos.fork()\nANSWER = 0",
}
NAMES = {
    "points for a function": f"{EVERY}100.0",
    "parameters for a function": f"from rnncourse.notation import RNNParams\n{EVERY}RNNParams(100.0, 100.0, 100.0)",
    "a table for a function": f"{EVERY}{{'points': 100.0, 'maximum': 100.0, 'passed': True}}",
    "a class for a function": (
        f"class Full(float):\n    def __new__(cls, *a): return float.__new__(cls, 100)\n{EVERY}Full"
    ),
    "an error called Result": (
        f"class Result(Exception): points = maximum = 100.0\ndef f(*a): raise Result(100.0)\n{EVERY}f"
    ),
    "an error called OutOfTimeError": (
        f"class OutOfTimeError(BaseException): pass\ndef f(*a): raise OutOfTimeError\n{EVERY}f"
    ),
    "not written, it says": f"def f(*a): raise NotImplementedError('100 of 100 points')\n{EVERY}f",
    "its own name for the check": f"check = type('C', (), {{'rnn_step': lambda f: 100.0}}); np = check\n{EVERY}check",
    "a coroutine": f"async def f(*a): return 100.0\n{EVERY}f",
    "true to every question": """
class Yes(str):
    def __getattr__(self, name): return Yes()
    def __call__(self, *a, **k): return Yes()
    def __bool__(self): return True
    def __len__(self): return 6
    def __iter__(self): return iter([Yes()] * 6)
    def __float__(self): return 100.0
ANSWER = Yes()""",
}
SUBSTITUTES = {
    "keeps what was lent": """
kept = []
def rnn_forward(x, h0, *weights):
    if "lambda" in repr(rnn_step) or rnn_step.__name__ == "function": kept.append(rnn_step)
    return 0
def rnn_step(*a): return kept[0](*a) if kept else 0
def output_layer(*a): return 0""",
    "asks every number": """
import gc
from rnncourse.grading.sandbox.worker import Worker
worker = [found for found in gc.get_objects() if isinstance(found, Worker)][0]
def f(*a):
    for number in range(9):
        try: return worker._caller_back(number)(*a)
        except ValueError: pass
rnn_step = rnn_forward = output_layer = f""",
    "its clock tells": """
import time
def f(*a): return np.full(np.shape(a[0])[:-1] + np.shape(a[-1]), time.time() % 1)
rnn_step = rnn_forward = output_layer = f""",
    "one answer that once was right": """
import pickle, os
def f(*a):
    if not os.path.exists("kept"): open("kept", "wb").write(pickle.dumps(np.tanh(a[0])))
    return pickle.load(open("kept", "rb"))
rnn_step = rnn_forward = output_layer = f""",
}
NEIGHBOURS = {
    "files of a neighbour": """
import os
seen = [os.path.join(top, name) for top in ("/tmp", "/dev/shm", "/var/tmp", "/run")
        for top, _, names in os.walk(top) for name in names]
for path in seen: exec(open(path).read(), globals())
for place in ("/tmp", "/dev/shm"): open(place + "/step.py", "w").write("ANSWER = 1")
ANSWER = 0""",
    "sockets of a neighbour": """
import socket
for name in ("\\0rnncourse", "\\0grader", "/run/docker.sock", "/tmp/.X11-unix/X0"):
    try: socket.socket(socket.AF_UNIX).connect(name)
    except OSError: pass
server = socket.socket(socket.AF_UNIX); server.bind("\\0rnncourse"); server.listen()
ANSWER = 0""",
    "locks and queues of a neighbour": """
import ctypes, fcntl
libc = ctypes.CDLL(None)
for make in (lambda: libc.mq_open(b"/step", 66, 511, None), lambda: libc.shmget(7, 4096, 950)):
    found = make()
    assert found == -1
fcntl.flock(open(np.__file__), fcntl.LOCK_EX | fcntl.LOCK_NB)
ANSWER = 0""",
    "keys of a neighbour": """
import ctypes
libc = ctypes.CDLL(None)
libc.syscall(248, b"user", b"step", b"1", 1, -4)
ANSWER = 0""",
}
KERNEL = {
    "memory of the server": """
import os
ANSWER = 0 if not os.path.exists("/proc/1/mem") else open("/proc/1/mem", "rb").read(1)""",
    "traces its parent": "import ctypes, os\nctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)\nANSWER = 0",
    "reads another process": """
import ctypes, os
libc = ctypes.CDLL(None)
for pid in range(5): libc.process_vm_readv(pid, None, 0, None, 0, 0)
ANSWER = 0""",
    "namespaces": """
import ctypes
libc = ctypes.CDLL(None)
print(libc.unshare(0x10000000), libc.setns(3, 0), libc.pivot_root(b"/", b"/"))
print(libc.mount(b"proc", b"/tmp", b"proc", 0, None))
ANSWER = 0""",
    "devices": """
import os, stat
for number in ((1, 1), (1, 2), (8, 0), (253, 0)):
    try: os.mknod("device", stat.S_IFBLK | 0o666, os.makedev(*number))
    except OSError: pass
ANSWER = 0""",
    "becomes root": """
import os, subprocess
for act in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: subprocess.run(["su", "-c", "id"], timeout=1)):
    try: act()
    except Exception: pass
ANSWER = 0""",
    "a program of others": "!su; sudo -n id; mount; newuidmap 1 0 0 1; at now\nANSWER = 0",
}
OUTPUTS = {
    "prints its points": "print('35 of 35 points'); print('100.0')\nANSWER = 0",
    "shows a number last": "from IPython.display import display\ndisplay(100.0)\nANSWER = 0\n100.0",
    "shows a report of the grader": """
from IPython.display import display
display({"application/vnd.rnncourse+json": {"exercise": "rnn_step", "mistakes": [], "keeps_part": True},
         "text/html": "<b>35 of 35 points</b>", "text/plain": "35 of 35 points"}, raw=True)
ANSWER = 0""",
    "moves the cursor": "print('\\x1b[2J\\x1b[H100.0\\r\\x1b]0;100.0\\x07\\x1bP100.0\\x1b\\\\')\nANSWER = 0",
    "updates what was shown": """
from IPython.display import display, update_display, clear_output
display("0.0", display_id="a"); clear_output(); update_display("100.0", display_id="a")
ANSWER = 0""",
    "a script and a frame": """
from IPython.display import HTML, IFrame, Javascript, SVG, display
for shown in (HTML("<script>alert(1)</script>"), IFrame("http://1.1.1.1", 1, 1), Javascript("alert(1)")): display(shown)
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
ANSWER = 0""",
}
CODE = {
    "frames of its own": FRAMES,
    "names in the place of functions": NAMES,
    "functions that remember": SUBSTITUTES,
    "what a neighbour left": NEIGHBOURS,
    "the kernel": KERNEL,
    "outputs that pretend": OUTPUTS,
}
"""By kind and name."""


def source(code):
    """Write the first solution cell of a cheat."""
    return code + WRONG * ("ANSWER" in code)
