"""A submission's key changes when anything does on which its grade depends."""

from support.handed_in import NAME

from rnncourse.grading.run import submissions


def test_a_key_follows_content_student_and_rules(released_course):
    path = released_course.hand_in("ada")
    released_course.hand_in("bela")

    def keys(rules=0):
        return {
            submission.student: submission.key
            for submission in submissions.find(released_course.folder / "submitted", NAME, (NAME,), rules)
        }

    before = keys()
    assert before == keys() and before["ada"] != before["bela"] and keys(1)["ada"] != before["ada"]
    path.write_text(path.read_text() + "\n")
    assert keys()["ada"] != before["ada"] and keys()["bela"] == before["bela"]
