"""Bring the catalogues of the package and the problem sets up to date: ``python -m rnncourse.authoring.messages``."""

from pathlib import Path

from rnncourse.authoring.messages.package import update_package_catalogues
from rnncourse.authoring.messages.update import update_catalogues

if __name__ == "__main__":
    for path, messages, translated in update_package_catalogues():
        print(f"{path.name}: {messages} messages, {messages - translated} to translate")
    for path, new, stale in update_catalogues(Path.cwd()):
        print(f"{path.name}: {new} to translate, {stale} to look at again")
