import subprocess
import sys

import pytest

from rnncourse.training.backends import get_backend


def test_an_unknown_backend_is_refused(notes_model):
    with pytest.raises(ValueError, match=r"backend is 'jax'; expected one of \('numpy', 'torch'\)"):
        get_backend("jax", notes_model, "float64")


def test_the_numpy_backend_trains_where_torch_and_the_extras_are_missing():
    absent = "torch", "rich", "sklearn", "joblib", "matplotlib", "statsmodels", "scipy"
    program = f"""
import sys
sys.modules.update(dict.fromkeys({absent!r}))  # None: importing it raises ImportError
import numpy as np
import rnncourse.data
from rnncourse.training import Dense, Model, RNN, fit
fitted = fit(Model([RNN(2), Dense(1)]), np.ones((3, 4, 1)), np.ones((3, 4, 1)), epochs=1)
assert fitted.predict(np.ones((3, 2, 1))).shape == (3, 2, 1)
try:
    fit(fitted.model, np.ones((3, 4, 1)), np.ones((3, 4, 1)), backend="torch")
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == 'backend="torch" needs torch: pip install torch, or take backend="numpy"\n'
