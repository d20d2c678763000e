"""Open the gradebook: a file beside the course, or a database of a PostgreSQL server."""

import contextlib
import fcntl
import os
import sys
import zlib
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from rnncourse.authoring.errors import DatabaseError

VARIABLE = "RNNCOURSE_DB"
"""The environment variable that nbgrader_config.py reads: a password in it is on no command line and in no file."""
INDEXES = {
    "grade": "notebook_id",
    "comment": "notebook_id",
    "submitted_notebook": "assignment_id",
    "submitted_assignment": "student_id",
}
"""What nbgrader looks up by, and has no index for: without one each look-up reads the whole class."""


def normal(url):
    """Write a URL as SQLAlchemy 2.0 and 2.1 both take it, with the driver that `rnncourse[scale]` brings.

    Raises
    ------
    DatabaseError
        If it is no URL of a database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:  # not quoted: there may be a password in it
        raise DatabaseError(
            "the gradebook's address cannot be read; expected sqlite:///gradebook.db or postgresql://user@host/name"
        ) from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        parsed = parsed.set(database=str(Path(parsed.database).absolute()))
    return parsed.render_as_string(hide_password=False)


def shown(url):
    """Write a URL without its password."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def programs_path():
    """Put the folder of this Python first in PATH: nbgrader starts `alembic` and kernels by name, which lie there."""
    ours, path = str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)
    return path if path.split(os.pathsep)[0] == ours else f"{ours}{os.pathsep}{path}"


def open_gradebook(url, course_id):
    """Open a gradebook; make it, with its indexes, if it is empty. Any number of processes may do so at the same time.

    Parameters
    ----------
    url : str
    course_id : str

    Returns
    -------
    gradebook : nbgrader.api.Gradebook

    Raises
    ------
    DatabaseError
    """
    url = normal(url)
    try:
        os.environ["PATH"] = programs_path()
        with _alone(url):
            gradebook = Gradebook(url, course_id)
            for table, column in INDEXES.items():
                gradebook.db.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})"))
            gradebook.db.commit()
        return gradebook
    except NoSuchModuleError as error:
        raise DatabaseError(f"{shown(url)}: {error}") from None
    except ModuleNotFoundError as error:
        raise DatabaseError(f"{shown(url)} needs {error.name}; run: pip install 'rnncourse[scale]'") from None
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"the gradebook {shown(url)} cannot be opened: {reason(error)}") from None


def reason(error):
    """Shorten what a database says to one line, without the statement."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]


@contextlib.contextmanager
def _alone(url):
    """Hold a lock, one process at a time: nbgrader looks for tables and makes those that it has not found."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(url)
        try:
            with engine.connect() as connection:  # the lock ends with the transaction
                connection.execute(text(f"SELECT pg_advisory_xact_lock({zlib.crc32(b'rnncourse')})"))
                yield
        finally:
            engine.dispose()
        return
    if not parsed.database or parsed.database == ":memory:":
        yield
        return
    folder = os.open(Path(parsed.database).resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
