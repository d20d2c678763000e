import json

import numpy as np
import pytest

from benchmarks.__main__ import README, machine, main
from benchmarks.publish import RESULTS
from benchmarks.table import markdown, readme_table


def test_a_run_leaves_figures_and_a_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("benchmarks.memory.SHAPE", (9, 2, 3, 4))
    main(
        [
            "--rounds",
            "1",
            "--cells",
            "rnn",
            "lstm",
            "gru",
            "--shapes",
            "teaching",
            "--dtypes",
            "float32",
            "--out",
            str(tmp_path),
        ]
    )
    results = json.loads((tmp_path / "benchmarks.json").read_text())
    assert [r["cell"] for r in results["runs"]] == ["rnn", "lstm", "gru"]
    for r in results["runs"]:
        assert all(seconds > 0 for seconds in r["seconds"].values())
        assert set(r["ratios"]) == set(r["seconds"]) - {"ours"}
        assert ("calls_alone" in r["seconds"]) == (r["cell"] == "lstm")
    text = (tmp_path / "benchmarks.md").read_text()
    assert "| assignment-style NumPy |" in text
    assert text in capsys.readouterr().out


def test_the_readme_and_the_report_are_those_of_the_results_and_bear_out_what_is_said_of_them():
    results = json.loads((RESULTS / "benchmarks.json").read_text())
    assert readme_table(results) in README.read_text(encoding="utf-8")
    assert (RESULTS / "benchmarks.md").read_text() == markdown(results)
    # chapter 7: packing the gates helps the loop; at large the products are nine tenths of the Function's time
    for r in results["runs"]:
        times = r["seconds"]
        assert times["torch_function"] < times["gates_packed"] < times["from_scratch"]
        if r["shape"] == "large":
            assert times["torch_products_alone"] / times["torch_function"] > 0.88


def test_the_machine_is_named_with_the_code_that_its_blas_runs():
    threadpool_info = pytest.importorskip("threadpoolctl").threadpool_info
    pytest.importorskip("scipy.linalg")  # its OpenBLAS is another one
    version = np.show_config(mode="dicts")["Build Dependencies"]["blas"]["version"]
    code = {p["architecture"] for p in threadpool_info() if p["internal_api"] == "openblas"}
    if not code:
        pytest.skip("NumPy computes with another BLAS here")
    assert machine().endswith(tuple(f"OpenBLAS {version} for {name}" for name in code))
    assert machine().count("OpenBLAS") == 1
