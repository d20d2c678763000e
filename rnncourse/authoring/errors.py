"""Define the errors about a course directory."""


class CourseError(Exception):
    """Something about the course directory is not as it should be; the message says what to do."""


class DatabaseError(CourseError):
    """The gradebook cannot be opened; the message says which, without its password, and why."""
