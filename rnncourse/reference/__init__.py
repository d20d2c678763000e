"""The notes' equations, line by line: slow, obvious, and the authority that everything else is tested against."""
