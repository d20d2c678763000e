"""Draw probes from many seeds: one in the ordinary run of the tests, all of them in the slow one."""

import pytest

SEEDS = range(20)
ORDINARY = 1
EACH_SEED = pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[pytest.mark.slow] * (seed >= ORDINARY)) for seed in SEEDS]
)
