"""Build JupyterLite's site: its pages, the kernel and widgets as installed here, and the released notebooks."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from lab_python import FOLDER, LOADED, PAGES

APPS = ("notebooks", "tree", "lab")
EXTENSIONS = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions"
KERNEL = EXTENSIONS / "@jupyterlite" / "pyodide-kernel-extension"
WIDGETS = EXTENSIONS / "@jupyter-widgets" / "jupyterlab-manager"
UNUSED = ("service-worker.js", "doc", "jupyterlite.schema.v0.json", "package.json")
ICON = "_static/favicon.svg"
SINCE_1980 = 315532800
"""Seconds: every file's date, so that the same files give the same site."""
SECONDS = 300
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def configuration():
    """Configure the pages: everything from this site, nothing looked up elsewhere.

    There is no service worker: it would give notebooks the folder's files, which they don't use, and slow down each
    import by looking for the module there.
    """
    kernel = {
        "pyodideUrl": f"./{FOLDER}/pyodide.js",
        "loadPyodideOptions": {
            "indexURL": f"../{PAGES}/",
            "lockFileURL": f"./{FOLDER}/pyodide-lock.json",
            "packages": list(LOADED),
        },
        "disablePyPIFallback": True,
    }
    data = {
        "appName": "Problem sets",
        "appUrl": "./tree",
        "disabledExtensions": ["@jupyterlite/application-extension:service-worker-manager"],
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def build_site(folder, notebooks, scratch):
    """Build the site.

    Parameters
    ----------
    folder : Path
        Where it is written; not there yet.
    notebooks : list of Path
        Folders, of whose files the lab's are.
    scratch : Path
        An empty folder.

    Raises
    ------
    RuntimeError
        If JupyterLite fails; the message ends as its output does.
    """
    build = {
        "apps": list(APPS),
        "contents": [str(path) for path in notebooks if path.is_dir()],
        "federated_extensions": [str(KERNEL), str(WIDGETS)],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(folder),
        "source_date_epoch": SINCE_1980,
    }
    for name, content in (
        ("jupyter_lite_config.json", {"LiteBuildConfig": build}),
        ("jupyter-lite.json", configuration()),
        ("overrides.json", SETTINGS),
    ):
        (scratch / name).write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise RuntimeError(f"JupyterLite ended with status {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}")
    for name in UNUSED:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for page in folder.rglob("*.html"):
        name_icon(page, "../" * len(page.relative_to(folder).parts))


def name_icon(page, root):
    """Let a page name the book's icon: else a browser asks for one where there is none."""
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<head>", f'<head><link rel="icon" href="{root}{ICON}">', 1), encoding="utf-8")
