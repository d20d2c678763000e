"""Multiply in tiles: OpenBLAS can do a small product where it lies, but copies the factors of a larger one first.

That copy, into the order in which its innermost loop reads, is lost in a large product. In the product of one time
step, a batch of some rows times all weights, it is a fifth to a half of the time.

Only its code for AVX-512 can, though: with any other the tiles of a product take longer than the whole, by a third at
worst. And a small product stays on one thread: where OpenBLAS has several, sharing a large one out gains more than the
copy costs. So with older processors' code, or with several threads, nothing is cut.
"""

import functools
import os

import numpy as np

from rnncourse.cpu_features import has_avx512

SMALL = 10**6  # multiplications; larger products are copied
ROWS, COLUMNS = 8, 32  # of a tile, at least: narrower ones leave the processor's vector units idle
IN_PLACE = {"skylakex", "cooperlake", "sapphirerapids"}  # OpenBLAS's names for its code for AVX-512


def blas_threads(environment=os.environ):
    """Count the threads that OpenBLAS uses: as it decides when NumPy is imported, from its variables and the cores."""
    for name in ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"):
        wanted = environment.get(name, "")
        if wanted.isdigit() and int(wanted) > 0:
            return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def multiplies_in_place(environment=os.environ):
    """Tell whether OpenBLAS multiplies small matrices where they lie: with its code for AVX-512, default or chosen."""
    chosen = environment.get("OPENBLAS_CORETYPE", "")
    return chosen.lower() in IN_PLACE if chosen else has_avx512()


CUT = blas_threads() == 1 and multiplies_in_place()  # whether tiles are the quicker way here


@functools.cache
def tiling(rows, K, N):
    """Choose into how many tiles a product of (rows, K) and (K, N) is cut: by rows, by columns; (1, 1) where it is not.

    As few by rows as go with tiles of at most `SMALL` multiplications, `ROWS` rows and `COLUMNS` columns.
    """
    for r in range(1, max(1, rows // ROWS) + 1):
        for n in range(1, max(1, N // COLUMNS) + 1):
            if rows % r == 0 and N % n == 0 and rows * K * N <= SMALL * r * n:
                return r, n
    return 1, 1


class Product:
    """``a @ W`` for many a of some rows: ``np.matmul(p.tiles(a), p.W, out=p.target(out))``.

    Parameters
    ----------
    W : array of shape (..., K, N)
        One matrix, or one for each gate.
    rows : int
        B, the rows of a.
    cut : bool, optional
        Whether to cut at all; by default where it is quicker.

    Attributes
    ----------
    W : array
        W itself, contiguous, if there is one tile; else (..., 1, n, K, N / n).
    """

    def __init__(self, W, rows, cut=None):
        *gates, K, N = W.shape
        self._r, self._n = tiling(rows, K, N) if (CUT if cut is None else cut) else (1, 1)
        if self._whole:
            self.W = np.ascontiguousarray(W)
        else:
            in_columns = W.reshape(*gates, 1, K, self._n, N // self._n).swapaxes(-3, -2)
            self.W = np.ascontiguousarray(in_columns)

    @property
    def _whole(self):
        return self._r == self._n == 1

    def tiles(self, a):
        """View a, (..., B, K), as (..., r, 1, B / r, K)."""
        if self._whole:
            return a
        *steps, B, K = a.shape
        return a.reshape(*steps, self._r, 1, B // self._r, K)

    def target(self, out):
        """View out, (..., B, N), as (..., r, n, B / r, N / n)."""
        if self._whole:
            return out
        *steps, B, N = out.shape
        return out.reshape(*steps, self._r, B // self._r, self._n, N // self._n).swapaxes(-3, -2)
