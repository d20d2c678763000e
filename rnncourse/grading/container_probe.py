"""Whether containers work on this machine, and how: found by running one."""

import functools
import shutil
import sys
from typing import NamedTuple

from rnncourse.grading.container import NO_CGROUPS, ContainerNursery
from rnncourse.grading.limits import Limits
from rnncourse.grading.walls import SandboxError

SECONDS = 10.0
LEAST_LIMIT = """
for name in ("memory.max", "memory/memory.limit_in_bytes"):
    try: print(open("/sys/fs/cgroup/" + name).read())
    except OSError: pass
"""
"""What the process sees of its control group, of either version."""


class Probed(NamedTuple):
    """How containers are started here, or why they are not.

    `how` is the first of `ways` that works, `trouble` why there is none, and `shared` is whether all processes of a
    submission share one limit of memory: an ordinary user gets that from the second version of control groups alone.
    """

    how: tuple | None
    trouble: str | None
    shared: bool = False


def ways():
    """Ways to start a container, the best first: with control groups all processes share one limit of memory."""
    # Of the two runtimes crun knows no mixture of both versions of control groups, and runc cannot do without any.
    runc, crun = ([(f"--runtime={name}",)] if shutil.which(name) else [] for name in ("runc", "crun"))
    return [(), *runc, (NO_CGROUPS,), *((*one, NO_CGROUPS) for one in crun)]


@functools.cache
def probe():
    """Run a container of each way until one works.

    Returns
    -------
    probed : Probed
    """
    if not sys.platform.startswith("linux") or not shutil.which("podman"):
        return Probed(None, "podman is not installed")
    troubles = []
    for how in ways():
        nursery = ContainerNursery(how=how)
        try:
            channel = nursery.fork(Limits())
            channel.send({"do": "cell", "source": LEAST_LIMIT, "seconds": SECONDS}, seconds=SECONDS)
            said = "".join(one.get("text", "") for one in channel.receive(SECONDS)["outputs"])
            channel.close()
            nursery.reap(hung_up=True)
            return Probed(how, None, any(int(one) < 1 << 40 for one in said.split() if one.isdigit()))
        except (SandboxError, OSError, EOFError) as error:
            troubles.append(str(error))
        finally:
            nursery.close()
    return Probed(None, f"podman fails here: {troubles[0]}")


def trouble():
    """Why no container works here; None if one does."""
    return probe().trouble
