"""Which way a sequence runs on a card: the widest state for each, and never in one launch in float64."""

import pytest

torch = pytest.importorskip("torch")

from rnncourse.torch.cuda.rule import IN_TILES, ON_CHIP, PER_STEP, choose, width  # noqa: E402


@pytest.mark.parametrize(
    ("matrices", "dtype", "on_chip", "in_tiles"),
    [
        (1, torch.float32, 64, 512),
        (3, torch.float32, 64, 256),
        (4, torch.float32, 64, 256),
        (1, torch.float16, 256, 512),
        (3, torch.float16, 128, 256),
        (4, torch.bfloat16, 128, 256),
    ],
)
def test_the_widest_state_of_each_way(matrices, dtype, on_chip, in_tiles):
    ways = {H: choose(matrices, H, dtype) for H in range(1, 2049)}
    assert max(H for H, way in ways.items() if way == ON_CHIP) == on_chip
    assert max(H for H, way in ways.items() if way == IN_TILES) == in_tiles
    assert {ways[H] for H in range(in_tiles + 1, 2049)} == {PER_STEP}


def test_float64_goes_step_by_step():
    assert {choose(matrices, H, torch.float64) for matrices in (1, 3, 4) for H in (1, 32, 512)} == {PER_STEP}


def test_a_width_is_a_power_of_two_that_holds_the_state():
    assert [width(H) for H in (1, 16, 17, 33, 128, 129)] == [16, 16, 32, 64, 128, 256]
