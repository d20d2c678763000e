"""Measure the checks with RNN-Bugs: answers as students write them, wrong and right, kept apart from the catalogue."""
