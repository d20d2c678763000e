"""Measure what the book claims about gradients: how far they reach back, and what they do at a cliff in the loss."""
