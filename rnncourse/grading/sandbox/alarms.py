"""Hold alarms back while a step is taken that must not stay half done."""

import contextlib
import signal
import threading


@contextlib.contextmanager
def alarms_held():
    """Have an alarm wait until the step is over: a time limit that strikes in its middle would leave it half done.

    A handler keeps it, not a mask: of a mask the process's other threads know nothing, and one of them would take it.
    Off the main thread no alarm strikes.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    came = []
    before = signal.signal(signal.SIGALRM, lambda *about: came.append(about))
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        if came and callable(before):
            before(*came[0])
