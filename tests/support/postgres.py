"""Start a PostgreSQL server for tests, in a temporary folder and without a network."""

import contextlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path


def programs():
    """Find the folder with PostgreSQL's programs, or None: Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextlib.contextmanager
def server(folder):
    """Start one, and stop it at the end.

    Parameters
    ----------
    folder : pathlib.Path
        A short path: it holds the socket, whose name may have 107 characters.

    Yields
    ------
    url : function of str
        Makes an empty database of that name and tells its URL.
    """
    where = programs()
    as_user = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = [shutil.which("runuser") or "runuser", "-u", "postgres", "--"]

    def call(name, *arguments):
        command = [*as_user, str(where / name), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stdout + done.stderr

    data, log = folder / "data", folder / "log"
    call("initdb", "-D", str(data), "-U", "teacher", "-A", "trust", "--no-sync")
    quick = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    call("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", quick, "start")

    def url(name):
        call("createdb", "-h", str(folder), "-U", "teacher", name)
        return f"postgresql://teacher:hush@/{name}?host={folder}"

    try:
        yield url
    finally:
        call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
