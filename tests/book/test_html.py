"""Every page is valid HTML in the eyes of the Nu checker."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_the_nu_checker_finds_no_error(site):
    if not (NU.exists() and shutil.which("java")):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the Nu checker needs Java and: npm ci")
    command = ["java", "-Xss4m", "-jar", NU, "--format", "json", "--errors-only", "--skip-non-html", site]
    done = subprocess.run(command, capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    found = {f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}" for one in messages}
    assert sorted(found) == []
