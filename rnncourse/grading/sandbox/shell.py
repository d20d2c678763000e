"""Provide the IPython shell inside the sandbox: it keeps what its cells show, up to a size."""

import base64
import contextlib

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

OUTPUT_BYTES = 1 << 20
"""A cell's output beyond this is cut off, where `limits` does not say otherwise."""


class Outputs:
    """What a cell shows, in order, up to a size."""

    def __init__(self, room=OUTPUT_BYTES):
        self.room = room
        self.clear()

    def clear(self):
        """Begin anew."""
        self.shown, self.left = [], self.room

    def add(self, **output):
        """Add one output, if there is room for it."""
        size = sum(len(str(value)) for value in output.values())
        if size <= self.left:
            self.left -= size
            self.shown.append(output)
        elif self.left > 0:
            self.left = 0
            self.shown.append({"kind": "cut"})  # the grader says so, in the language of the course

    def text(self, kind, text):
        """Add text, to the last output if that is text of the same kind."""
        last = self.shown[-1] if self.shown else {}
        if last.get("kind") == kind and len(text) <= self.left:
            last["text"] += text
            self.left -= len(text)
        else:
            self.add(kind=kind, text=text)


outputs = Outputs()
"""What the cell shows that is running now."""


class Stream:
    """Stands for stdout or stderr."""

    encoding = "utf-8"

    def __init__(self, kind):
        self.kind = kind

    def write(self, text):
        """Keep what is written, as far as there is room."""
        for start in range(0, len(text), 1 << 16):
            if outputs.left <= 0:
                break
            outputs.text(self.kind, text[start : start + (1 << 16)])
        return len(text)

    def flush(self):
        """Do nothing: nothing is held back."""

    def isatty(self):
        """Deny being a terminal."""
        return False


class Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self):
        """Write no prompt."""

    def write_format_data(self, format_dict, md_dict=None):
        """Keep the value as a result."""
        outputs.add(kind="result", data=_plain(format_dict))


class Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data, metadata=None, **options):
        """Keep what is displayed."""
        outputs.add(kind="display", data=_plain(data))


class Shell(InteractiveShell):
    """An IPython shell that keeps what it would show."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)

    def enable_gui(self, gui=None):
        """Ignore the wish of `%matplotlib` for a window: there is none to open."""

    def _showtraceback(self, etype, evalue, stb):
        name = getattr(etype, "__name__", str(etype))
        outputs.add(kind="error", name=name, value=str(evalue)[:2000], traceback="\n".join(stb)[:20_000])


def _plain(data):
    """Turn bytes into base64, and leave out what is no text then."""
    encoded = {mime: base64.b64encode(v).decode() if isinstance(v, bytes) else v for mime, v in data.items()}
    return {mime: value for mime, value in encoded.items() if isinstance(value, str)}


def warm_shell():
    """Make the shell, with everything imported that a first cell or a first error would import."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell = Shell.instance(config=config)
    with contextlib.redirect_stdout(Stream("stdout")), contextlib.redirect_stderr(Stream("stderr")):
        shell.run_cell("1 / 0")
        shell.run_cell("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.show()")
    shell.reset(new_session=True)
    return shell
