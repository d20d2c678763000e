"""Run the commands that have a module of their own; `rnncourse.cli` registers them."""
