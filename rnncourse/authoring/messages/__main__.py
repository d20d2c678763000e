"""Write what the problem sets say into their catalogues: ``python -m rnncourse.authoring.messages``."""

from pathlib import Path

from rnncourse.authoring.messages.update import update_catalogues

if __name__ == "__main__":
    for path, new, stale in update_catalogues(Path.cwd()):
        print(f"{path}: {new} to translate, {stale} to look at again")
