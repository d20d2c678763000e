"""Where results lie, and how they get there: the figures as JSON, the table as Markdown, and on the screen."""

import json
import os
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def publish(folder, name, results, text):
    """Write results to name.json and text to name.md in a folder, each in one piece, and print the text."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"{name}.json": json.dumps(results, indent=1) + "\n", f"{name}.md": text}
    fresh = {folder / f"{file}.new": folder / file for file in contents}
    for path, content in zip(fresh, contents.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    for path, place in fresh.items():
        os.replace(path, place)
    print(text)
