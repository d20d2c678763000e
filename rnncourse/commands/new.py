"""Make a course directory."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import console, fail


def new(
    folder: Annotated[Path, typer.Argument(help="The course directory to make; its name is the course's.")],
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="A problem set to have; may be given again. All by default.")
    ] = None,
):
    """Make a course directory that holds only what you edit: dates, points, problem sets, the list of the class."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.authoring.new_course import make_course

    try:
        for path in make_course(folder, sets):
            console.print(path, highlight=False, markup=False, soft_wrap=True)
    except CourseError as error:
        fail(error)
    console.print(
        f"Next: edit {folder / 'course.toml'}, then: make -C {folder} release", highlight=False, soft_wrap=True
    )
