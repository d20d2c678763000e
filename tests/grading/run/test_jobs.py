"""What goes between the driver and its workers."""

import pickle
import select

from support.handed_in import NAME, RIGHT

from rnncourse.grading.run import jobs
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox.running import close_sandboxes


def test_an_outcome_goes_through_a_file_so_that_the_message_about_it_is_one_piece(course, tmp_path):
    """A pipe takes no part of a message of up to PIPE_BUF bytes: a killed worker has sent all of it or nothing."""
    course.hand_in("ada", RIGHT | {"rnn_step": RIGHT["rnn_step"] + "\nprint('long ' * 5000)"})
    (job,) = Driver(course.folder, NAME).run.jobs
    path = jobs.grade_into(job, str(tmp_path))
    close_sandboxes()
    assert len(pickle.dumps(path)) < select.PIPE_BUF / 8
    outcome = jobs.take_outcome(path)
    assert len(pickle.dumps(outcome)) > 5 * select.PIPE_BUF
    assert outcome["student"] == "ada" and sum(outcome["scores"][NAME].values()) == 100
    assert not list(tmp_path.glob("*.json"))
