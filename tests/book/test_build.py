"""The book builds without a warning, and fails where a page is wrong."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONT_MATTER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A page

"""


def test_builds_without_a_warning(built):
    done, _ = built
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-4000:]
    assert not re.search(r"(WARNING|ERROR): ", output)


def test_first_page_is_a_real_page(site):
    page = (site / "index.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in page
    assert "<title>RNNs and LSTMs, by hand</title>" in page
    target = re.search(r'<a href="([^"]+)"', page)[1]
    assert (site / target).is_file()


def test_only_what_is_used_is_published(site):
    assert not list(site.rglob("*fontawesome*"))
    assert not [path for path in site.rglob("*mathjax*") if path.relative_to(site).parts[0] != "lab"]


def small_book(folder, page):
    """A book of one page with this book's own configuration."""
    for part in (
        "_config.yml",
        "book/_assets",
        "book/_ext",
        "book/_languages",
        "book/_python",
        "book/_exercise",
        "book/_static",
        "book/_templates",
        "book/references.bib",
    ):
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
        copy(ROOT / part, target)
    for part in ("node_modules", "rnncourse", "exercises", "pyproject.toml", "LICENSE"):
        (folder / part).symlink_to(ROOT / part)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (folder / "book" / "index.md").write_text(FRONT_MATTER + page)
    return folder


STRICT = ("-W", "--keep-going", "-n")
RAISING = "```{code-cell} ipython3\nraise RuntimeError('no')\n```\n"
WITHOUT_ALT = ":::{diagram} unrolled.svg\n:name: fig\n\nA caption.\n:::\n"


@pytest.mark.slow
def test_a_second_build_leaves_all_pages_their_style_and_takes_one_that_was_changed(tmp_path, build_book):
    book = small_book(tmp_path / "book", "Words.\n")
    (book / "book" / "second.md").write_text(FRONT_MATTER + "More words.\n")
    (book / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/second\n")
    sizes = []
    for text in ("Words.", "Other words."):
        (book / "book" / "index.md").write_text(f"{FRONT_MATTER}{text}\n")
        done, site = build_book(book, tmp_path)
        assert done.returncode == 0, done.stderr[-2000:]
        sizes.append((site / "_static" / "book" / "all.css").stat().st_size)
        for name in ("index", "second"):
            assert "_static/book/all.css" in (site / "book" / f"{name}.html").read_text(encoding="utf-8")
    assert sizes[0] > 10_000 and sizes[0] == sizes[1]
    with open(book / "book" / "_static" / "book.css", "a") as style:
        style.write("\n.bd-article { --changed: 1; }\n")
    done, site = build_book(book, tmp_path)
    assert done.returncode == 0 and "--changed" in (site / "_static" / "book" / "all.css").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_raising_cell_fails_a_plain_build_too(tmp_path, build_book):
    book = small_book(tmp_path / "in", RAISING)
    done, _ = build_book(book, tmp_path / "out")
    assert done.returncode != 0 and "RuntimeError" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "wrong, said",
    [
        pytest.param(RAISING, "RuntimeError", id="cell", marks=pytest.mark.slow),
        pytest.param(WITHOUT_ALT, "no :alt: text", id="alt"),
    ],
)
def test_what_is_wrong_fails_the_build(tmp_path, build_book, wrong, said):
    book = small_book(tmp_path / "in", wrong)
    done, _ = build_book(book, tmp_path / "out", *STRICT)
    assert done.returncode != 0
    assert said in done.stdout + done.stderr
