import pytest

from rnncourse.training import SGD, Adam


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SGD(0), "learning_rate is 0"),
        (lambda: SGD(float("nan")), "learning_rate is nan"),
        (lambda: SGD(0.1, momentum=1.0), "0 <= momentum < 1"),
        (lambda: Adam(weight_decay=-1), "weight_decay is -1"),
        (lambda: Adam(beta_2=1.0), r"expected both in \[0, 1\)"),
    ],
)
def test_settings_that_cannot_work_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
