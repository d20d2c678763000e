"""Write results into their folder: the figures as JSON, the table as Markdown; and print the table."""

import json
from pathlib import Path

from rnncourse.files import write_atomically

RESULTS = Path(__file__).parent / "results"


def publish(folder, name, results, text):
    """Write results to name.json and text to name.md in a folder, each in one piece, and print the text."""
    write_atomically(folder / f"{name}.json", json.dumps(results, indent=1) + "\n")
    write_atomically(folder / f"{name}.md", text)
    print(text)
