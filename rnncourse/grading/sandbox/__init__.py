"""Run a student's code where it can reach nothing: sandboxes, the processes in them, and what the two sides say.

This package is visible inside the sandbox, too, so this file imports nothing.
"""
