"""A new course holds what an instructor edits, and nothing that the package has."""

import hashlib
import re
import tomllib

import pytest

from rnncourse.authoring.chosen_sets import bring_sources, chosen_sets, points_of, shipped_sources
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.new_course import FILES, make_course
from rnncourse.authoring.release import problem_sets
from rnncourse.checks.registry import EXERCISES


@pytest.fixture
def course(tmp_path):
    """A new course with two problem sets."""
    make_course(tmp_path / "rnns-2027", ["ps1_forward", "ps3_bptt"])
    return tmp_path / "rnns-2027"


def edit(course, old, new):
    path = course / "course.toml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_it_has_its_files_and_no_other(course):
    assert sorted(path.name for path in course.iterdir()) == sorted(FILES)
    assert (course / "students.csv").read_text() == "id,first_name,last_name,email\n"
    assert 'course_id = "rnns-2027"' in (course / "nbgrader_config.py").read_text()
    assert (course / "requirements.txt").read_text().startswith("rnncourse[teach]")


def test_the_course_file_has_the_sets_and_their_points_to_edit(course):
    text = (course / "course.toml").read_text()
    assert tomllib.loads(text) == {"course": {"name": "rnns-2027"}, "sets": {"ps1_forward": {}, "ps3_bptt": {}}}
    free = tomllib.loads(re.sub(r"^# (?=due|\[sets|\w+ = [\d.]+$)", "", text, flags=re.MULTILINE))
    assert free["sets"]["ps1_forward"]["due"].tzinfo is not None
    points = {name: value for table in free["sets"].values() for name, value in table["points"].items()}
    assert points == {name: EXERCISES[name].maximum for name in points} and "rnn_backward" in points


def test_all_sets_by_default(tmp_path):
    make_course(tmp_path / "all")
    assert sorted(chosen_sets(tmp_path / "all")) == sorted(shipped_sources()) == problem_sets(tmp_path / "all")
    assert len(shipped_sources()) == 6


@pytest.mark.parametrize(
    "name, sets, says",
    [
        ("full", None, "is not empty"),
        ("-x", None, "can not be called '-x'"),
        ("new", ["ps9"], "there is no problem set ps9; the package has ps1_forward"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path, name, sets, says):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").write_text("mine")
    with pytest.raises(CourseError, match=re.escape(says)):
        make_course(tmp_path / name, sets)
    assert [path.name for path in tmp_path.iterdir()] == ["full"] and len(list((tmp_path / "full").iterdir())) == 1


def test_sources_are_brought_and_brought_anew(course):
    bring_sources(course)
    source = course / "solutions" / "ps1_forward" / "ps1_forward.py"
    assert source.read_bytes() == shipped_sources()["ps1_forward"].read_bytes()
    assert not (course / "solutions" / "ps2_loss").exists()
    source.write_text("older")  # as an older package had it
    brought = course / "solutions" / ".brought.json"
    old = hashlib.sha256(b"older").hexdigest()
    brought.write_text(re.sub(r'("ps1_forward": )"\w+"', rf'\1"{old}"', brought.read_text()))
    bring_sources(course)
    assert source.read_bytes() == shipped_sources()["ps1_forward"].read_bytes()


def test_what_the_instructor_has_changed_is_left(course):
    bring_sources(course)
    source = course / "solutions" / "ps1_forward" / "ps1_forward.py"
    source.write_text(source.read_text() + "\n# mine\n")
    bring_sources(course)
    assert source.read_text().endswith("# mine\n")


def test_a_set_of_one_s_own(course):
    edit(course, "[sets.ps3_bptt]", "[sets.own]\n[sets.ps3_bptt]")
    with pytest.raises(CourseError, match=r"has \[sets.own\], and there is no .*own.py; the package has ps1_forward"):
        bring_sources(course)
    (course / "solutions" / "own").mkdir(parents=True)
    (course / "solutions" / "own" / "own.py").write_text("x = 1\n")
    bring_sources(course)
    assert problem_sets(course) == ["own", "ps1_forward", "ps3_bptt"]


def test_points_are_read_and_what_is_none_is_said(course):
    assert points_of(course, "ps1_forward") == points_of(course, "ps2_loss") == {}
    edit(course, "# [sets.ps1_forward.points]", "[sets.ps1_forward.points]\nrnn_step = 50")
    assert points_of(course, "ps1_forward") == {"rnn_step": 50.0}
    edit(course, "rnn_step = 50", "rnn_step = 'many'")
    with pytest.raises(CourseError, match="rnn_step of ps1_forward is 'many'; expected a number of points"):
        points_of(course, "ps1_forward")
    edit(course, "rnn_step = 'many'", "rnn_step =")
    with pytest.raises(CourseError, match=r"course\.toml cannot be read"):
        chosen_sets(course)


def test_a_course_without_the_file_has_its_solutions_alone(tmp_path):
    assert chosen_sets(tmp_path) == {}
    bring_sources(tmp_path)
    assert list(tmp_path.iterdir()) == []
