"""A product in tiles is the same product, and the tiles are small where that can be had."""

import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.numpy.products import COLUMNS, ROWS, SMALL, Product, tiling

SIZES = [
    (1, 64, 16, (1, 1)),  # small as it is
    (20, 250, 200, (1, 1)),  # exactly the limit
    (20, 250, 201, (1, 3)),
    (32, 512, 128, (1, 4)),
    (64, 1024, 256, (4, 8)),  # 32 columns are the narrowest
    (32, 512, 127, (4, 1)),  # a prime number of columns
    (31, 512, 127, (1, 1)),  # nothing divides it: left as it is
]


@pytest.mark.parametrize(("rows", "K", "N", "tiles"), SIZES)
def test_tiles_are_few_and_small(rows, K, N, tiles):
    r, n = tiling(rows, K, N)
    assert (r, n) == tiles
    if r * n > 1:
        assert rows * K * N / (r * n) <= SMALL
        assert rows / r >= ROWS
        assert N / n >= COLUMNS


@pytest.mark.parametrize("gates", [(), (3,)], ids=["one matrix", "one for each gate"])
@pytest.mark.parametrize(("rows", "K", "N", "tiles"), SIZES)
def test_a_product_in_tiles_is_the_product(rows, K, N, tiles, gates):
    rng, T = np.random.default_rng(0), 2
    a, W, out = rng.standard_normal((T, rows, K)), rng.standard_normal((*gates, K, N)), np.empty((T, *gates, rows, N))
    product = Product(W, rows)
    left, target = product.tiles(a), product.target(out)
    for t in range(T):
        np.matmul(left[t], product.W, out=target[t])
    assert product.W.flags.c_contiguous
    assert relative_error(out, np.stack([a_t @ W for a_t in a])) <= 1e-12
