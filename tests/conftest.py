"""A machine may have only part of the project, a GPU host say: tests of what cannot be imported there are left out."""

import importlib.util

import pytest

NEEDED = {
    "nbgrader": [
        "authoring",
        "benchmarks/test_classroom.py",
        "grading",
        "test_cli.py",
        "test_doctor.py",
        "test_jupyterlab.py",
    ],
    "jupytext": ["checks/test_styles.py", "checks/test_styles_torch.py", "checks/test_torch_function.py"],
    "nbclient": ["test_jupyterlab.py", "labs"],
    "sphinx": ["book"],
    "hypothesis": ["numpy", "reference"],
    "IPython": ["checks/test_result.py"],
    "matplotlib": ["explorers", "labs", "test_diagrams.py", "test_lag.py", "test_picture.py", "test_plots.py"],
    "sklearn": ["training"],
    "distributed": ["grading/test_dask_pool.py", "grading/test_station.py"],
    "psycopg": ["grading/test_database.py"],
    "yaml": ["test_workflows.py"],
}

collect_ignore = [
    path for package, paths in NEEDED.items() if importlib.util.find_spec(package) is None for path in paths
]


COSTLY = ("graded_class", "built")
"""Session fixtures that take minutes of a core: the tests that use one run in the same process."""


@pytest.hookimpl(tryfirst=True)  # before the plugin that reads the groups
def pytest_collection_modifyitems(items):
    """With several processes (``--dist loadgroup``) what is made once for several tests is made in one of them."""
    for item in items:
        shared = next((name for name in COSTLY if name in getattr(item, "fixturenames", ())), None)
        item.add_marker(pytest.mark.xdist_group(shared or item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, one for all tests."""
    from browser import open_browser

    with open_browser() as browser:
        yield browser
