"""A product in tiles is the same product; the tiles are small where that can be had, and cut only where it pays."""

import os
import subprocess
import sys

import numpy as np
import pytest

from rnncourse.cpu_features import has_avx512
from rnncourse.gradcheck import relative_error
from rnncourse.numpy.products import COLUMNS, ROWS, SMALL, Product, multiplies_in_place, tiling

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
    product = Product(W, rows, cut=True)
    left, target = product.tiles(a), product.target(out)
    for t in range(T):
        np.matmul(left[t], product.W, out=target[t])
    assert product.W.flags.c_contiguous
    assert relative_error(out, np.stack([a_t @ W for a_t in a])) <= 1e-12


WIDE = """
import numpy as np
from rnncourse.numpy.products import Product
print(Product(np.ones((1024, 256)), 64).W.ndim)
"""
TRUTH = """
import numpy as np, threadpoolctl
for pool in threadpoolctl.threadpool_info():
    if pool["internal_api"] == "openblas":
        print(pool["num_threads"], pool["architecture"])
"""


def said_by(script, variables):
    own = {name: value for name, value in os.environ.items() if not name.endswith(("_NUM_THREADS", "_CORETYPE"))}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=own | variables, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"OMP_NUM_THREADS": "1"},
        {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "2"},
        {"OPENBLAS_NUM_THREADS": "", "OMP_NUM_THREADS": "1"},
        {"OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Haswell"},
    ],
    ids=["none", "OpenMP's", "OpenBLAS's goes first", "an empty one says nothing", "older code"],
)
def test_products_are_cut_where_openblas_has_one_thread_and_its_code_for_avx512(variables):
    pytest.importorskip("threadpoolctl")
    truth = said_by(TRUTH, variables).split()
    if not truth:
        pytest.skip("NumPy computes with another BLAS here")
    threads, code = truth
    quicker = threads == "1" and code in ("SkylakeX", "Cooperlake", "SapphireRapids")
    assert said_by(WIDE, variables).strip() == ("4" if quicker else "2")


def test_what_the_user_chose_goes_before_what_the_processor_has():
    assert multiplies_in_place({"OPENBLAS_CORETYPE": "SKYLAKEX"})
    assert not multiplies_in_place({"OPENBLAS_CORETYPE": "Zen"})
    assert multiplies_in_place({}) == multiplies_in_place({"OPENBLAS_CORETYPE": ""}) == has_avx512()
