"""Put the problem sets into the site as JupyterLite, served from the site alone: `lab/`.

The notebooks of each language are there, in English at the root: a translated one answers in its language.
Without all the wheels that it needs there is no lab at all, and the log says why. Whether there is one is a value of
the configuration, `lab_is_built`: when it changes, Sphinx reads every page again.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from editions import is_english
from lab_licences import collect_licences
from lab_notebooks import translated
from lab_python import collect, needed_wheels
from lab_site import KERNEL, WIDGETS, build_site
from problem_sets import EXERCISES
from sphinx.util import logging
from wasm_wheels import find_wheel

SOURCES = sorted(Path(__file__).parent.glob("*lab*.py"))
logger = logging.getLogger(__name__)


def find_lab_wheels():
    """Find the wheels of Pyodide's packages.

    Returns
    -------
    wheels : dict of str to Path, or None
        By package; None where one of them is missing: the log says which, and why.
    """
    wheels = {}
    for name in needed_wheels():
        try:
            wheels[name] = find_wheel(name)
        except LookupError as error:
            logger.info("no lab: %s", error)
            return None
    return wheels


def write_files(folder, contents):
    """Write files below a folder, each by its path within it."""
    for name, content in contents.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def version_of(served, notebooks):
    """Hash all that the lab is made of."""
    digest = hashlib.sha256()
    made_of = {path.name: path.read_bytes() for path in SOURCES}
    made_of |= {path.name: path.read_bytes() for path in (KERNEL / "package.json", WIDGETS / "package.json")}
    made_of |= {path.name: path.read_bytes() for path in sorted(Path(notebooks).glob("*/*.ipynb"))}
    for name, content in (made_of | served).items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def write_lab(folder, wheels, notebooks=EXERCISES):
    """Write the lab anew, if it is not there as it would be written.

    Parameters
    ----------
    folder : path
        It is the lab's alone: what an earlier build left there goes.
    wheels : dict of str to Path, or None
        As find_lab_wheels finds them. Without them there is no lab.
    notebooks : path
        A folder with a folder for each problem set.

    Returns
    -------
    version : str
        As lab.json in the folder says it; empty where there is no lab.
    """
    folder = Path(folder)
    if not wheels:
        shutil.rmtree(folder, ignore_errors=True)
        return ""
    served = collect(wheels, KERNEL)
    served |= {f"licences/{name}.txt": text.encode() for name, text in collect_licences(wheels).items()}
    others = translated(notebooks)
    version = version_of(served | others, notebooks)
    described = folder / "lab.json"
    if described.is_file() and json.loads(described.read_text("utf-8")).get("version") == version:
        return version
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as new:
        (scratch := Path(new) / "scratch").mkdir()
        write_files(Path(new) / "others", others)
        build_site(Path(new) / "lab", [Path(notebooks).resolve(), Path(new) / "others"], scratch)
        write_files(Path(new) / "lab", served | {"lab.json": json.dumps({"version": version}).encode()})
        shutil.rmtree(folder, ignore_errors=True)
        (Path(new) / "lab").rename(folder)
    return version


def decide(app, config):
    """Set `lab_is_built` before any page is read."""
    app.lab_wheels = find_lab_wheels()
    config.lab_is_built = app.lab_wheels is not None


def finish(app, exception):
    """Write the lab, when all pages are written."""
    if not exception and app.builder.format == "html" and is_english(app.config):
        write_lab(Path(app.outdir) / "lab", app.lab_wheels)


def setup(app):
    app.add_config_value("lab_is_built", False, "env", (bool,))
    app.connect("config-inited", decide)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
