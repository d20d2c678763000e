"""Of a code cell comments and words are translated, and nothing else changes."""

import ast
from pathlib import Path

import pytest
from cells import CELL, cell_messages, translate_cells

PAGES = sorted((Path(__file__).resolve().parents[3] / "book").glob("*.md"))
PAGE = """# A title

```{code-cell} ipython3
---
tags: [hide-input]
mystnb:
  figure:
    caption: |
      Some words.
---
a = 1  # one line
print("two words", f"three {a} more")
```

```python
b = 2  # not run
```

```{code-cell} ipython3
:tags: [remove-input]

print("last of all")
```
"""


def test_comments_and_sentences_are_found():
    assert cell_messages(PAGE) == ["Some words.", "one line", "two words", "three {a} more", "last of all"]


def test_a_translation_stands_in_the_same_place():
    known = {"one line": "一行", "three {a} more": "还有 {a} 个", "Some words.": "几句话。"}
    page = translate_cells(PAGE, lambda message: known.get(message, message))
    for message, said in known.items():
        assert page.count(said) == 1
        page = page.replace(said, message)
    assert page == PAGE


def without_strings(code):
    """Write code as Python reads it, with nothing in its strings."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        elif isinstance(node, ast.JoinedStr):
            node.values = [part for part in node.values if isinstance(part, ast.FormattedValue)]
    return ast.dump(tree)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_code_of_every_page_stays_what_it_is(path):
    page = path.read_text(encoding="utf-8")
    translated = translate_cells(page, lambda message: message + "。")
    cells, others = (CELL.findall(text) for text in (page, translated))
    assert [without_strings(code) for _, _, code in cells] == [without_strings(code) for _, _, code in others]
    assert (translated != page) == bool(cell_messages(page))
    assert len(cells) == page.count("{code-cell}")
