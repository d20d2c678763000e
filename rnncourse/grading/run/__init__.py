"""Grade a class: in parallel, on one machine or on many, and on from wherever an earlier run ended."""
