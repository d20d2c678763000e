"""The table of a GPU: its rows here on the CPU, the measurement itself where there is a card."""

import json

import numpy as np
import pytest
import torch

from benchmarks import gpu
from benchmarks.problem import CELLS, make_problem
from rnncourse.gradcheck import relative_error

cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")


def test_every_peer_has_a_row_and_every_shape_a_column():
    runs = [gpu.measure(cell, "teaching", "float32", 1, "cpu") for cell in CELLS]
    table = gpu.markdown({"machine": "this processor", "runs": runs}).splitlines()[4:]
    assert table[0].split(" | ")[1:] == ["teaching f32 |"]
    assert len(table) == 2 + 3 * len(CELLS)
    assert f"| LSTM: torch.nn, which is cuDNN | {runs[1]['ratios']['function']['nn_module']:.2f} |" in table


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA device")
def test_without_a_card_it_says_so_and_leaves_the_results_alone(tmp_path, capsys):
    gpu.main(["--out", str(tmp_path)])
    assert "no CUDA device" in capsys.readouterr().out
    assert not any(tmp_path.iterdir())


@cuda
@pytest.mark.cuda
@pytest.mark.parametrize("cell", CELLS)
def test_every_contestant_computes_the_same_on_the_card(cell):
    problem = make_problem(cell, (6, 3, 4, 5), np.float64)
    want = [v.detach().numpy() for v in gpu.ours.torch_function(problem)()]
    for make in gpu.contestants("cuda").values():
        for got, expected in zip(make(problem, "cuda")(), want, strict=True):
            assert relative_error(got.detach().cpu().numpy(), expected) <= 1e-10


@cuda
@pytest.mark.cuda
def test_a_run_leaves_figures_and_a_table(tmp_path):
    gpu.main(["--rounds", "1", "--shapes", "teaching", "--out", str(tmp_path)])
    results = json.loads((tmp_path / "gpu.json").read_text())
    assert all({our: tuple(peers) for our, peers in r["ratios"].items()} == gpu.TABLES for r in results["runs"])
    assert (tmp_path / "gpu.md").read_text() == gpu.markdown(results)
