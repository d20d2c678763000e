"""Make mistakes that nobody has listed: an operator at a place of the textbook function, and several together."""
