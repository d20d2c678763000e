"""Run the explorers' JavaScript under Node."""

import json
import os
import shutil
import subprocess

import pytest

from rnncourse.interactive.explorers.explorer import FOLDER


def evaluate(module, expression, **arguments):
    """Evaluate an expression under node.

    Parameters
    ----------
    module : str
        File name of an explorer's module; its exports are ``module`` in the expression.
    expression : str
        JavaScript; its value must be JSON (NaN and infinity are not).
    **arguments
        JSON; ``args`` in the expression.

    Returns
    -------
    value : object
    """
    if not shutil.which("node"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("node is not installed")
    script = (
        f"const module = await import({json.dumps((FOLDER / module).as_uri())});"
        f"const args = {json.dumps(arguments)};"
        f"console.log(JSON.stringify({expression}));"
    )
    command = ["node", "--no-warnings", "--input-type=module", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
