import json

from benchmarks.__main__ import README, main
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
    assert [r["cell"] for r in results["runs"]] == ["rnn", "gru"]
    for r in results["runs"]:
        assert all(seconds > 0 for seconds in r["seconds"].values())
        assert set(r["ratios"]) == set(r["seconds"]) - {"ours"}
    text = (tmp_path / "benchmarks.md").read_text()
    assert "| assignment-style NumPy |" in text
    assert text in capsys.readouterr().out


def test_the_readme_and_the_report_are_those_of_the_results():
    results = json.loads((RESULTS / "benchmarks.json").read_text())
    assert readme_table(results) in README.read_text(encoding="utf-8")
    assert (RESULTS / "benchmarks.md").read_text() == markdown(results)
