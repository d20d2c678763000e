"""Stand for a student's function in the grader's process."""

import contextlib


class Function:
    """A student's function, in the grader's process: to call it is to ask the student's process."""

    def __init__(self, remote, name, substitutes=None):
        self._remote, self.__name__, self._substitutes = remote, name, substitutes

    def __call__(self, *arguments, **options):
        return self._remote.call(self.__name__, arguments, options, self._substitutes)

    def with_substitutes(self, functions):
        """Copy this function to one that runs with other functions under the student's names, see `Remote.call`."""
        return Function(self._remote, self.__name__, functions)

    def __repr__(self):
        return f"<the student's {self.__name__}>"


def write_back(ours, theirs):
    """Copy the student's in-place changes of an argument back to the caller's."""
    with contextlib.suppress(Exception):  # an argument that came back as something else
        if isinstance(ours, dict):
            for key in ours:
                write_back(ours[key], theirs[key])
        elif isinstance(ours, (list, tuple)):
            for our, their in zip(ours, theirs, strict=True):
                write_back(our, their)
        elif hasattr(ours, "bit_generator"):
            ours.bit_generator.state = theirs.bit_generator.state
        elif hasattr(ours, "dtype") and ours.shape == theirs.shape:
            ours[...] = theirs
