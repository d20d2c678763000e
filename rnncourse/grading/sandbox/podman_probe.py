"""Find out whether and how containers work on this machine, by running one."""

import functools
import shutil
import sys
from typing import NamedTuple

from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.podman import NO_CGROUPS, PodmanSandbox

SECONDS = 10.0
LEAST_LIMIT = """
for name in ("memory.max", "memory/memory.limit_in_bytes"):
    try: print(open("/sys/fs/cgroup/" + name).read())
    except OSError: pass
"""
"""What the process sees of its control group, of either version."""


class Probed(NamedTuple):
    """How containers are started here, or why they are not.

    `options` is the first of `candidates` that works, `problem` why there is none, and `shared` is whether all
    processes of a submission share one limit of memory: an ordinary user gets that from cgroups version 2 alone.
    """

    options: tuple | None
    problem: str | None
    shared: bool = False


def candidates():
    """List options to start a container with, the best first: control groups limit all processes together."""
    # Of the two runtimes crun knows no mixture of both versions of control groups, and runc cannot do without any.
    runc, crun = ([(f"--runtime={name}",)] if shutil.which(name) else [] for name in ("runc", "crun"))
    return [(), *runc, (NO_CGROUPS,), *((*option, NO_CGROUPS) for option in crun)]


@functools.cache
def probe():
    """Run a container with each of `candidates` until one works.

    Returns
    -------
    probed : Probed
    """
    if not sys.platform.startswith("linux") or not shutil.which("podman"):
        return Probed(None, "podman is not installed")
    problems = []
    for options in candidates():
        sandbox = PodmanSandbox(options=options)
        try:
            channel = sandbox.fork(Limits(), SECONDS)
            channel.send({"do": "cell", "source": LEAST_LIMIT, "seconds": SECONDS}, seconds=SECONDS)
            said = "".join(output.get("text", "") for output in channel.receive(SECONDS)["outputs"])
            channel.close()
            sandbox.reap(hung_up=True)
            return Probed(options, None, any(int(word) < 1 << 40 for word in said.split() if word.isdigit()))
        except (SandboxError, OSError, EOFError) as error:
            problems.append(str(error))
        finally:
            sandbox.close()
    return Probed(None, f"podman fails here: {problems[0]}")


def problem():
    """Tell why no container works here; None if one does."""
    return probe().problem
