"""Which attempt is in the gradebook is noted, whatever a student is called."""

from rnncourse.grading.run.attempts import Attempts


def test_what_is_noted_is_read_and_a_long_name_is_no_problem(tmp_path):
    attempts = Attempts(tmp_path / "attempts")
    assert attempts.entered("ada") is None
    attempts.note("x" * 255, "one")
    attempts.note("ada", "two")
    assert (Attempts(tmp_path / "attempts").entered("x" * 255), attempts.entered("ada")) == ("one", "two")
