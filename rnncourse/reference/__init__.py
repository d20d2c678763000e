"""Compute the notes' equations line by line: slow, obvious, and the authority that all else is tested against."""
