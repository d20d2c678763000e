"""List faults in the file that is handed in, and around it: bytes by name, or what is done to a student's folder."""

import gzip
import io
import json
import os
import subprocess
import zipfile

CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Your session has ended.</body></html>"


def _text(notebook, **changes):
    return json.dumps(notebook | changes)


def _cells(notebook, change):
    """Write a notebook of which each cell has been changed."""
    return _text(notebook, cells=[change(cell) for cell in notebook["cells"]]).encode()


def _zipped(notebook):
    """Put a notebook into an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("notebook.ipynb", _text(notebook))
    return content.getvalue()


def _bomb():
    """Compress a gigabyte of zeros."""
    return gzip.compress(bytes(1 << 24)) * 64


FILES = {
    "a page for signing in": (lambda nb: PAGE, 0),
    "a conflict of versions": (lambda nb: CONFLICT.format(_text(nb), _text(nb)).encode(), 0),
    "an archive": (_zipped, 0),
    "an archive that grows": (lambda nb: _bomb(), 0),
    "a pointer of git": (lambda nb: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", 0),
    "only null bytes": (lambda nb: bytes(1000), 0),
    "two notebooks in one file": (lambda nb: _text(nb).encode() * 2, 0),
    "a script": (lambda nb: "\n".join("".join(c["source"]) for c in nb["cells"]).encode(), 0),
    "not a number": (lambda nb: _text(nb, metadata={"x": float("nan"), "y": float("-inf")}).encode(), 100),
    "a long number": (lambda nb: _text(nb).encode()[:-1] + b', "x": ' + b"7" * 10**5 + b"}", 0),
    "the same key twice": (lambda nb: _text(nb).encode()[:-1] + b', "nbformat": 3, "cells": 7}', 0),
    "sources that are tables": (lambda nb: _cells(nb, lambda c: c | {"source": {"a": [1, {"b": None}]}}), 0),
    "sources in lists of lists": (lambda nb: _cells(nb, lambda c: c | {"source": [[["x"]] * 3, None, 1.5]}), 0),
    "kinds that are none": (lambda nb: _cells(nb, lambda c: c | {"cell_type": ["code", {}]}), 100),
    "metadata that is text": (lambda nb: _cells(nb, lambda c: c | {"metadata": "text"}), 100),
    "ids that are all one": (lambda nb: _cells(nb, lambda c: c | {"id": "one"}), 100),
    "names of cells that are tables": (
        lambda nb: _cells(nb, lambda c: c | {"metadata": {"nbgrader": {"grade_id": {"a": 1}}}}),
        100,
    ),
    "attachments that are anything": (
        lambda nb: _cells(nb, lambda c: c | {"attachments": {"../../x\ud800": {"image/png": "\x1b[31m"}, "y": [1]}}),
        100,
    ),
    "outputs that are anything": (lambda nb: _cells(nb, lambda c: c | {"outputs": [None, 1, {"data": []}]}), 100),
    "one cell of a megabyte": (
        lambda nb: _text(nb, cells=[*nb["cells"], {"cell_type": "code", "source": "#" * 10**6}]).encode(),
        100,
    ),
    "ten thousand texts": (
        lambda nb: _text(nb, cells=[*nb["cells"], *[{"cell_type": "markdown", "source": "$$x"}] * 10_000]).encode(),
        100,
    ),
    "quotes in quotes": (
        lambda nb: _text(nb, cells=[*nb["cells"], {"cell_type": "markdown", "source": ">" * 10_000 + "x"}]).encode(),
        100,
    ),
    "tags that nobody closes": (
        lambda nb: _text(nb, cells=[*nb["cells"], {"cell_type": "markdown", "source": "<div>" * 20_000}]).encode(),
        100,
    ),
    "environments that nobody ends": (
        lambda nb: _text(
            nb, cells=[*nb["cells"], {"cell_type": "markdown", "source": "$" + "\\begin{a}" * 10_000 + "$"}]
        ).encode(),
        100,
    ),
}


def deep_folders(folder):
    """Make folders in folders, as deep as a path can be."""
    here, home = os.open(folder, os.O_RDONLY), os.getcwd()
    try:
        os.fchdir(here)
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(home)
        os.close(here)


def remove(folder):
    """Remove a folder, also where others are nested in it deeper than Python goes."""
    subprocess.run(["rm", "-rf", "--", folder], check=True)


def many_files(folder):
    """Lay three thousand files beside the notebook."""
    for number in range(3000):
        (folder / f"{number}.txt").write_text("x")


def names_that_are_no_text(folder):
    """Give files names that no encoding has, and such as a terminal obeys."""
    for name in (b"\xff\xfe.txt", b"\x1b[31m.txt", b"a\nb\r.txt", b"-rf", b" ", b"%s%n"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"x")


def link_without_end(folder):
    """Lay links beside the notebook: to themselves, to devices, and out of the folder."""
    for name, to in (("a", "a"), ("zero", "/dev/zero"), ("root", "/"), ("up", "../../..")):
        (folder / name).symlink_to(to)


def checkpoints(folder):
    """Lay what editors leave beside the notebook."""
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "ps1_forward-checkpoint.ipynb").write_text("{")
    for name in (".DS_Store", "Thumbs.db", "~$ps1_forward.ipynb", "._ps1_forward.ipynb", "desktop.ini"):
        (folder / name).write_bytes(b"\0\xff")


def time_that_cannot_be(folder):
    """Say that it was handed in when no calendar goes."""
    (folder / "timestamp.txt").write_text("99999-13-45 25:61:61 Nowhere/Land")


def folder_for_a_time(folder):
    """Put a folder in the place of the time."""
    (folder / "timestamp.txt").mkdir()


def modules_of_its_own(folder):
    """Lay modules beside the notebook that bear the names of others."""
    for name in ("json", "socket", "signal", "IPython", "traceback", "encodings", "site", "usercustomize"):
        (folder / f"{name}.py").write_text("raise SystemExit(name)")


def a_hole(folder):
    """Lay a file beside the notebook that is a terabyte long and holds nothing."""
    with open(folder / "hole.bin", "wb") as file:
        file.truncate(1 << 40)


FOLDERS = {
    "folders as deep as can be": (deep_folders, 100),
    "three thousand files": (many_files, 100),
    "names that are no text": (names_that_are_no_text, 100),
    "links without end": (link_without_end, 100),
    "what editors leave": (checkpoints, 100),
    "a time that cannot be": (time_that_cannot_be, 100),
    "a folder for a time": (folder_for_a_time, 100),
    "modules of its own": (modules_of_its_own, None),
    "a hole": (a_hole, 100),
}
