"""Write and read checkpoints: one .npz file of arrays and a ``meta.json``; no pickle, and always a whole file.

The file is an ordinary zip: ``unzip -p run.npz meta.json`` shows what it describes, ``numpy.load`` opens the arrays.
"""

import json
import os
import zipfile
from pathlib import Path

import numpy as np

FORMAT = "rnncourse-checkpoint-1"


def write_checkpoint(path, arrays, meta):
    """Write arrays and metadata to a temporary file beside `path`, then rename it: a crash leaves the old file whole.

    Parameters
    ----------
    path : str or Path
    arrays : dict of str to array
    meta : dict
        What JSON can hold.
    """
    path = Path(path)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("meta.json", json.dumps({"format": FORMAT, **meta}, indent=1, allow_nan=False))
                for name, array in arrays.items():
                    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                        np.lib.format.write_array(member, np.asarray(array), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())  # the bytes before the name: else a power cut may leave the name alone
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def read_checkpoint(path):
    """Read what `write_checkpoint` wrote.

    Returns
    -------
    arrays : dict of str to array
    meta : dict

    Raises
    ------
    ValueError
        If the file is not such a checkpoint, or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            meta = json.loads(archive.read("meta.json"))
            if meta.pop("format") != FORMAT:
                raise ValueError("another format")
            arrays = {}
            for name in archive.namelist():
                if name.endswith(".npy"):
                    with archive.open(name) as member:
                        arrays[name.removesuffix(".npy")] = np.lib.format.read_array(member, allow_pickle=False)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ValueError(
            f"{path} is not a whole {FORMAT} file ({error}); give the path that fit(..., checkpoint=path) wrote"
        ) from error
    return arrays, meta
