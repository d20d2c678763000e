"""Of code that is not executed the comments are translated, wherever it stands; the code stays."""

from blocks import block_messages, translate_block

PAGE = """```python
b = 2  # not run
```

```toml
[late]      # for all sets
cap = 50    # $x$
path = "a#b c"
```

```{literalinclude} piece.py
:language: python
:pyobject: f
:start-at: "y = x"
:dedent: 4
```
"""
PIECE = "def f(x):\n    # left out here\n    y = x  # as it was\n    return y\n"


def test_comments_of_blocks_and_of_pieces_are_found(tmp_path):
    (tmp_path / "piece.py").write_text(PIECE, encoding="utf-8")
    assert block_messages(PAGE, tmp_path) == ["not run", "for all sets", "as it was"]


def test_the_comment_alone_is_exchanged():
    code = PAGE.split("```toml\n")[1].partition("```")[0]
    assert translate_block(code, "toml", lambda message: "通用") == code.replace("for all sets", "通用")
    assert translate_block("y = x  # as it was\n", "python", lambda message: "原样") == "y = x  # 原样\n"
