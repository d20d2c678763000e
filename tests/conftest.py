"""A machine may have only part of the project, a GPU host say: tests of what cannot be imported there are left out."""

import importlib.util

import pytest

NEEDED = {
    "nbgrader": ["authoring", "grading", "test_cli.py", "test_doctor.py", "test_jupyterlab.py"],
    "nbclient": ["test_jupyterlab.py", "labs"],
    "sphinx": ["book"],
    "hypothesis": ["numpy", "reference"],
    "IPython": ["checks/test_result.py"],
    "matplotlib": ["explorers", "labs", "test_diagrams.py", "test_lag.py", "test_picture.py", "test_plots.py"],
    "sklearn": ["training"],
    "statsmodels": ["data", "training"],
}

collect_ignore = [
    path for package, paths in NEEDED.items() if importlib.util.find_spec(package) is None for path in paths
]


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, one for all tests."""
    from browser import open_browser

    with open_browser() as browser:
        yield browser
