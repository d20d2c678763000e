"""Stop processes and let them go on, many times a second, so that they get a part of each moment.

A browser's own throttle slows the main thread of a page, and Python runs in a worker: this one slows everything.
"""

import contextlib
import threading

import psutil

PERIOD = 0.04
"""Seconds: short against all that is measured, long against what a stop costs."""


@contextlib.contextmanager
def slowed(times, is_meant):
    """Stop and continue this process's descendants while a block runs.

    Parameters
    ----------
    times : int
        4 lets them run a quarter of the time; 1 changes nothing.
    is_meant : function of psutil.Process to bool
        Which of them; new ones are found as they appear.
    """
    if times == 1:
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_stop_and_go, args=(times, is_meant, done))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _stop_and_go(times, is_meant, done):
    own, meant, turn = psutil.Process(), [], 0
    while not done.is_set():
        if turn % 10 == 0:
            meant = [process for process in own.children(recursive=True) if _ask(is_meant, process)]
        turn += 1
        _tell(meant, "suspend")
        done.wait(PERIOD * (times - 1) / times)
        _tell(meant, "resume")
        done.wait(PERIOD / times)


def _ask(is_meant, process):
    with contextlib.suppress(psutil.Error):
        return is_meant(process)
    return False


def _tell(processes, what):
    for process in processes:
        with contextlib.suppress(psutil.Error):
            getattr(process, what)()
