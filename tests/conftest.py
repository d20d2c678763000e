"""A machine may have only part of the project, a GPU host say: tests of what cannot be imported there are left out."""

import importlib.util

NEEDED = {
    "nbgrader": ["authoring", "grading", "test_cli.py", "test_jupyterlab.py"],
    "nbclient": ["test_jupyterlab.py", "test_labs.py"],
    "sphinx": ["book"],
    "hypothesis": ["numpy", "reference"],
    "IPython": ["checks/test_result.py"],
    "matplotlib": ["explorers", "test_diagrams.py", "test_labs.py", "test_lag.py", "test_picture.py", "test_plots.py"],
    "sklearn": ["training"],
    "statsmodels": ["data", "training"],
}

collect_ignore = [
    path for package, paths in NEEDED.items() if importlib.util.find_spec(package) is None for path in paths
]
