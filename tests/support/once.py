"""Make a folder once in a test run, also where the run has several processes."""

import shutil

from filelock import FileLock


def make_once(request, tmp_path_factory, name, make):
    """Make a folder in the first process that asks for it; the others wait until it is there.

    Parameters
    ----------
    request : pytest.FixtureRequest
        Of the fixture that gives the folder.
    tmp_path_factory : pytest.TempPathFactory
    name : str
        Name of the folder.
    make : callable
        Called with the folder, which does not exist yet.

    Returns
    -------
    folder : pathlib.Path
        To be read and copied only, for others read it too.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that failed
            make(folder)
            done.touch()
    return folder
