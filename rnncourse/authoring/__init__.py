"""From `solutions/<ps>/<ps>.py` to the instructor's and the student's notebooks."""

from rnncourse.authoring.release import release
from rnncourse.authoring.source import read_source

__all__ = ["read_source", "release"]
