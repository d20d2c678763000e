"""Read due dates, extensions and late policies from a course's course.toml, and apply them."""
