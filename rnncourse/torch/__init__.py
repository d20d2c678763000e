"""The same functions on any device that torch knows, and `autograd.Function`s with the hand-written backward."""
