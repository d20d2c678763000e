"""What the theme says beside its icons is translated, and nothing else of a page."""

from theme import WORDS, translate_theme

PAGE = '<a class="Main" title="Link to this term">Main</a><nav aria-label="Main" data-x="Page"></nav>'


def test_titles_and_labels_are_exchanged():
    said = translate_theme(PAGE, {"Link to this term": "本词的链接", "Main": "主要"}.get)
    assert said == PAGE.replace("Link to this term", "本词的链接").replace('label="Main"', 'label="主要"')


def test_the_theme_says_each_of_them_in_this_book(site):
    pages = "".join(path.read_text(encoding="utf-8") for path in sorted((site / "book").glob("*.html")))
    assert [words for words in WORDS if f'="{words}"' not in pages] == []
