"""Define what every sandbox is: it starts a process for each submission, and ends it with all that it has started."""

import abc

from rnncourse.language import phrase

KILLED = phrase("its process was killed from outside")


class SandboxError(Exception):
    """No sandbox can be had; the message says why and what to do."""


class Sandbox(abc.ABC):
    """What the grader knows of a sandbox.

    Attributes
    ----------
    tier : "bubblewrap", "podman" or "plain"
    lost : str or None
        How the sandbox itself ended, if that was not the doing of a student's process.
    """

    tier: str
    lost: str | None = None

    @property
    @abc.abstractmethod
    def alive(self):
        """Tell whether it can start processes."""

    @abc.abstractmethod
    def fork(self, limits, seconds):
        """Start a fresh process for a submission.

        Parameters
        ----------
        limits : Limits
        seconds : float
            The sandbox ends the process when they have passed, whatever the grader is doing then.

        Returns
        -------
        channel : Channel

        Raises
        ------
        SandboxError
        """

    @abc.abstractmethod
    def reap(self, hung_up=False):
        """End the process that was started last, with all that it has started.

        Parameters
        ----------
        hung_up : bool
            It has closed its connection: it is given a moment to end by itself.

        Returns
        -------
        status : int or None
            As `os.waitpid` gives it if the process had ended by itself; None if it was running.
        """

    @abc.abstractmethod
    def close(self):
        """End everything."""
