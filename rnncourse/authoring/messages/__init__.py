"""The messages of the problem sets: found in their cells, kept in catalogues, put back in another language."""
