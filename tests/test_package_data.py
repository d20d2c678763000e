"""What is no Python file and is needed at run time goes into the wheel."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_file_beside_the_code_is_declared_as_package_data():
    with open(ROOT / "pyproject.toml", "rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]["rnncourse"]
    package = ROOT / "rnncourse"
    beside = {path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    declared = {path for pattern in patterns for path in package.glob(pattern)}
    assert package / "data" / "sunspots.csv" in beside
    assert not beside - declared
