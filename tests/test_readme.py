"""The first screen tells the truth: the answer in the README is the real one, and CI runs the README's commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", README, re.S).group(1)


def test_the_answer_in_the_readme_is_the_real_one(tmp_path):
    script = tmp_path / "answer.py"  # in a file, as in a notebook, its lines can be read
    script.write_text(block("python"), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == block("text").strip()


def test_the_readme_s_commands_are_the_ones_that_ci_runs():
    commands = {line.split("#")[0].strip() for line in block("bash").splitlines()}
    assert commands == {"make", "make test"}
    ci = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    assert [line for line in ci if line.startswith("make")] == ["make test", "make"]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)`", README))))
def test_every_target_in_the_readme_is_in_the_makefile(target):
    help_text = subprocess.run(["make", "help"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert re.search(rf"^{target} ", help_text, re.M)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)", README))))
def test_every_local_link_of_the_readme_leads_somewhere(link):
    assert (ROOT / link).exists()


def test_the_repository_s_address_is_the_same_everywhere():
    repository = re.search(r"^\s+url: (https://\S+)", (ROOT / "_config.yml").read_text(encoding="utf-8"), re.M).group(1)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'Repository = "{repository}"' in project
    owner, name = repository.split("/")[-2:]
    assert f'Book = "https://{owner}.github.io/{name}/"' in project
