"""Collect the Python that the notebooks load in the browser, and the lock that tells Pyodide where each part lies.

Pyodide's own wheels come from wherever they are (see wasm_wheels.py); ipywidgets and comm are packed as installed here;
the kernel's wheels lie in its JupyterLab extension. What the pages' Python serves already is named, not served again.
"""

import hashlib
import importlib.metadata
import json

from python_archive import archive, pack
from wasm_wheels import PYODIDE, read_lock

from rnncourse import __version__

FOLDER, PAGES = "pyodide", "_static/python"
"""Where the wheels lie in the lab, and where the pages' Python lies in the site: Pyodide's lock counts from there."""
NEEDED = ("ipython", "matplotlib", "micropip", "jedi")
"""What a kernel and a notebook load of Pyodide's own packages; what these need comes along."""
REPACKED = {"comm": ("traitlets",), "ipywidgets": ("comm", "ipython", "traitlets")}
KERNEL = {"piplite": ("micropip",), "ipykernel": (), "pyodide-kernel": ("ipykernel", "ipython", "comm", "jedi")}
LOADED = ("micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython")
"""What the kernel would look up on an index of packages, each by its name there, were it not loaded at the start."""
NO_TORCH = """\
raise ImportError(
    "torch has no build for the browser. Do this exercise in JupyterLab on a machine with torch: download this "
    "notebook (File, Download), and open it there. The exercises before and after it need no torch, and can be done "
    "here."
)
"""


def needed_wheels():
    """List the packages of Pyodide's lock that are needed, in order: NEEDED, and what these depend on."""
    packages, found, open_names = read_lock()["packages"], set(), list(NEEDED)
    while open_names:
        name = open_names.pop()
        if name not in found:
            found.add(name)
            open_names += (need.replace("_", "-") for need in packages[name]["depends"])
    return sorted(found)


def installed(name):
    """Pack a pure Python package as it is installed here, without its tests.

    Returns
    -------
    version : str
    packed : bytes
    """
    distribution = importlib.metadata.distribution(name)
    files = [file for file in distribution.files if file.parts[0] == name or file.parts[0].endswith(".dist-info")]
    unused = {"__pycache__", "tests", "INSTALLER", "RECORD", "REQUESTED", "direct_url.json"}
    kept = sorted(file for file in files if not unused & set(file.parts))
    return distribution.version, pack((file.as_posix(), file.read_binary()) for file in kept)


def entry(name, version, file, content, imports=(), depends=()):
    """Describe a package as Pyodide's lock does."""
    return {
        "depends": list(depends),
        "file_name": file,
        "imports": list(imports),
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": hashlib.sha256(content).hexdigest(),
        "unvendored_tests": False,
        "version": version,
    }


def collect(wheels, extension):
    """Collect all that the kernel loads.

    Parameters
    ----------
    wheels : dict of str to Path
        Of Pyodide's packages.
    extension : Path
        The folder of the kernel's JupyterLab extension.

    Returns
    -------
    served : dict of str to bytes
        By path within the lab.
    """
    up, ours, lock = "../" * (PAGES.count("/") + 1) + "lab/", {}, read_lock()
    packages = {name: dict(lock["packages"][name]) for name in wheels}
    for name, path in wheels.items():
        if name != "numpy":
            ours[f"{FOLDER}/{path.name}"] = path.read_bytes()
            packages[name]["file_name"] = f"{up}{FOLDER}/{path.name}"
    for name, depends in REPACKED.items():
        version, content = installed(name)
        file = f"{FOLDER}/{name}-{version}.zip"
        ours[file] = content
        packages[name] = entry(name, version, up + file, content, [name], depends)
    for name, depends in KERNEL.items():
        module = name.replace("-", "_")
        (wheel,) = (extension / "static" / "pypi").glob(f"{module}-*.whl")
        file = f"{up}extensions/{extension.parent.name}/{extension.name}/static/pypi/{wheel.name}"
        packages[name] = entry(name, wheel.name.split("-")[1], file, wheel.read_bytes(), [module], depends)
    for name, code, imports in (
        ("torch", NO_TORCH, ["torch"]),
        ("ssl", "", []),
    ):  # only the kernel asks for ssl
        content = pack([(f"{name}.py", code)] if code else [])
        ours[f"{FOLDER}/no-{name}.zip"] = content
        packages[name] = entry(name, "0", f"{up}{FOLDER}/no-{name}.zip", content, imports)
    needs = ["ipywidgets", "matplotlib", "numpy"]
    packages["rnncourse"] = entry("rnncourse", __version__, "rnncourse.zip", archive(), ["rnncourse"], needs)
    ours[f"{FOLDER}/pyodide.js"] = (PYODIDE / "pyodide.js").read_bytes()  # the kernel loads no module
    ours[f"{FOLDER}/pyodide-lock.json"] = json.dumps({"info": lock["info"], "packages": packages}, indent=1).encode()
    return ours
