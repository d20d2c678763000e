"""Restrict the system calls of a container: podman's list, without those that make new namespaces."""

import json
from pathlib import Path

PODMANS = Path("/usr/share/containers/seccomp.json")
NAMESPACES = {
    "clone3",
    "unshare",
    "setns",
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "fsopen",
    "fsmount",
    "move_mount",
}
CLONE_FLAGS = 0x7E020000
"""Those of clone(2) that make a namespace; clone3 has them where no filter can see them, and libc does without it."""


def write_profile(folder):
    """Write the list into a folder, and name the option that applies it; none where podman has no list to begin with.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    options : list of str
    """
    if not PODMANS.exists():
        return []
    profile = json.loads(PODMANS.read_text())
    for rule in profile["syscalls"]:
        if rule["action"] == "SCMP_ACT_ALLOW":
            rule["names"] = [name for name in rule["names"] if name not in NAMESPACES | {"clone"}]
    plain = {"index": 0, "value": CLONE_FLAGS, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}
    profile["syscalls"] = [rule for rule in profile["syscalls"] if rule["names"]]
    profile["syscalls"].append({"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [plain]})
    path = folder / "seccomp.json"
    path.write_text(json.dumps(profile))
    return [f"--security-opt=seccomp={path}"]
