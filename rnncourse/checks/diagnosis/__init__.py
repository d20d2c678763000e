"""Diagnose a wrong answer: name the known mistakes that explain it, or say what it has in common with the right one."""
