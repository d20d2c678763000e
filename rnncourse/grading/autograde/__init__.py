"""Grade within nbgrader's own autograde: its steps, with a student's code in a sandbox."""
