"""List what a sandbox shows of this machine: files, the interpreter and the environment."""

import sys
from pathlib import Path

from rnncourse.grading.sandbox import packages

PACKAGE = Path(__file__).parents[2]
STUBS = {name: f"grading/sandbox/stubs/{name}" for name in ("__init__.py", "check.py", "labs.py", "plotting.py")}
"""What stands for the course's own modules, by the name that it has inside."""
SANDBOX_FOLDERS = ("/rnncourse/grading/sandbox", "/rnncourse/grading/sandbox/protocol")
PROTOCOL = ("protocol/__init__", "protocol/channel", "protocol/decoding", "protocol/encoding")
SANDBOX = ("__init__", *PROTOCOL, "fork_server", "shell", "syscalls", "worker")
ALSO_VISIBLE = ("notation.py", "grading/__init__.py", *(f"grading/sandbox/{name}.py" for name in SANDBOX))


def importable(extra):
    """Map the names that are importable inside, below the site folder, to files and folders of this machine.

    Parameters
    ----------
    extra : iterable of str
        Distributions that are visible besides those of every notebook.

    Returns
    -------
    entries : dict of str to pathlib.Path
    """
    found = dict(packages.visible((*packages.ALWAYS, *extra)))
    ours = STUBS | {name: name for name in ALSO_VISIBLE}
    return found | {f"rnncourse/{name}": PACKAGE / path for name, path in ours.items()}


def system():
    """List bubblewrap's options for programs and shared libraries, without what others have installed for Python."""
    options = ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib64", "lib32", "bin", "sbin"):
        if Path("/", name).is_symlink():
            options += ["--symlink", f"usr/{name}", f"/{name}"]
        elif Path("/", name).is_dir():
            options += ["--ro-bind", f"/{name}", f"/{name}"]
    for name in ("fonts", "ld.so.cache", "localtime"):
        options += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return options + _hide_packages(Path("/usr"), Path("/usr")) + _hide_packages(Path("/usr/local"), Path("/usr/local"))


def interpreter():
    """Find this interpreter's path inside, and the options that show it there: its home may be closed to others.

    Returns
    -------
    python : str
    options : list of str
        For bubblewrap.
    """
    prefix = Path(sys.base_prefix)
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if prefix.is_relative_to("/usr"):
        return str(prefix / "bin" / name), []
    inside = Path("/python")
    options = ["--ro-bind", str(prefix), str(inside), "--setenv", "LD_LIBRARY_PATH", f"{inside}/lib"]
    return str(inside / "bin" / name), options + _hide_packages(prefix, inside)


def _hide_packages(prefix, inside):
    """Hide the interpreter's own site-packages under empty folders: only what `importable` names is to be had."""
    found = [path for kind in ("site", "dist") for path in prefix.glob(f"lib/python3*/{kind}-packages")]
    return [part for path in found for part in ("--tmpfs", str(inside / path.relative_to(prefix)))]


def environment():
    """List the variables of a student's process."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    places = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "MPLCONFIGDIR": "/tmp", "IPYTHONDIR": "/tmp"}
    return threads | quiet | places | {"LANG": "C.UTF-8", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
