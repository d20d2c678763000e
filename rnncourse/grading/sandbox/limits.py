"""Limit what one submission may use: the defaults, and what a course says otherwise for a problem set, checked."""

import json
import math
import os
from dataclasses import asdict, dataclass, field, fields

from rnncourse.authoring.errors import CourseError

MB = 1 << 20


class LimitsError(CourseError):
    """Limits that cannot be; the message says which, and what is wanted."""


def _limit(default, unit, what, least=1):
    """Declare a limit: its default, unit and least value, and of what it is."""
    return field(default=default, metadata={"unit": unit, "what": what, "least": least})


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds are wall-clock, but for `cpu_seconds`; the rest is in bytes or a count.

    Raises
    ------
    LimitsError
    """

    call_seconds: float = _limit(5.0, "s", "one call of a function", 0.1)
    cell_seconds: float = _limit(20.0, "s", "one cell", 0.1)
    notebook_seconds: float = _limit(90.0, "s", "all cells and calls of a notebook", 1)
    cpu_seconds: int = _limit(120, "s", "processor time of one process")
    memory: int = _limit(2048 * MB, "MB", "memory of one process", 256 * MB)
    disk: int = _limit(64 * MB, "MB", "all files in /tmp, and as much again in /dev/shm", MB)
    file_bytes: int = _limit(64 * MB, "MB", "one file", MB)
    output_bytes: int = _limit(MB, "MB", "what one cell shows; the rest is cut off", 1024)
    notebook_output_bytes: int = _limit(8 * MB, "MB", "what all cells of a notebook show; the rest is cut off", 1024)
    open_files: int = _limit(256, "", "open files of one process", 32)
    processes: int = _limit(24, "", "processes and threads at a time", 4)

    def __post_init__(self):
        for limit in fields(self):
            value, least = getattr(self, limit.name), limit.metadata["least"]
            kinds = (int, float) if limit.type is float else (int,)
            if not isinstance(value, kinds) or isinstance(value, bool) or not math.isfinite(value) or value < least:
                kind = "number" if limit.type is float else "whole number"
                raise LimitsError(f"the limit {limit.name} is {value!r}; it has to be a {kind} of at least {least}")

    def as_json(self, **more):
        """Write the limits as JSON, with a user: a sandbox of root has its own, so that processes are counted apart."""
        return json.dumps(asdict(self) | {"user": 61184 + os.getpid() % 4000} | more).encode()


def read(configured, problem_set):
    """Read and check the limits of a problem set.

    Parameters
    ----------
    configured : dict
        Of `c.SandboxedExecute.limits`: what differs from the defaults, by problem set.
    problem_set : str

    Returns
    -------
    limits : dict
        What differs, checked: `Limits(**limits)` takes it.

    Raises
    ------
    LimitsError
        If there is no such limit, or it has a value that it cannot have.
    """
    where = f"c.SandboxedExecute.limits[{problem_set!r}]"
    found = configured.get(problem_set, {})
    if not isinstance(found, dict):
        raise LimitsError(f"{where} is {found!r}; it has to be a dict such as {{'memory': 4 << 30}}")
    known = [limit.name for limit in fields(Limits)]
    unknown = sorted(str(name) for name in found if name not in known)
    if unknown:
        raise LimitsError(f"{where} has {', '.join(unknown)}; there is {', '.join(known)}")
    try:
        Limits(**found)
    except LimitsError as error:
        raise LimitsError(f"{where}: {error}") from None
    return dict(found)


def table():
    """List the defaults as the lines of a Markdown table."""
    lines = ["| Limit | Default | Of what |", "|---|---|---|"]
    for limit in fields(Limits):
        unit = limit.metadata["unit"]
        value = limit.default // MB if unit == "MB" else limit.default
        lines.append(f"| `{limit.name}` | {value:g} {unit}".rstrip() + f" | {limit.metadata['what']} |")
    return lines
