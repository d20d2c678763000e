"""A chapter can be opened live: the launch button leads to this repository, and what it needs is installed there."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["01_structure", "06_long_memory"])
def test_the_launch_button_opens_the_chapter(site, page):
    repository = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    owner_and_name = repository["url"].removeprefix("https://github.com/")
    text = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    wanted = f"/v2/gh/{owner_and_name}/{repository['branch']}?urlpath=lab/tree/book/{page}.md"
    assert any(link.endswith(wanted) for link in re.findall(r'href="([^"]+)"', text))


def test_what_is_installed_for_it_are_extras_that_exist():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    lines = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (ours,) = [line for line in lines if line.startswith(".")]
    assert set(re.fullmatch(r"\.\[([\w,]+)\]", ours).group(1).split(",")) <= set(extras)
    assert any(line.startswith("jupytext") for line in lines)
