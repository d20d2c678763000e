"""Execute a page again when the code it shows has changed.

The notebook cache compares cells only: a page that imports rnncourse would keep its old figures after rnncourse has
changed. So each state of the package (and of this folder) has a cache of its own, and older ones are deleted.
"""

import hashlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {".py", ".js", ".css", ".mplstyle", ".json", ".csv", ".lock"}


def package_hash(root=ROOT):
    """Hash every file that an executed page may depend on, and the versions of the libraries."""
    digest = hashlib.sha256()
    for pattern in ("requirements.lock*", "rnncourse/**/*", "book/_ext/**/*"):
        for path in sorted(root.glob(pattern)):
            if path.suffix in SUFFIXES:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def choose_cache(app, config):
    """Name the cache after the hash. Sphinx sees the changed value and reads every page again."""
    folder = Path(app.outdir).parent / ".jupyter_cache"
    chosen = folder / package_hash()
    config.nb_execution_cache_path = str(chosen)
    for old in folder.glob("*"):
        if old != chosen:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def setup(app):
    app.connect("config-inited", choose_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
