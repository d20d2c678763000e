"""Plot in one style, for the book, the labs and notebooks: each function returns a picture that reads aloud."""
