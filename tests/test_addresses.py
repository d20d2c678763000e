"""The addresses of the course are those of pyproject.toml and of the book's configuration, which agree."""

import re
import tomllib
from pathlib import Path

from rnncourse.addresses import project_address

ROOT = Path(__file__).parents[1]


def test_addresses_are_those_of_the_project():
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert urls.keys() >= {"Repository", "Book"}
    assert {label: project_address(label) for label in urls} == urls


def test_the_book_links_to_the_same_repository():
    configured = re.findall(r"^repository:\n  url: (\S+)$", (ROOT / "_config.yml").read_text(encoding="utf-8"), re.M)
    assert configured == [project_address("Repository")]


def test_an_address_that_is_not_named_is_none():
    assert project_address("Nowhere") is None
