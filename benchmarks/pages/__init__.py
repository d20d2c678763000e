"""Measure the pages of the built book: what an exercise costs a reader, and how a phone meets each page."""
