"""Grade in a process of its own, for one thread of a dask worker.

A check stops a call by an alarm, which only the main thread of a process can have, and prints are caught for a whole
process. A dask worker runs its tasks in threads, and may not have children by multiprocessing. So each thread has a
process of its own, started by its command line, that grades in its main thread, as the processes of one machine do.
"""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection

from rnncourse.grading.run import jobs
from rnncourse.grading.sandbox.running import close_sandboxes


class GradingProcess:
    """A grading process, from outside."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "rnncourse.grading.run.grading_process", str(theirs.fileno())]
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=os.environ | threads
            )
        self._connection = Connection(ours.detach())

    def grade(self, payload):
        """Grade a submission; return its outcome, or what went wrong as text."""
        self._connection.send(payload)
        return self._connection.recv()

    def close(self):
        """End the process."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


def main(connection):
    """Serve as a grading process: end when the worker does, also in the middle of a job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    payloads = queue.SimpleQueue()

    def listen():
        with contextlib.suppress(EOFError, OSError):
            while True:
                payloads.put(connection.recv())
        close_sandboxes()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        payload = payloads.get()
        try:
            answer = jobs.grade(payload)
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        connection.send(answer)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
