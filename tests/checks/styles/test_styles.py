"""No right style is ever failed: for every exercise, right answers in at least twenty styles stand in these tests."""

import importlib
import importlib.util
from pathlib import Path

import pytest

from rnncourse.misconceptions import CATALOGUE

HERE = Path(__file__).parent
WANTED = 20

MODULES = [
    importlib.import_module(f"checks.styles.{path.parent.name}.{path.stem}")
    for path in sorted(HERE.glob("*/test_styles_*.py"))
    if path.stem != "test_styles_torch" or importlib.util.find_spec("torch")
]
STYLES = {name: ways for module in MODULES for name, ways in module.STYLES.items()}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_exercise_has_twenty_styles(name):
    if name == "rnn_function":
        pytest.importorskip("torch")
    assert len(STYLES[name]) >= WANTED
    assert len({id(way) for way in STYLES[name].values()}) == len(STYLES[name])
