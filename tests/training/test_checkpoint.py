import json
import zipfile

import numpy as np
import pytest

from rnncourse.training.checkpoint import read_checkpoint, write_checkpoint


def test_what_is_written_is_read_bit_for_bit(tmp_path):
    path = tmp_path / "run.npz"
    arrays = {"a/W": np.random.default_rng(0).standard_normal((3, 4)).T, "n": np.array(3), "f": np.float32([1.5, -0.0])}
    meta = {"rng": {"state": 2**120 + 1}, "loss": [0.1, 1e-300]}
    write_checkpoint(path, arrays, meta)
    read, read_meta = read_checkpoint(path)
    assert read_meta == meta and read.keys() == arrays.keys()
    for name, array in arrays.items():
        assert read[name].dtype == array.dtype and read[name].flags.f_contiguous == array.flags.f_contiguous
        assert read[name].tobytes() == array.tobytes()


def test_it_is_an_ordinary_npz_with_readable_metadata(tmp_path):
    path = tmp_path / "run.npz"
    write_checkpoint(path, {"W": np.eye(2)}, {"epochs": 3})
    with np.load(path, allow_pickle=False) as opened:
        np.testing.assert_array_equal(opened["W"], np.eye(2))
    assert json.loads(zipfile.ZipFile(path).read("meta.json"))["epochs"] == 3


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "run.npz"
    write_checkpoint(path, {"W": np.eye(2)}, {"epoch": 1})
    with pytest.raises(ValueError, match="Object arrays cannot be saved"):
        write_checkpoint(path, {"W": np.zeros(2), "bad": np.array([object()])}, {"epoch": 2})
    assert read_checkpoint(path)[1] == {"epoch": 1}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("damage", ["truncated", "foreign", "text"])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, damage):
    path = tmp_path / "run.npz"
    write_checkpoint(path, {"W": np.eye(20)}, {})
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:-200])
    elif damage == "foreign":
        np.savez(path, W=np.eye(2))
    else:
        path.write_text("hello")
    with pytest.raises(ValueError, match=r"run.npz is not a whole rnncourse-checkpoint-1 file"):
        read_checkpoint(path)
