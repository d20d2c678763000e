"""Vectorise the functions of `rnncourse.reference`: what does not need h^(t-1) leaves the time loop."""
