"""A student's markdown on a feedback page: formatted, in order, harmless, and asking nobody for anything."""

import base64
import re

import pytest

from rnncourse.grading.feedback.markdown import Markdown

PICTURE = {"image/png": base64.b64encode(b"picture").decode()}


def to_html(tmp_path, source, attachments=None):
    return Markdown(tmp_path).to_html(source, attachments)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
        "<img src='data:text/html;base64,PHN2Zy8+'>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHN2Zy8+)",
        "![x](https://example.org/x.png)",
        "<p style='background: url(https://example.org)' class=check id=main>x</p>",
        "<iframe src='https://example.org'></iframe>",
        '<div title="\n\n$\\text{ " onmouseover="alert(1) }$\n\n">',
        "<table background='https://example.org/x.png'><tr><td>x</td></tr></table>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    ],
)
def test_nothing_runs_and_nothing_is_loaded(tmp_path, source):
    html = to_html(tmp_path, source)
    tags = " ".join(re.findall(r"<[a-zA-Z/][^>]*>", html))
    for danger in ("<script", "<iframe", "<svg", " on", "src=", "style=", "javascript:", "data:", "background", "id="):
        assert danger not in tags, tags


def test_headings_follow_without_a_gap(tmp_path):
    markdown = Markdown(tmp_path, top=3)
    html = [markdown.to_html(source) for source in ("# A", "#### B\n\n## C\n\n# D", "###### E")]
    assert re.findall(r"<h(\d)>", "".join(html)) == ["3", "4", "4", "3", "4"]


def test_pictures_are_put_into_the_page(tmp_path):
    (tmp_path / "a b.png").write_bytes(b"picture")
    html = to_html(tmp_path, "![dot](attachment:x%20y.png) ![](<a b.png>)", {"x y.png": PICTURE})
    assert html.count(f'src="data:image/png;base64,{PICTURE["image/png"]}"') == 2
    assert 'alt="dot"' in html and 'alt="A picture without a description"' in html


def test_only_pictures_beside_the_notebook(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "ps"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "notes.txt").write_text("secret")
    for name in (
        "../secret.png",
        "link.png",
        "notes.txt",
        str(tmp_path / "secret.png"),
        "a\0.png",
        "x" * 5000 + ".png",
    ):
        assert "<img" not in to_html(folder, f"![x](<{name}>)")


def test_an_attachment_that_is_missing_or_no_picture_is_left_out(tmp_path):
    attachments = {"a.svg": {"image/svg+xml": "PHN2Zy8+"}, "b.png": {"image/png": '"><script>'}}
    html = to_html(tmp_path, "![a](attachment:a.svg) ![b](attachment:b.png) ![c](attachment:c.png)", attachments)
    assert "<img" not in html and "<script" not in html
