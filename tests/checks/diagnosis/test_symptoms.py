import pytest

from rnncourse.checks.diagnosis.symptoms import Symptom, symptom
from rnncourse.misconceptions import CATALOGUE


def of(exercise, label):
    return symptom(next(known for known in CATALOGUE[exercise] if known.label == label))


def test_it_says_which_outputs_are_wrong_and_where_nobody_notices():
    seen = of("rnn_backward", "overwrites-dW_hh")
    assert (seen.wrong, seen.right) == (("dW_hh",), ("dx", "dh0", "dW_xh", "db_h"))
    assert seen.unnoticed == "T = 1 and B = 1"
    assert str(seen) == "Wrong: `dW_hh`. Right: all others. Unnoticed if T = 1 and B = 1."


@pytest.mark.parametrize(
    "exercise, label, said",
    [
        ("rnn_step_backward", "transposed-dW_hh", "`dW_hh` is the transpose of the right one."),
        ("rnn_step_backward", "averages-db", "`db_h` is right up to a factor B: it is B times too small."),
        ("rnn_step", "swapped-weights", "Raises an error, unless D = H."),
        ("softmax", "no-max-shift", "`y_hat at ±1000` holds nan or inf. Right: `y_hat`."),
        ("delta_y_heads", "y-minus-y_hat", "each has the wrong sign throughout."),
    ],
)
def test_it_says_what_is_typical(exercise, label, said):
    assert said in str(of(exercise, label))


def test_long_lists_are_told_by_what_is_missing():
    names = tuple("abcde")
    assert str(Symptom(wrong=names, right=())) == "Wrong: all 5 outputs."
    assert str(Symptom(wrong=names, right=("f",))) == "Wrong: all 6 outputs but `f`."
    assert str(Symptom(wrong=("f",), right=names)) == "Wrong: `f`. Right: all others."


def test_an_argument_that_is_changed_is_a_symptom():
    seen = Symptom(wrong=(), right=("dx",), changed=("dh",))
    assert str(seen) == "Right: `dx`. Changes what it was given: `dh`."


@pytest.mark.parametrize("exercise", CATALOGUE)
def test_every_mistake_has_a_symptom(exercise):
    for misconception in CATALOGUE[exercise]:
        seen = symptom(misconception)
        assert seen.wrong or seen.changed or seen.raises is not None, misconception.label
