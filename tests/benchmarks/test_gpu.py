"""The table of a GPU: its rows here on the CPU, the measurement itself where there is a card."""

import json

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks import gpu, gpu_contestants, gpu_table, gpu_work
from benchmarks.problem import CELLS, make_problem
from benchmarks.publish import RESULTS

cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")


def test_every_peer_has_a_row_and_every_shape_a_column():
    runs = [gpu.measure(cell, "teaching", "float32", 1, "cpu") for cell in CELLS]
    table = gpu_table.markdown({"machine": "this processor", "runs": runs}).splitlines()[4:]
    assert table[0].split(" | ")[1:] == ["teaching f32 |"]
    assert [line[:2] for line in table[:11]] == ["| ", "|-", *["| "] * 9]
    assert f"| LSTM: torch.nn, which is cuDNN | {runs[1]['ratios']['function']['nn_module']:.2f} |" in table
    assert "in Triton's interpreter only" in table[-1]


def made_up(cell, shape, dtype, names):
    """A run as `measure` returns it on a card, with seconds 1, 2, ... thousandths; our names last."""
    seconds = {name: 1e-3 * (place + 1) for place, name in enumerate(names)}
    return {
        "cell": cell,
        "shape": shape,
        "dtype": dtype,
        "seconds": seconds,
        "ratios": {
            our: {peer: seconds[peer] / seconds[our] for peer in peers if peer in seconds}
            for our, peers in gpu_table.TABLES.items()
            if our in seconds
        },
        "shares": {
            "one_launch": {"state_MB": 1.5, "weight_MB": 0.25, "bandwidth": 0.125, "flops": 0.0625},
        },
    }


def test_one_launch_has_its_table_its_shares_and_its_published_shape():
    names = ["nn_module", "graphed_nn_module", "function", "graphed", "one_launch"]
    runs = [made_up("rnn", "teaching", "float32", names), made_up("lstm", "published", "float16", names)]
    text = gpu_table.markdown({"machine": "a card", "date": "2030-01-31", "runs": runs, "not_measured": ["gru"]})
    assert "a card, TF32 off on 2030-01-31." in text
    assert "| our sequence in one launch against | teaching f32 | published f16 |" in text
    assert "| RNN: torch.nn, which is cuDNN | 0.20 |  |" in text
    assert "| RNN teaching f32: our sequence in one launch | 5.000 | 1.5 | 0.2 | 12.5 % | 6.2 % |" in text
    assert "(1024, 16, 768, 768), float16: torch.nn, which is cuDNN 1.0 ms" in text
    assert text.endswith("\nNot measured: gru.\n")


def test_the_most_wanted_is_measured_first():
    order = gpu.plan(["teaching", "published", "large"])
    assert order[0] == ("rnn", "teaching", "float32")
    assert [entry[2] for entry in order] == ["float32"] * 6 + ["float16"] + ["float64"] * 6


@pytest.mark.parametrize("cell", CELLS)
def test_who_computes_something_else_is_found_before_anything_is_timed(cell, monkeypatch):
    assert gpu_contestants.wrong("cpu", ["float32", "float64"]) == []
    right = gpu_contestants.ours.torch_function

    def off_by_a_little(problem, device="cpu"):
        return right(problem._replace(h0=problem.h0 * 1.001) if problem.x.dtype == np.float32 else problem, device)

    monkeypatch.setattr(gpu_contestants.ours, "torch_function", off_by_a_little)
    lines = gpu_contestants.wrong("cpu", ["float32", "float64"])
    assert any(line.startswith(f"{cell} float32, several programs, function: ") for line in lines)
    assert not any("float64" in line or "nn_module" in line for line in lines)


@pytest.mark.parametrize("cell", CELLS)
def test_operations_are_those_that_torch_counts(cell):
    shape, B, H = (6, 3, 4, 5), 3, 5
    run = gpu_contestants.peers_torch.gates_packed(make_problem(cell, shape, "float32"))
    with FlopCounterMode(display=False) as counted:
        run()
    # where x and h have products of their own, autograd leaves out the one for h0, which needs no gradient
    left_out = 0 if cell == "lstm" else 2 * B * H * gpu_work.MATRICES[cell] * H
    assert counted.get_total_flops() == gpu_work.flops(cell, shape) - left_out


def test_bytes_of_a_case_done_by_hand():
    # an RNN, T = 2, B = 17, D = 3, H = 5: per step and sample 9 for x, 35 for a and delta, 15 for h and dh
    assert gpu_work.bytes_moved("rnn", (2, 17, 3, 5), 4, "on_chip") == (4 * 34 * 59, 4 * 2 * 2 * 25)
    assert gpu_work.bytes_moved("rnn", (2, 17, 3, 5), 4, "in_tiles") == (4 * 34 * 59, 4 * 2 * 2 * 2 * 25)
    assert gpu_work.bytes_moved("rnn", (2, 17, 3, 5), 4, "per_step") == (4 * 34 * 59, 4 * 2 * 2 * 25)
    card = gpu_work.Card(4 * 34 * 59 / 2e-3, {"float32": gpu_work.flops("rnn", (2, 17, 3, 5)) / 4e-3})
    used = gpu_work.shares("rnn", (2, 17, 3, 5), "float32", "on_chip", 8e-3, card)
    assert (round(used["bandwidth"], 9), round(used["flops"], 9)) == (0.25, 0.5)


def test_the_published_report_is_that_of_the_results_and_bears_out_what_is_said_of_it():
    results = json.loads((RESULTS / "gpu.json").read_text())
    assert (RESULTS / "gpu.md").read_text() == gpu_table.markdown(results)
    runs = results["runs"]
    function, graph = ([r["ratios"][our] for r in runs] for our in ("function", "graphed"))
    # chapter 7: less than half the time of a loop, two to twelve times that of cuDNN
    assert all(min(r["from_scratch"], r["gates_packed"]) > 2 for r in function)
    cudnn = [1 / r["nn_module"] for r in function]
    assert min(cudnn) > 1.5 and max(cudnn) < 12.5
    # chapter 7: the graph takes a quarter of the Function's time or less
    assert min(r["function"] for r in graph) > 3.85
    # chapter 7, the ladder: the LSTM at chapter size in float32
    (rung,) = (r["ratios"] for r in runs if (r["cell"], r["shape"], r["dtype"]) == ("lstm", "chapter", "float32"))
    assert (round(rung["function"]["from_scratch"], 1), round(rung["graphed"]["function"], 1)) == (8.5, 8.3)
    assert results["date"] in (RESULTS / "gpu.md").read_text()
    # chapter 7 and README: as a graph ahead of torch.nn for the LSTM and the GRU in every column
    assert all(r["ratios"]["graphed"]["nn_module"] > 1 for r in runs if r["cell"] != "rnn")
    # chapter 7: graph against graph, cuDNN is ahead at small shapes; at large ones ours is within a tenth, or ahead
    for r, ratios in zip(runs, graph, strict=True):
        if r["shape"] in ("teaching", "chapter"):
            assert ratios["graphed_nn_module"] < 1
        elif (r["cell"], r["shape"], r["dtype"]) != ("rnn", "large", "float32"):
            assert ratios["graphed_nn_module"] > 0.9


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA device")
def test_without_a_card_it_says_so_and_leaves_the_results_alone(tmp_path, capsys):
    gpu.main(["--out", str(tmp_path)])
    assert "no CUDA device" in capsys.readouterr().out
    assert not any(tmp_path.iterdir())


@cuda
@pytest.mark.cuda
def test_every_contestant_computes_the_same_on_the_card():
    assert gpu_contestants.wrong("cuda", ["float64", "float32", "float16"]) == []


@cuda
@pytest.mark.cuda
def test_a_run_leaves_figures_and_a_table(tmp_path):
    gpu.main(["--rounds", "1", "--shapes", "teaching", "--out", str(tmp_path)])
    results = json.loads((tmp_path / "gpu.json").read_text())
    for r in results["runs"]:
        assert r["ratios"].keys() == {"function", "graphed"} | (
            {"one_launch", "graphed_one_launch"} if r["dtype"] == "float32" else set()
        )
        assert all(0 < share["bandwidth"] < 1 and 0 < share["flops"] < 1 for share in r["shares"].values())
    assert (tmp_path / "gpu.md").read_text() == gpu_table.markdown(results)
