"""Write cells that no spreadsheet runs: what a student is called may look like a formula."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula, and may run it."""


def safe(value):
    """Quote a cell that a spreadsheet would run; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
