"""Code and outputs on a feedback page."""

from rnncourse.grading.feedback.cells import FIRST_LINES, LAST_LINES, MAX_TEXT, coloured, cut


def test_a_long_text_keeps_its_beginning_and_its_end():
    lines = [str(k) for k in range(1000)]
    shown = cut("\n".join(lines)).splitlines()
    assert shown[:FIRST_LINES] == lines[:FIRST_LINES] and shown[-LAST_LINES:] == lines[-LAST_LINES:]
    assert shown[FIRST_LINES] == f"... {1000 - FIRST_LINES - LAST_LINES} lines left out ..."
    assert cut("x" * 2 * MAX_TEXT).endswith(f"\n... {MAX_TEXT} characters left out ...")


def test_what_is_short_stays_as_it_is_without_colours():
    assert cut("\x1b[31mred\x1b[0m\n") == "red\n"


def test_code_is_coloured_and_nothing_in_it_is_html():
    html = coloured("x = '<script>'  # <b>\nreturn 1")
    assert "&lt;script&gt;" in html and "<script" not in html and "<b>" not in html
    assert '<span class="k">return</span>' in html and '<span class="mi">1</span>' in html
