"""RNN-Bugs: its files are read strictly, its key is applied strictly, and what is held out stays as it was written."""

import hashlib
import inspect
import json

import numpy as np
import pytest
from support.tiers import some_of

from benchmarks.bugs.__main__ import main
from benchmarks.bugs.cases import FOLDER, SPLITS, CaseError, read_file, read_split
from benchmarks.bugs.judge import judge, missing, read_key
from benchmarks.bugs.lines import lines_shown, read_lines
from benchmarks.bugs.measure import measure, seeds_of
from benchmarks.bugs.table import markdown
from rnncourse.checks import EXERCISES
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import CATALOGUE

HEADER = '# %% id=a style=loop mistakes="b_h is left out; W_hh is transposed" origin="beginner"\n'
CELL = "def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    return np.tanh(x_t)\n"


@pytest.fixture
def read(tmp_path):
    def read_text(text, name="rnn_step"):
        path = tmp_path / "dev" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return read_file(path)

    return read_text


def test_a_case_has_its_fields_and_its_function_shows_its_source(read):
    first, second = read(HEADER + CELL + "\n" + HEADER.replace("id=a", "id=b-2") + CELL)
    assert (first.exercise, first.split, first.id, first.style) == ("rnn_step", "dev", "a", "loop")
    assert first.mistakes == ("b_h is left out", "W_hh is transposed")
    assert (first.line, second.line) == (2, 6)
    assert inspect.getsource(second.function()) == CELL
    assert first.function() is not first.function()


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "has to begin with"),
        (CELL + HEADER + CELL, "has to begin with"),
        (HEADER.replace("style", "colour") + CELL, "line 1: unknown key 'colour'"),
        (HEADER.replace("style=loop", "style=a style=b") + CELL, "style is given twice"),
        (HEADER.replace("style=loop ", "") + CELL, "style missing"),
        (HEADER.replace('"beginner"', '""') + CELL, "origin empty"),
        (HEADER.replace("id=a", "id=a!") + CELL, "wanted words joined by hyphens"),
        (HEADER.replace("id=a", "id") + CELL, "cannot read"),
        (HEADER.replace("W_hh is transposed", "") + CELL, "empty phrase"),
        (HEADER.replace("W_hh is transposed", "b_h is left out") + CELL, "or one twice"),
        (HEADER + CELL + HEADER + CELL, "line 4: id=a is on line 1 too"),
        (HEADER + CELL.replace("rnn_step", "step"), "does not define rnn_step"),
        (HEADER + CELL.replace(":", "", 1), "on line 2 of the file"),
        (HEADER + CELL.replace("np.tanh", "sigmoid"), "uses sigmoid, which nothing defines"),
        (HEADER + "f = scipy\n" + CELL, "uses scipy"),
    ],
)
def test_a_file_is_refused_in_words(read, text, message):
    with pytest.raises(CaseError, match=message):
        read(text)


def test_only_exercises_of_the_catalogue_have_files(read):
    with pytest.raises(CaseError, match="there is no exercise 'perceptron'"):
        read(HEADER + CELL, name="perceptron")


def test_a_split_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CaseError, match="there are no files in"):
        read_split("dev", folder=tmp_path)
    with pytest.raises(CaseError, match="dev has no file for perceptron"):
        read_split("dev", ["perceptron"])


def test_a_split_may_have_two_folders_and_an_id_occurs_once_in_both(tmp_path):
    def write(folder, name):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "rnn_step.py").write_text(HEADER.replace("id=a", f"id={name}") + CELL, encoding="utf-8")

    write("heldout", "a")
    write("heldout_right", "b")
    first, second = read_split("heldout", ["rnn_step"], tmp_path)
    assert (first.split, first.where) == ("heldout", "heldout/rnn_step.py, id=a")
    assert (second.split, second.where) == ("heldout", "heldout_right/rnn_step.py, id=b")
    write("heldout_right", "a")
    with pytest.raises(CaseError, match=r"heldout_right/rnn_step\.py, id=a: heldout/rnn_step\.py, id=a is there too"):
        read_split("heldout", folder=tmp_path)


def test_a_cell_may_define_its_function_in_any_way(read):
    ways = ["class Cell:\n    def __call__(self, x):\n        return x\n\nrnn_step = Cell()\n"]
    ways.append("from math import tanh\n\n" + CELL.replace("np.tanh", "tanh"))
    ways.append("rnn_step, memory = lambda *a: [k for k in a], {}\n")
    for way in ways:
        assert callable(read(HEADER + way)[0].function())


def test_a_cell_that_raises_is_named(read):
    with pytest.raises(CaseError, match="id=a: running the cell raised ZeroDivisionError"):
        read(HEADER + CELL + "1 / 0\n")[0].function()


ENTRIES = {
    frozenset(["b_h is left out"]): {"no-b_h"},
    frozenset(["W_hh is transposed"]): {"transposed-W_hh", "W_hh-wrong-way-round"},
    frozenset(["no bias for f", "no bias for i"]): {"no-biases"},
    frozenset(["h is NaN"]): set(),
}


@pytest.mark.parametrize(
    "mistakes, labels, outcome",
    [
        (["b_h is left out"], ["no-b_h"], "full"),
        (["W_hh is transposed"], ["transposed-W_hh", "W_hh-wrong-way-round"], "full"),
        (["b_h is left out", "W_hh is transposed"], ["no-b_h", "transposed-W_hh"], "full"),
        (["b_h is left out", "W_hh is transposed"], ["no-b_h"], "part"),
        (["b_h is left out", "W_hh is transposed"], ["no-b_h", "no-input"], "misnamed"),
        (["b_h is left out"], ["transposed-W_hh"], "misnamed"),
        (["b_h is left out"], ["no-b_h", "transposed-W_hh"], "misnamed"),
        (["b_h is left out"], [], "abstained"),
        (["h is NaN"], ["no-b_h"], "misnamed"),
        (["h is NaN"], [], "abstained"),
        (["unheard of"], ["no-b_h"], "misnamed"),
        (["no bias for f", "no bias for i"], ["no-biases"], "full"),
        (["no bias for f"], ["no-biases"], "misnamed"),
        (["no bias for f", "no bias for i", "h is NaN"], ["no-biases"], "part"),
    ],
)
def test_labels_are_judged_by_the_key(mistakes, labels, outcome):
    assert judge(False, labels, mistakes, ENTRIES) == outcome
    assert judge(True, labels, mistakes, ENTRIES) == "missed"


@pytest.mark.parametrize(
    "text, message",
    [
        ('[perceptron]\n"a" = []', "there is no exercise 'perceptron'"),
        ('[rnn_step]\n"a" = ["no-b_c"]', "no-b_c is no label of rnn_step"),
        ('[rnn_step]\n"a" = "no-b_h"', "wanted a list of labels"),
        ('rnn_step = "a"', "no table of phrases"),
        ('[rnn_step]\n"a" = []\n"a" = []', "labels.toml"),
    ],
)
def test_a_key_is_refused_in_words(tmp_path, text, message):
    path = tmp_path / "labels.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=message):
        read_key(path)


def test_equal_labels_name_the_same(tmp_path):
    path = tmp_path / "labels.toml"
    path.write_text('[rnn_step]\n"a; b" = ["no-b_h"]\n', encoding="utf-8")
    assert read_key(path) == {"rnn_step": {frozenset("ab"): {"no-b_h"}}}


@pytest.mark.parametrize("name", some_of(CATALOGUE, 0, 4))
def test_no_phrase_of_any_split_lacks_an_entry(name):
    cases = [case for split in SPLITS for case in read_split(split, [name])]
    assert cases and missing(cases, read_key(exercises=[name])) == {}


def test_a_phrase_without_an_entry_is_listed(read):
    assert missing(read(HEADER + CELL), {"rnn_step": ENTRIES}) == {}
    assert missing(read(HEADER.replace("left", "put") + CELL), {"rnn_step": ENTRIES}) == {
        "rnn_step": ["b_h is put out"]
    }


def test_the_first_seed_is_a_learners_and_none_comes_twice():
    assert seeds_of(3) == [PUBLIC_SEED, 0, 1]
    assert len(set(seeds_of(40))) == 40


STEP = "def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    "
RIGHT = f"{STEP}return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)\n"
WRONG = f"{STEP}print('hello')\n    return x_t @ W_xh.T + h_prev @ W_hh.T\n"


def header(name, mistakes=""):
    return f'# %% id={name} style=loop mistakes="{mistakes}" origin="here"\n'


def test_the_outcomes_of_a_file(read, capsys):
    mistakes = "b_h is left out; tanh is missing"
    text = header("a", mistakes) + RIGHT + header("b", mistakes) + WRONG + header("c") + RIGHT + header("d") + WRONG
    entries = {frozenset(["b_h is left out"]): {"no-b_h"}, frozenset(["tanh is missing"]): {"no-activation"}}
    rows = measure(read(text), {"rnn_step": entries}, seeds_of(2))
    assert [row["outcome"] for row in rows] == ["missed", "full", "right", "false alarm"]
    assert rows[1]["labels"] == ["no-activation", "no-b_h"]
    assert all(row["ms"] > 0 and row["points_differ"] == row["labels_differ"] == 0 for row in rows)
    assert capsys.readouterr().out == ""
    table = markdown({"machine": "here", "seeds": 2, "cases": rows})
    assert "## dev: 2 wrong, 2 right" in table
    assert "| 2 | 2 | 50.0 % (1) | 50.0 % (1) | 0.0 % (0) |" in table


def test_points_that_depend_on_the_seed_are_counted(read):
    learners, graders = seeds_of(2)
    first = EXERCISES["rnn_step"].probes(np.random.default_rng(graders))[0].arguments["x_t"][0, 0]
    cell = RIGHT.replace("+ b_h", f"+ b_h * (x_t[0, 0] != {float(first)!r})")
    (row,) = measure(read(header("a") + cell), {}, [learners, learners])
    assert (row["outcome"], row["points_differ"]) == ("right", 0)
    (row,) = measure(read(header("a") + cell), {}, [learners, graders])
    assert (row["outcome"], row["points_differ"]) == ("right", 1)


@pytest.mark.parametrize(
    "exercises, seeds", [(["rnn_step"], "1"), pytest.param(["rnn_step", "softmax"], "2", marks=pytest.mark.slow)]
)
def test_the_dev_split_runs_from_end_to_end(exercises, seeds, tmp_path, capsys):
    main(["--split", "dev", "--exercises", *exercises, "--seeds", seeds, "--out", str(tmp_path)])
    results = json.loads((tmp_path / "bugs.json").read_text())
    assert {row["exercise"] for row in results["cases"]} == set(exercises)
    assert {len(row["mistakes"]) for row in results["cases"]} == {0, 1, 2, 3}
    assert not {row["outcome"] for row in results["cases"]} & {"false alarm", "missed", "misnamed"}
    assert (tmp_path / "bugs.md").read_text() in capsys.readouterr().out


@pytest.mark.parametrize(
    "only", [["--exercises", "rnn_step", "softmax"], pytest.param([], id="all", marks=pytest.mark.slow)]
)
def test_missing_lists_and_an_error_is_told_in_words(only, capsys):
    main(["--split", "dev", "--missing", *only])
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit):
        main(["--split", "dev", "--exercises", "perceptron"])
    assert capsys.readouterr().err.startswith("dev has no file for perceptron")


@pytest.mark.parametrize("folder", SPLITS["heldout"])
def test_what_is_held_out_never_changes(folder):
    lines = (FOLDER / f"{folder}.sha256").read_text(encoding="utf-8").splitlines()
    written = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {f"{folder}/{path.name}": path for path in (FOLDER / folder).glob("*.py")}
    assert written == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}


def test_a_right_line_counts_only_for_a_mistake_that_was_named(read):
    entries = {
        frozenset([phrase]): {label} for phrase, label in (("b_h is left out", "a"), ("W_hh is transposed", "b"))
    }
    (case,) = read(header("einsum-indices-exchanged", mistakes="b_h is left out; W_hh is transposed") + CELL)
    accepted = {"rnn_step": {"dev/einsum-indices-exchanged": [[2], [4]]}}
    assert lines_shown(case, [("a", 2, 2), ("b", 3, 5)], entries, accepted) == (2, 2)
    assert lines_shown(case, [("a", 3, 3), ("c", 4, 4)], entries, accepted) == (2, 0)
    assert lines_shown(case, [("a", 2, 2)], entries, {}) == (0, 0)


def test_every_wrong_case_says_on_which_lines_its_mistakes_stand():
    lines = read_lines()
    for case in (case for split in SPLITS for case in read_split(split) if case.mistakes):
        accepted = lines[case.exercise][f"{case.split}/{case.id}"]
        assert len(accepted) == len(case.mistakes) and all(accepted), case.where
        written = case.source.splitlines()
        assert all(written[number - 1].strip() for numbers in accepted for number in numbers), case.where
