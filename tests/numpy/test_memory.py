import threading

import numpy as np
import pytest

from rnncourse.numpy import memory
from rnncourse.numpy.memory import copy, empty, time_blocks

BIG = (2**17,)


@pytest.fixture(autouse=True)
def no_blocks_left_over():
    memory._free.clear()
    yield
    memory._free.clear()


def address(a):
    return a.__array_interface__["data"][0]


def test_a_freed_block_is_used_again():
    first = empty(BIG, np.float32)
    where = address(first)
    del first
    assert address(empty((4, 2**15), np.float32)) == where


def test_a_block_in_use_is_not_handed_out():
    """Also while only a view of a view of it is left."""
    first = empty(BIG, np.float32)
    first[:] = 1
    corner = first.reshape(2, -1)[1, 5:9].T
    del first
    second = empty(BIG, np.float32)
    second[:] = 2
    assert (corner == 1).all()
    assert not np.shares_memory(corner, second)


def test_a_freed_block_of_up_to_twice_the_size_is_used_again():
    """So parts of unequal length, or a last batch of fewer samples, take no memory of their own."""
    first = empty(BIG, np.float32)
    where = address(first)
    del first
    assert address(empty((2**16 - 1,), np.float32)) != where
    half = empty((2**16,), np.float32)
    assert address(half) == where and half.shape == (2**16,)
    del half
    assert address(empty(BIG, np.float32)) == where


def test_a_block_of_the_very_size_comes_first():
    large, small = empty(BIG, np.float32), empty((2**16,), np.float32)
    where = address(small)
    del large, small
    assert address(empty((2**16,), np.float32)) == where


def test_shape_and_dtype():
    for dtype in (np.float32, np.float64):
        for shape in ((2, 3), (70, 50, 40)):
            a = empty(shape, dtype)
            assert (a.shape, a.dtype) == (shape, dtype)
            assert a.flags.c_contiguous
            assert a.flags.writeable


def test_keeps_no_more_than_the_limit(monkeypatch):
    monkeypatch.setattr(memory._give_back, "__defaults__", (memory._free, 3 * 2**19))
    for n in range(10):
        empty((2**17 + n,), np.float32)
    assert sum(nbytes * len(blocks) for nbytes, blocks in memory._free.items()) <= 3 * 2**19


def test_threads_never_share_a_block():
    wrong = []

    def work(number):
        for _ in range(200):
            a = empty(BIG, np.float32)
            a[:] = number
            if not (a == number).all():
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_copy_is_contiguous_and_its_own():
    a = np.arange(24.0).reshape(2, 3, 4)[:, :, ::2]
    b = copy(a)
    np.testing.assert_array_equal(a, b)
    assert b.flags.c_contiguous
    assert not np.shares_memory(a, b)


@pytest.mark.parametrize("nbytes", [1, 2**16, 2**20])
def test_time_blocks_cover_every_step_once_from_the_last(nbytes):
    steps = [t for block in time_blocks(11, nbytes) for t in reversed(range(block.start, block.stop))]
    assert steps == list(reversed(range(11)))
