"""Find the messages of the problem sets, keep them in catalogues, put them back in another language."""
