"""Make a course directory."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Json, answer, fail, terminal


def new(
    folder: Annotated[Path, typer.Argument(help="The course directory to make; its name is the course's.")],
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="A problem set to have; may be given again. All by default.")
    ] = None,
    server: Annotated[
        bool, typer.Option("--server", help="Also files for a container image and a JupyterHub, in server/.")
    ] = False,
    as_json: Json = False,
):
    """Make a course directory that holds only what you edit: dates, points, problem sets, the list of the class."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.authoring.new_course import make_course

    try:
        paths = make_course(folder, sets, server)
    except CourseError as error:
        fail(error, as_json)
    out = terminal(as_json)
    for path in paths:
        out.print(path, highlight=False, markup=False, soft_wrap=True)
    out.print(f"Next: edit {folder / 'course.toml'}, then: make -C {folder} release", highlight=False, soft_wrap=True)
    answer(as_json, course=folder, files=paths)
