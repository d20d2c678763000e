"""Name the editions of the book: English at the root of the site, the others in a folder each."""

from pathlib import Path

ENGLISH = "en"
FOLDERS = {ENGLISH: "", "zh_CN": "zh/"}
"""Where in the site an edition lies, by its language."""
NAMES = {ENGLISH: "English", "zh_CN": "中文"}
"""What an edition calls itself."""


def tag(language):
    """Write a language as HTML does: "zh_CN" is "zh-CN"."""
    return language.replace("_", "-")


def is_english(config):
    """Tell whether the edition that is built is the English one, which holds what all editions share."""
    return (config.language or ENGLISH) == ENGLISH


def shared_root(config, root):
    """Write the way from a page to the root of the site, where the shared files lie.

    Parameters
    ----------
    config : sphinx.config.Config
    root : str
        The way to the root of the edition, "../".

    Returns
    -------
    root : str
    """
    return root + "../" * FOLDERS[config.language or ENGLISH].count("/")


def pages_of(folder):
    """List the pages of an edition's folder: neither those of JupyterLab, nor those of the editions that lie in it.

    Parameters
    ----------
    folder : path

    Returns
    -------
    paths : list of Path
    """
    folder = Path(folder)
    others = {"lab", "_static", *(place.strip("/") for place in FOLDERS.values() if place)}
    return sorted(path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in others)
