"""The table of what an exercise in the page costs has a row for each run, and says where there is no lab."""

import pytest

from benchmarks.pages import exercise

STEP = {"s": 1.25, "kB": 1234.5, "requests": 3}
RUN = {"state": "cold", "times": 1, "page": STEP, "editor": STEP, "first": STEP, "next": STEP, "lab": STEP}


def test_the_table():
    without = {name: value for name, value in RUN.items() if name != "lab"} | {"state": "warm", "times": 4}
    text = exercise.markdown([RUN, without])
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    assert len({len(row) for row in rows}) == 1
    assert rows[2] == ["cold", "as it is", *["1,234", "1.2"] * 3, "1250", "1,234", "1.2"]
    assert rows[3][:2] == ["warm", "4 times slower"] and rows[3][-2:] == ["-", "-"]


def test_the_page_of_an_exercise_is_found_in_the_site(monkeypatch, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "03_loss.html").write_text('<section id="exercise-softmax">')
    monkeypatch.setattr(exercise, "SITE", tmp_path)
    assert exercise.find_page("softmax") == "book/03_loss.html"
    with pytest.raises(FileNotFoundError, match="run `make book` first"):
        exercise.find_page("rnn_step")
