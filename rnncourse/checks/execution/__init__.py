"""Run a learner's function on probes, compare what it returns, and substitute right functions for earlier ones."""
