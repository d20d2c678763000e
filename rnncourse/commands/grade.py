"""Grade a problem set, or grade again whom a mended check can give other points."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Course, Db, Json, answer, fail, terminal


def grade(
    problem_set: Annotated[str, typer.Argument(help="The problem set to grade.")],
    course: Course = Path("."),
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; all cores by default.")] = None,
    again: Annotated[bool, typer.Option(help="Also grade what is graded already.")] = False,
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Without a sandbox, run student code in plain processes.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Grade on the workers of a dask scheduler: tcp://host:8786.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Grade this student and no other; may be given again.")] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Leave this student out; may be given again.")] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Grade again what mended checks may see otherwise; list what changes.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --changed or --again: list what would change, enter nothing.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
):
    """Grade the submissions of a problem set, safely and in parallel; run it again to go on after any interruption."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.commands.regrade import regrade
    from rnncourse.grading.progress import show
    from rnncourse.grading.run.driver import CORES, Driver
    from rnncourse.grading.run.pool import PoolError
    from rnncourse.grading.run.regrade import Regrade
    from rnncourse.grading.sandbox.base import SandboxError

    if dry_run and not (changed or again):
        fail("--dry-run goes with --changed, or with --again; what has no grade yet changes none", as_json)
    options = {"allow_unsafe": allow_unsafe, "scheduler": scheduler, "db": db, "only": only or (), "skip": skip or ()}
    try:
        if changed or dry_run:
            grader = Regrade(course, problem_set, everything=again, **options)
            changes = regrade(grader, jobs or CORES, terminal(as_json), dry_run)
        else:
            grader, changes = Driver(course, problem_set, again=again, **options), None
            show(grader, jobs or CORES, terminal(as_json))
    except (CourseError, PoolError, SandboxError) as error:
        fail(error, as_json)
    except KeyboardInterrupt:
        fail(f"stopped; what is graded is kept. To go on: rnncourse grade {problem_set}", as_json)
    answer(as_json, **grader.run.found(), **({} if changes is None else {"changes": changes}))
    if grader.run.failed:
        raise typer.Exit(1)
