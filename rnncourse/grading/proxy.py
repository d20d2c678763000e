"""A student's function as the checks see it."""

import contextlib


class Function:
    """A student's function, in the grader's process: to call it is to ask the student's process."""

    def __init__(self, remote, name, stand_ins=None):
        self._remote, self.__name__, self._stand_ins = remote, name, stand_ins

    def __call__(self, *arguments, **options):
        return self._remote.call(self.__name__, arguments, options, self._stand_ins)

    def with_stand_ins(self, functions):
        """This function, in whose process other functions bear the names of the student's, see `Remote.call`."""
        return Function(self._remote, self.__name__, functions)

    def __repr__(self):
        return f"<the student's {self.__name__}>"


def write_back(ours, theirs):
    """Repeat in our argument what the student's function did to its copy of it."""
    with contextlib.suppress(Exception):  # an argument that came back as something else
        if isinstance(ours, dict):
            for key in ours:
                write_back(ours[key], theirs[key])
        elif isinstance(ours, (list, tuple)):
            for one, other in zip(ours, theirs, strict=True):
                write_back(one, other)
        elif hasattr(ours, "bit_generator"):
            ours.bit_generator.state = theirs.bit_generator.state
        elif hasattr(ours, "dtype") and ours.shape == theirs.shape:
            ours[...] = theirs
