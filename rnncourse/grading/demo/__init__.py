"""Make a sample class."""
