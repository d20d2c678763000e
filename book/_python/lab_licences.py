"""Collect the licences of what the lab serves: as each wheel, and each package installed here, brings them."""

import importlib.metadata
import zipfile

INSTALLED = ("comm", "ipywidgets", "jupyterlab", "jupyterlab-widgets", "jupyterlite-core", "jupyterlite-pyodide-kernel")
ELSEWHERE = {"numpy"}
"""What is served with the pages' Python, and its licence with it."""
PUBLIC_DOMAIN = {"sqlite3"}


def of_wheel(path):
    """Join the licences in a wheel."""
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if is_licence(name)]
        return _join(path.name, [opened.read(name).decode("utf-8", "replace") for name in sorted(names)])


def of_installed(name):
    """Join the licences of a package installed here."""
    files = importlib.metadata.distribution(name).files
    return _join(name, [file.read_text("utf-8") for file in sorted(files) if is_licence(file.as_posix())])


def is_licence(name):
    """Tell whether a file of a package is a licence of it."""
    folder, _, inner = name.partition(".dist-info/")
    return "/" not in folder and "licen" in inner.lower() and not name.endswith("/")


def _join(name, texts):
    if not texts:
        raise LookupError(f"there is no licence in {name}: it cannot be served")
    return "\n\n".join(texts)


def collect_licences(wheels):
    """Collect the licences.

    Parameters
    ----------
    wheels : dict of str to Path
        By package.

    Returns
    -------
    texts : dict of str to str
        By package. What JupyterLite's scripts are made of has its own list, among them.
    """
    texts = {name: of_wheel(path) for name, path in wheels.items() if name not in ELSEWHERE | PUBLIC_DOMAIN}
    return texts | {name: of_installed(name) for name in INSTALLED}
