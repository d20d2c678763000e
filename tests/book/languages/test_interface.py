"""What the book says besides its pages is found wherever it stands."""

from interface import contents_messages, interface_messages, page_messages, said_in

PAGE = """```{parts} The gates
```
{minutes}`to read`

:::{diagram} a.svg
:width: 460
:alt: A box.
:::

```{diagram} b.svg
:alt: Two boxes.
```
"""


def test_the_words_of_a_page_s_directives_are_found():
    assert page_messages(PAGE) == ["A box.", "Two boxes.", "The gates", "to read"]


def test_templates_of_a_module_are_found():
    assert said_in('say("a {b}", b=1)\nx = say("c" "d") if say(y) else essay("no")\n') == ["a {b}", "cd"]


def test_titles_and_captions_are_found():
    chapters = "  - file: b\n    title: B\n    sections:\n    - {file: c, title: C}\n"
    assert contents_messages(f"root: a\nparts:\n- caption: One\n  chapters:\n{chapters}") == ["One", "B", "C"]


def test_each_kind_is_among_the_messages_of_this_book():
    found = interface_messages()
    files = {
        "On this page": "_config.yml",
        "The course": "_toc.yml",
        "A grid of small squares.": "book/index.md",
        "{minutes} min": "book/_ext/book_parts.py",
        "added to every row": "book/_static/diagrams/shapes.svg",
        "Stopped.": "book/_exercise/python.mjs",
        "time steps": "rnncourse/notation.py",
    }
    for message, file in files.items():
        assert file in found[message]
