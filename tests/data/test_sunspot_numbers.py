import subprocess
import sys

import numpy as np
import pytest

from rnncourse.data import sunspots


def test_it_is_what_statsmodels_loads():
    dataset = pytest.importorskip("statsmodels.datasets.sunspots")
    frame = dataset.load_pandas().data
    years, activity = sunspots()
    np.testing.assert_array_equal(years, frame["YEAR"])
    np.testing.assert_array_equal(activity, frame["SUNACTIVITY"])


def test_309_years_in_order():
    years, activity = sunspots()
    np.testing.assert_array_equal(years, np.arange(1700, 2009))
    assert activity.shape == (309,) and activity.dtype == np.float64


def test_it_needs_numpy_alone():
    code = """
import sys
sys.modules.update(dict.fromkeys(["statsmodels", "pandas", "scipy", "matplotlib"]))  # None: cannot be imported
from rnncourse.data import sunspots
print(sunspots().activity.max())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "190.2", done.stderr
