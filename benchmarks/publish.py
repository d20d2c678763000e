"""Where results lie, and how they get there: the figures as JSON, the table as Markdown, and on the screen."""

import json
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def publish(folder, name, results, text):
    """Write results to name.json and text to name.md in a folder, and print the text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
