"""Collect the tests that can run here, group those that share something costly, and open one browser for all.

A machine may have only part of the project, a GPU host say: tests of what cannot be imported there are left out.
"""

import gc
import importlib.util
import os

import pytest

NEEDED = {
    "nbgrader": [
        "authoring",
        "benchmarks/test_classroom.py",
        "benchmarks/test_hostile.py",
        "grading",
        "test_cli.py",
        "test_doctor.py",
        "test_jupyterlab.py",
        "test_jupyterlab_chinese.py",
    ],
    "jupytext": ["checks/exercises/test_torch_function.py", "checks/styles", "checks/test_seeds.py"],
    "nbclient": ["interactive/widgets", "test_jupyterlab.py", "test_jupyterlab_chinese.py"],
    "sphinx": ["book"],
    "hypothesis": ["numpy", "reference"],
    "IPython": ["checks/reporting/test_result.py"],
    "babel": ["checks/test_language.py"],
    "matplotlib": ["interactive", "plotting"],
    "sklearn": ["training"],
    "distributed": ["grading/run/test_dask_pool.py", "grading/run/test_dask_worker.py"],
    "psycopg": ["grading/gradebook/test_database.py"],
    "psutil": ["benchmarks/pages"],
    "yaml": ["test_workflows.py"],
}

collect_ignore = [
    path for package, paths in NEEDED.items() if importlib.util.find_spec(package) is None for path in paths
]

COSTLY = ("built", "graded_class")
"""Session fixtures that take a minute or more: the files with a test that uses one run in the same process."""

FIRST = (
    "built",
    "graded_class",
    "tests/authoring/test_release.py",
    "tests/grading/feedback/test_exporter.py",
    "tests/interactive/explorers/test_explorers.py",
    "tests/checks/execution/test_bad_answers.py",
    "tests/checks/diagnosis/test_naming.py",
    "tests/grading/run/test_kills.py",
    "tests/grading/run/test_resume.py",
    "tests/grading/run/test_dask_pool.py",
    "tests/grading/test_cheats.py",
    "tests/grading/test_faults.py",
    "tests/grading/sandbox/protocol/test_conversation.py",
    "tests/grading/sandbox/test_sandbox.py",
    "tests/training/test_keras.py",
    "tests/test_jupyterlab.py",
)
"""Groups of tests, the longest first: with several processes none of them begins when the others are nearly done."""


def pytest_configure(config):
    """Schedule by groups where there are several processes, and give each of them one thread.

    With as many processes as cores the threads of BLAS wait for one another, and the checks take a quarter longer.
    """
    if config.pluginmanager.hasplugin("xdist"):
        from support import scheduling

        config.pluginmanager.register(scheduling)
        if config.getoption("numprocesses"):
            os.environ.setdefault("OMP_NUM_THREADS", "1")  # which the processes inherit, and all that they start


@pytest.hookimpl(trylast=True)  # when it is clear which tests run
def pytest_collection_modifyitems(config, items):
    """Group the tests: a file is never split, and files that share a costly fixture are one group."""
    fixtures = {}
    for test in items:
        fixtures.setdefault(test.path, set()).update(getattr(test, "fixturenames", ()))
    groups = {}
    for test in items:
        shared = next((name for name in COSTLY if name in fixtures[test.path]), None)
        groups[test] = shared or test.nodeid.partition("::")[0]
        test.add_marker(pytest.mark.xdist_group(groups[test]))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda test: FIRST.index(groups[test]) if groups[test] in FIRST else len(FIRST))
        from support import scheduling

        scheduling.write_groups(config, items)


def pytest_collection_finish():
    """Keep what has been collected, some ten thousand tests, from being looked at by each garbage collection."""
    gc.freeze()


@pytest.fixture(scope="session")
def released_sets(request, tmp_path_factory):
    """Release every problem set of the course into a course directory; for reading and copying."""
    from support.once import make_once
    from support.releasing import release_copy

    return make_once(request, tmp_path_factory, "released_sets", release_copy)


@pytest.fixture(scope="session")
def browser():
    """Open a headless Chromium, one for all tests."""
    from support.browser import open_browser

    with open_browser() as browser:
        yield browser
