"""What a sandbox is made of: the files that are visible inside, the environment, and the bubblewrap command."""

import os
import shutil
import sys
from pathlib import Path

from rnncourse.grading import packages

KILLED = "its process was killed from outside"
PACKAGE = Path(__file__).parents[1]
INSIDE = {"__init__.py": "grading/inside/__init__.py"} | {
    f"{name}.py": f"grading/inside/{name}.py" for name in ("check", "labs", "plots")
}
ALSO_INSIDE = ("notation.py", *(f"grading/{name}.py" for name in ("__init__", "nursery", "shell", "wire", "worker")))


class SandboxError(Exception):
    """No sandbox can be had; the message says why and what to do."""


def entries(extra):
    """What is importable inside, by name below the site folder."""
    found = dict(packages.visible((*packages.ALWAYS, *extra)))
    ours = INSIDE | {name: name for name in ALSO_INSIDE}
    return found | {f"rnncourse/{name}": PACKAGE / path for name, path in ours.items()}


def command(extra):
    """The bubblewrap command.

    Parameters
    ----------
    extra : tuple of str
        Distributions that are visible besides those of every notebook.

    Returns
    -------
    line : list of str
        Up to the interpreter.
    python, site : str
        The interpreter and the folder of importable things, as they are called inside.
    """
    line = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    line += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    # Root builds the walls as root, and each child becomes nobody: then a home that only root can enter is no obstacle.
    as_root = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
    as_user = ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    line += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", *(as_root if os.getuid() == 0 else as_user)]
    python, its_own = interpreter()
    line += system() + its_own
    for folder in ("/site", "/site/rnncourse", "/site/rnncourse/grading"):
        line += ["--perms", "0755", "--dir", folder]
    for name, path in entries(extra).items():
        line += ["--ro-bind", str(path.resolve()), f"/site/{name}"]
    # There is no /proc: nothing here needs it, and a student's process could look at others through it.
    line += ["--dev", "/dev", "--tmpfs", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
    for name, value in environment().items():
        line += ["--setenv", name, value]
    return line, python, "/site"


def system():
    """Programs and shared libraries, without what others have installed for Python."""
    line = ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib64", "lib32", "bin", "sbin"):
        if Path("/", name).is_symlink():
            line += ["--symlink", f"usr/{name}", f"/{name}"]
        elif Path("/", name).is_dir():
            line += ["--ro-bind", f"/{name}", f"/{name}"]
    for name in ("fonts", "ld.so.cache", "localtime"):
        line += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return line + _emptied(Path("/usr"), Path("/usr")) + _emptied(Path("/usr/local"), Path("/usr/local"))


def interpreter():
    """This interpreter's path inside, and what makes it visible there: it may lie in a home that nobody may enter."""
    prefix = Path(sys.base_prefix)
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if prefix.is_relative_to("/usr"):
        return str(prefix / "bin" / name), []
    inside = Path("/python")
    line = ["--ro-bind", str(prefix), str(inside), "--setenv", "LD_LIBRARY_PATH", f"{inside}/lib"]
    return str(inside / "bin" / name), line + _emptied(prefix, inside)


def _emptied(prefix, inside):
    """Empty folders over a Python's own packages: only what `entries` names is to be had."""
    found = [path for kind in ("site", "dist") for path in prefix.glob(f"lib/python3*/{kind}-packages")]
    return [part for path in found for part in ("--tmpfs", str(inside / path.relative_to(prefix)))]


def environment():
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    places = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "MPLCONFIGDIR": "/tmp", "IPYTHONDIR": "/tmp"}
    return threads | quiet | places | {"LANG": "C.UTF-8", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
