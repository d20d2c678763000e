"""Write files in one piece: a reader, or an end in between, finds the old file or the new one."""

import os
from pathlib import Path


def write_atomically(path, content):
    """Write a file in one step: to a neighbour first, then rename.

    Parameters
    ----------
    path : path
        Its folder is made if it is not there.
    content : str or bytes
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    if isinstance(content, bytes):
        neighbour.write_bytes(content)
    else:
        neighbour.write_text(content, encoding="utf-8")
    neighbour.replace(path)
