"""Put Python into the site: what a page needs to run a reader's code in the browser, served from the page's own site.

Pyodide comes from npm, NumPy's wheel from wherever it is (see wasm_wheels.py). Without the wheel the book is built all
the same, and python.json says why no code can be run.
"""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

from editions import is_english
from python_archive import ROOT, archive
from sphinx.errors import ExtensionError
from sphinx.util import logging
from wasm_wheels import PYODIDE, find_wheel, read_lock

LICENCES = Path(__file__).resolve().parent / "licences"
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
OURS = (*CORE, "pyodide-lock.json", "*.whl", "rnncourse.zip", "licences/*", "python.json")
"""What may lie in the folder from an earlier build."""
logger = logging.getLogger(__name__)


def trimmed_lock():
    """Cut Pyodide's lock down to NumPy: 100 kB less to load."""
    lock = read_lock()
    return json.dumps({"info": lock["info"], "packages": {"numpy": lock["packages"]["numpy"]}}, indent=1).encode()


def licences(wheel):
    """Collect the licence of each thing that is served, by file name."""
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith(".dist-info/LICENSE.txt"))
        numpy = opened.read(name)
    found = {path.name: path.read_bytes() for path in LICENCES.glob("*.txt")}
    return found | {"numpy.txt": numpy, "rnncourse.txt": (ROOT / "LICENSE").read_bytes()}


def describe(served):
    """Write python.json of what a first answer loads: each file's bytes, and how many of them go over the wire.

    Parameters
    ----------
    served : dict of str to bytes
        By file name.

    Returns
    -------
    description : dict
        ``available``, ``files`` ({name: [bytes, bytes over the wire]}), ``version`` (a hash of all of them).
    """
    sizes = {name: [len(content), len(gzip.compress(content, 6))] for name, content in served.items()}
    version = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in served.values()))
    return {"available": True, "files": sizes, "version": version.hexdigest()[:12]}


def write_python(folder):
    """Write all that Python in a page needs.

    Parameters
    ----------
    folder : path
        What of ours an earlier build has left there goes; a file that has its bytes already is not touched.

    Returns
    -------
    description : dict
        As in python.json: whether there is Python (`available`) and `why` not, or the `files` and the `version`.
    """
    if not PYODIDE.is_dir():
        raise ExtensionError("the book needs what `npm ci` installs: see README.md")
    try:
        wheel = find_wheel()
    except LookupError as error:
        wanted, description = {}, {"available": False, "why": str(error)}
        logger.info("no Python in the pages: %s", error)
    else:
        wanted = {name: (PYODIDE / name).read_bytes() for name in CORE}
        wanted |= {"pyodide-lock.json": trimmed_lock(), wheel.name: wheel.read_bytes(), "rnncourse.zip": archive()}
        description = describe(wanted)
        wanted |= {f"licences/{name}": text for name, text in licences(wheel).items()}
    wanted["python.json"] = (json.dumps(description, indent=1) + "\n").encode()
    _update(Path(folder), wanted)
    return description


def _update(folder, wanted):
    """Make a folder hold what is wanted, and of what was ours nothing else; python.json comes last."""
    for path in [path for pattern in OURS for path in folder.glob(pattern)]:
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def write_for(app):
    """Write it into the site that is built, before the pages that link to it."""
    if app.builder.format == "html" and is_english(app.config):
        write_python(Path(app.outdir) / "_static" / "python")


def setup(app):
    app.connect("builder-inited", write_for)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
