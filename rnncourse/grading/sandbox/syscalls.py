"""Forbid a process the system calls that lead round its limits: memory that no limit counts, and namespaces.

The kernel applies the filter to the process and to all that it starts, with no way back. It is written here and not by
libseccomp, since the sandbox shows its process NumPy and no further package.
"""

import ctypes
import errno
import os
import struct

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
CLONE_NAMESPACES = 0x7E020000
"""Those flags of clone(2) that make a namespace."""
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
"""Where the kernel puts them, in bytes."""

SAME = {
    **{"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429},
    **{"fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "mount_setattr": 442, "memfd_secret": 447},
}
"""Numbers that every architecture has in common."""
X86_64 = {
    **{"shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "semop": 65, "semctl": 66, "msgget": 68, "msgsnd": 69},
    **{"ptrace": 101, "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "semtimedop": 220},
    **{"mq_open": 240, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298},
    **{"setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "memfd_create": 319, "bpf": 321},
    **{"userfaultfd": 323},
}
AARCH64 = {
    **{"umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "unshare": 97, "ptrace": 117, "mq_open": 180},
    **{"msgget": 186, "msgsnd": 189, "semget": 190, "semctl": 191, "semtimedop": 192, "semop": 193, "shmget": 194},
    **{"shmctl": 195, "shmat": 196, "add_key": 217, "request_key": 218, "keyctl": 219, "perf_event_open": 241},
    **{"setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "memfd_create": 279, "bpf": 280},
    **{"userfaultfd": 282},
}
MACHINES = {"x86_64": (0xC000003E, 56, X86_64 | SAME), "aarch64": (0xC00000B7, 220, AARCH64 | SAME)}
"""Of each architecture that is known: its name for the kernel, the number of clone(2), and what is forbidden."""
CLONE3 = 435
X32 = 0x40000000
"""From this number on calls are those of another binary interface on x86-64."""


def program(machine):
    """Assemble the filter for an architecture of `MACHINES`, as the kernel reads it."""
    architecture, clone, forbidden = MACHINES[machine]
    denied = (RETURN, 0, 0, ERRNO | errno.EPERM)
    unknown = (RETURN, 0, 0, ERRNO | errno.ENOSYS)
    lines = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    lines += [(AT_LEAST, 0, 1, X32), unknown]
    lines += [(EQUAL, 0, 1, CLONE3), unknown]  # its flags lie where no filter can see them, and libc does without it
    for number in forbidden.values():
        lines += [(EQUAL, 0, 1, number), denied]
    lines += [(EQUAL, 0, 3, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_BIT, 0, 1, CLONE_NAMESPACES), denied]
    lines += [(RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def restrict():
    """Apply the filter to this process; nothing is done on an architecture that is not known.

    Raises
    ------
    OSError
        If the kernel takes no filter.
    """
    if os.uname().machine not in MACHINES:
        return
    lines, libc = program(os.uname().machine), ctypes.CDLL(None, use_errno=True)
    whole = _Program(len(lines) // 8, lines)
    steps = ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(whole), 0, 0))
    for step in steps:
        if libc.prctl(*step):
            raise OSError(ctypes.get_errno(), f"no filter of system calls: {os.strerror(ctypes.get_errno())}")
