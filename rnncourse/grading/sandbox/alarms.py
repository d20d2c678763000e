"""Hold alarms back while a step is taken that must not stay half done."""

import contextlib
import signal


@contextlib.contextmanager
def alarms_held():
    """Have an alarm wait until the step is over: a time limit that strikes in its middle would leave it half done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
