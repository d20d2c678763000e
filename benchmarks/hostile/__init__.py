"""List cheats and faults as data: what a hostile or unlucky student hands in; ``python -m benchmarks.hostile``."""
