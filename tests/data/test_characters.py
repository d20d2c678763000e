import numpy as np
import pytest

from rnncourse.data import Alphabet, character_data, character_windows, corpus


def test_decoding_undoes_encoding():
    text = corpus()[:5000]
    alphabet = Alphabet.of(text)
    codes = alphabet.encode(text)
    assert codes.min() == 0 and codes.max() == len(alphabet) - 1
    assert alphabet.decode(codes) == text


def test_the_corpus_is_long_and_always_the_same():
    text = corpus()
    assert len(text) > 300_000
    assert text == corpus()


def test_an_unknown_character_is_named():
    with pytest.raises(ValueError, match=r"\['ö'\], which this alphabet of K = 3"):
        Alphabet.of("abc").encode("aböc")


@pytest.mark.parametrize("stride", [None, 1, 3])
def test_the_target_is_the_next_character(stride):
    codes = np.random.default_rng(0).integers(0, 9, 50)
    x, y = character_windows(codes, T=7, stride=stride)
    assert x.shape == y.shape
    np.testing.assert_array_equal(x[1:], y[:-1])
    np.testing.assert_array_equal(x[:, 1], codes[stride or 7 :][:7])
    assert y.max() < 9


def test_every_character_that_has_a_next_one_is_used():
    x, y = character_windows(np.arange(21), T=5)
    np.testing.assert_array_equal(x.T.ravel(), np.arange(20))
    assert y[-1, -1] == 20


def test_validation_is_the_last_part_of_the_text():
    data = character_data("abcdefghij" * 20 + "z" * 20, T=4, validation=20)
    z = data.alphabet.encode("z")
    assert (data.x_val == z).all() and (data.y_val == z).all()
    assert (data.x != z).all() and (data.y != z).all()


def test_floats_are_refused():
    with pytest.raises(ValueError, match=r"expected integers of shape \(L,\)"):
        character_windows(np.zeros(10), T=2)
