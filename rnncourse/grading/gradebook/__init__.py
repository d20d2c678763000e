"""Read and write nbgrader's gradebook, and what is kept beside it."""
