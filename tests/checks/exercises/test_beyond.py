"""Problem set 6: bad answers are told why."""

import numpy as np
import pytest
from checks.styles.beyond.test_styles_generate import generate
from checks.styles.beyond.test_styles_gru import step
from checks.styles.beyond.test_styles_gru_backward import backward

from rnncourse import check


@pytest.mark.parametrize(
    "exercise, function, said",
    [
        ("gru_step", lambda *a: None, "returned 1 value"),
        ("gru_step", lambda *a: step(*a)[:3], "returned 3 values"),
        ("gru_step", lambda *a: tuple(value * np.nan for value in step(*a)), "expected finite numbers"),
        ("gru_step", lambda *a: tuple(value.T for value in step(*a)), "it is transposed"),
        ("gru_backward", lambda *a: backward(*a)[:2], "returned 2 values"),
        ("sample", lambda z, temperature, u: None, "is None"),
        ("sample", lambda z, temperature, u: np.zeros((len(z), 1)), "an axis of length 1 too many"),
        ("sample", lambda z, temperature, u: z.argmax(1), "argmax-for-sampling"),
        ("generate", lambda *a: generate(*a)[0], "returned 1 value"),
        ("generate", None, "it was given None"),
    ],
)
def test_bad_answers_are_told_why(exercise, function, said):
    result = check.check(exercise, function)
    assert not result.passed
    assert said in str(result)
