"""Run the experiments whose results the book shows: each writes one small file into book/results."""
