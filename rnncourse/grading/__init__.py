"""The instructor's side: a sample class, and the gradebook as a table."""
