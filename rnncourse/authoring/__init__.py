"""Make the instructor's and the student's notebooks from `solutions/<ps>/<ps>.py`."""
