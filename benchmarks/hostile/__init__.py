"""List cheats and faults as data: what a hostile or unlucky student hands in, by kind; ``python -m benchmarks.hostile``."""
