"""A Markdown cell is translated block by block, and all that is no message stays where it was."""

import pytest

from rnncourse.authoring.messages.markdown import translate_markdown

CELL = """\
# A title

A paragraph that goes on
over two lines, with $x$ and `code`.

$$a = b
  - c$$

$$p = 1 \\qquad\\text{and}\\qquad
  q = 2$$

| argument | shape | what it is |
|---|:-:|---|
| `x` | `(T, B)` | the `a|b` and $|x|$ |
| `y` | | |

- the first item
  goes on
- `code` alone: no
1. a numbered one

<details><summary>Hint 1: the idea</summary>

Think of $x$.

</details>
<details><summary>Hint 2: the shapes</summary>

```python
print("this is code")
```

</details>"""
MESSAGES = [
    "A title",
    "A paragraph that goes on over two lines, with $x$ and `code`.",
    "$$p = 1 \\qquad\\text{and}\\qquad q = 2$$",
    "argument",
    "shape",
    "what it is",
    "the `a|b` and $|x|$",
    "the first item goes on",
    "`code` alone: no",
    "a numbered one",
    "Hint 1: the idea",
    "Think of $x$.",
    "Hint 2: the shapes",
]


def test_the_messages_are_the_texts_of_the_blocks():
    found = []
    translate_markdown(CELL, lambda message: found.append(message) or message)
    assert found == MESSAGES


def test_without_a_translation_every_byte_stays():
    assert translate_markdown(CELL, lambda message: message) == CELL


def test_translations_take_the_places_of_their_messages():
    said = translate_markdown(CELL, lambda message: f"⟦{message}⟧")
    lines = said.split("\n")
    assert lines[0] == "# ⟦A title⟧"
    assert "⟦A paragraph that goes on over two lines, with $x$ and `code`.⟧" in lines
    assert "| ⟦argument⟧ | ⟦shape⟧ | ⟦what it is⟧ |" in lines and "|---|:-:|---|" in lines
    assert "| `x` | `(T, B)` | ⟦the `a|b` and $|x|$⟧ |" in lines and "| `y` | | |" in lines
    assert "- ⟦the first item goes on⟧" in lines and "1. ⟦a numbered one⟧" in lines
    assert "<details><summary>⟦Hint 1: the idea⟧</summary>" in lines
    assert 'print("this is code")' in lines and "$$a = b\n  - c$$" in said
    assert said.count("⟦") == len(MESSAGES)


@pytest.mark.parametrize("cell", ["", "$$x$$", "`code`", "---", "```\nwords in a fence that never ends"])
def test_what_has_no_words_has_no_message(cell):
    assert translate_markdown(cell, lambda message: f"⟦{message}⟧") == cell
