"""Report what a class has understood."""
