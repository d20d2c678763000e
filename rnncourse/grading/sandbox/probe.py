"""Find out which sandbox this machine has, and start it.

Where bubblewrap does not work, a container of podman takes its place; where neither does, nothing is graded unless it
is allowed to run student code in plain processes.
"""

import os

from rnncourse.grading.sandbox import bubblewrap, cgroup, podman, podman_probe
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.plain import PlainSandbox

ALLOW_UNSAFE = "RNNCOURSE_ALLOW_UNSAFE"
TIERS = ("bubblewrap", "podman")
"""What a course may ask for, the best first."""


def start(tier, extra=()):
    """Start a sandbox.

    Parameters
    ----------
    tier : "bubblewrap", "podman" or "plain"
    extra : tuple of str
        Distributions that notebooks may import besides NumPy and matplotlib.

    Returns
    -------
    Sandbox
    """
    if tier == "podman":
        return podman.PodmanSandbox(extra, podman_probe.probe().options or ())
    return PlainSandbox(extra) if tier == "plain" else bubblewrap.BubblewrapSandbox(extra)


def allowed_unsafe():
    """Tell whether the instructor has said that student code may run without a sandbox."""
    return os.environ.get(ALLOW_UNSAFE, "") not in ("", "0")


def choose_tier(allow_unsafe=False, wanted=""):
    """Choose a sandbox that works here: "bubblewrap", "podman", or "plain" if that is allowed.

    Parameters
    ----------
    allow_unsafe : bool
    wanted : str
        One of `TIERS`, where the course asks for one of them; else the first that works.

    Raises
    ------
    SandboxError
        If there is none and student code may not run without, or if what is wanted is not one of them.
    """
    if wanted and wanted not in TIERS:
        raise SandboxError(f"c.SandboxedExecute.tier is {wanted!r}; it has to be one of {', '.join(TIERS)}, or ''")
    problems = []
    for name, find_problem in (("bubblewrap", bubblewrap.problem), ("podman", podman_probe.problem)):
        if wanted in ("", name):
            problem = find_problem()
            if problem is None:
                cgroup.available()  # once, before there are processes that grade: it moves this one into its own
                return name
            problems.append(problem)
    if allow_unsafe or allowed_unsafe():
        return "plain"
    raise SandboxError(
        f"student code is not run without a sandbox, and {'; '.join(problems)}. Install bubblewrap on a host that "
        "allows user namespaces, or podman with runc or crun (Debian, Ubuntu: apt install bubblewrap, or podman runc "
        "uidmap); `rnncourse doctor` probes both. To run student code in plain processes all the same, with your files "
        f"and your network within its reach, set {ALLOW_UNSAFE}=1."
    )
