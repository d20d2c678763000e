"""The workflow files are valid, and run what the README tells a newcomer to run."""

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_the_workflows_follow_the_schema():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert WORKFLOWS and done.returncode == 0, done.stdout


def runs(name):
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
    return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]


def test_the_workflows_run_our_own_targets():
    assert runs("tests.yml") == [".ci/run"]
    assert runs("nightly.yml") == [".ci/parts", "make test-all"]
    assert runs("book.yml") == ["make book"]
