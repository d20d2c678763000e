"""Examine this machine: what is here, what is missing, and what to do about it."""

import importlib
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata

PACKAGES = (
    ("numpy", "everything", "pip install rnncourse"),
    ("matplotlib", "the plots in the exercises", "pip install 'rnncourse[learn]'"),
    ("jupyterlab", "doing the exercises", "pip install 'rnncourse[learn]'"),
    ("ipywidgets", "the labs", "pip install 'rnncourse[learn]'"),
    ("torch", "the torch forms and problem set 6", "pip install 'rnncourse[torch]'"),
    ("nbgrader", "releasing and grading", "pip install 'rnncourse[teach]'"),
    ("distributed", "grading on many machines (--scheduler)", "pip install 'rnncourse[scale]'"),
    ("psycopg", "a gradebook on PostgreSQL (--db)", "pip install 'rnncourse[scale]'"),
    ("jupyter-book", "building the book", "pip install 'rnncourse[book]'"),
    ("playwright", "the browser tests", "pip install 'rnncourse[dev]'"),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for: whether it is here, what was found, and what to do if it is not."""

    name: str
    here: bool
    found: str
    needed_for: str
    remedy: str = ""


def examine():
    """Look at this machine.

    Returns
    -------
    findings : list of Finding
    """
    python = sys.version_info >= (3, 11)
    findings = [
        Finding("python", python, platform.python_version(), "everything", "" if python else "install Python 3.11")
    ]
    findings += [_package(*row) for row in PACKAGES]
    findings += [_cuda(), _sandbox(), _container(), _browser()]
    findings.append(_program("node", "the tests of the explorers' maths", "install Node.js 20 or later"))
    return findings


def _package(name, needed_for, remedy):
    """Look for an installed package."""
    try:
        return Finding(name, True, metadata.version(name), needed_for)
    except metadata.PackageNotFoundError:
        return Finding(name, False, "not installed", needed_for, remedy)


def _cuda():
    """Look for a CUDA device."""
    needed_for = "running torch on a GPU (everything works without)"
    try:
        torch = importlib.import_module("torch")
    except ImportError:
        return Finding("cuda", False, "torch is not installed", needed_for, "pip install 'rnncourse[torch]'")
    if torch.cuda.is_available():
        return Finding("cuda", True, torch.cuda.get_device_name(0), needed_for)
    return Finding(
        "cuda", False, "no CUDA device", needed_for, "use a machine with an NVIDIA GPU and a CUDA build of torch"
    )


def _program(name, needed_for, remedy):
    """Look for a program: it counts as here when it runs, not when a file of its name exists."""
    path = shutil.which(name)
    if not path:
        return Finding(name, False, "not found", needed_for, remedy)
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(name, False, f"{path} does not run: {error}", needed_for, remedy)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        return Finding(name, False, f"{path} fails: {said[0] if said else done.returncode}", needed_for, remedy)
    return Finding(name, True, done.stdout.strip().splitlines()[0] if done.stdout.strip() else path, needed_for)


def _sandbox():
    """Try bubblewrap."""
    needed_for = "grading strangers' code safely"
    remedy = "install bubblewrap (Debian, Ubuntu: apt install bubblewrap) on a host that allows user namespaces"
    from rnncourse.grading.sandbox import bubblewrap, cgroup

    problem = bubblewrap.problem()  # sets a whole sandbox up once: a program that is there may still not be allowed to
    folder, why = cgroup.available()
    limited = "for all of a submission together" if folder else f"for each process, not for a whole submission: {why}"
    found = problem or f"works; memory is limited {limited}"
    return Finding("sandbox (bubblewrap)", not problem, found, needed_for, remedy if problem else "")


def _container():
    """Try podman."""
    needed_for = "grading where bubblewrap does not work"
    from rnncourse.grading.sandbox import podman_probe

    problem = podman_probe.problem()  # runs a real one
    if problem:
        remedy = "install podman, crun or runc, and uidmap (Debian, Ubuntu: apt install podman runc uidmap)"
        return Finding("sandbox (podman)", False, problem, needed_for, remedy)
    memory = "of all of a submission together" if podman_probe.probe().shared else "for each process"
    return Finding("sandbox (podman)", True, f"works; memory is limited {memory}", needed_for)


def _browser():
    """Look for a browser that runs."""
    found = [
        _program(name, "the browser tests", "install Chromium (Debian: apt install chromium)") for name in BROWSERS
    ]
    best = next((finding for finding in found if finding.here), found[0])
    return Finding("browser", best.here, best.found, best.needed_for, best.remedy)
