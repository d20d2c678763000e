"""Describe what an exercise asks for: its arguments, its outputs with their points, and the probes that try it."""

from collections.abc import Callable
from dataclasses import dataclass

from rnncourse.checks.execution.compare import describe_problem


@dataclass(frozen=True)
class Output:
    """One value that the learner's function returns: its name, its shape in letters, and what it is worth."""

    name: str
    shape: tuple[str, ...]
    points: float

    def sizes(self, dims):
        """Compute the shape in numbers: ("H", "H + D") and {"H": 3, "D": 2} give (3, 5)."""
        return tuple(
            sum(int(part) if part.isdigit() else dims[part] for part in letters.split(" + ")) for letters in self.shape
        )

    def letters(self):
        """Write the shape in letters, as Python writes a tuple: (H,) or (H, D)."""
        return f"({', '.join(self.shape)}{',' if len(self.shape) == 1 else ''})"

    def problem(self, got, dims, want):
        """Say what is wrong with a value, as a piece of a sentence; None if nothing is."""
        return describe_problem(got, self, dims, want)


@dataclass(frozen=True)
class Probe:
    """One call: the sizes behind it, and the arguments by name."""

    dims: dict[str, int]
    arguments: dict


@dataclass(frozen=True)
class Exercise:
    """An exercise and all that grading it takes.

    Parameters
    ----------
    name : str
        The learner's function, `rnn_step`; also its key in `rnncourse.misconceptions`.
    outputs : tuple of Output
    probes : callable
        Takes a `numpy.random.Generator`, returns a list of `Probe`.
    adapt : callable
        Turns the textbook function of `rnncourse.reference` into one with the learner's arguments.
    arguments : tuple of str
        The names of the arguments, in order.
    drive : callable, optional
        Turns the learner's function (and the adapted textbook) into the function that is called with a probe's
        arguments and returns the outputs: a trajectory of ten steps, say. By default it is called as it is.
    grader : callable, optional
        Takes the exercise and the learner's function, returns a `Result`: for an exercise that is no function of
        arrays. Its `probes` and `adapt` are None, and it has no textbook and no catalogue.
    builds_on : tuple of Exercise, optional
        Earlier exercises whose functions the learner may call in this one: a mistake in those costs nothing here.
    diagnostic : Exercise, optional
        Asks for more than the points need, where the outputs are too few to tell one mistake from another: it is put to
        a function that has failed, to find the mistake's name.
    modules : tuple of str, optional
        Modules that an answer needs and that take long to import: they are imported before any call is timed.
    slow : bool, optional
        Whether a run takes so long that several mistakes at once are looked for on the smallest probe alone.
    spare : int, optional
        How often probes are drawn on which a name that was found is tried: several where so little comes back that a
        mistake may agree with it by chance.
    apart : callable, optional
        Takes a `numpy.random.Generator`, returns probes that are worth no points: on them mistakes differ that agree
        on all others. A name that was found is tried there too.
    """

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[Output, ...]
    probes: Callable
    adapt: Callable
    drive: Callable | None = None
    grader: Callable | None = None
    builds_on: "tuple[Exercise, ...]" = ()
    diagnostic: "Exercise | None" = None
    modules: tuple[str, ...] = ()
    slow: bool = False
    spare: int = 1
    apart: Callable | None = None

    def driven(self, function):
        """Build what is called with a probe's arguments."""
        return self.drive(function) if self.drive else function

    @property
    def maximum(self):
        """Sum the points for a function that is right throughout."""
        return float(sum(output.points for output in self.outputs))

    @property
    def signature(self):
        """Write the call as text: "rnn_step(x_t, h_prev, W_xh, W_hh, b_h)"."""
        return f"{self.name}({', '.join(self.arguments)})"
