"""A translated edition is published without a second copy of what the English one holds."""

from publish import OWN, publish, share

PAGE = """<link href="../_static/book/all.css?v=1a"><script src="../_static/documentation_options.js?v=2"></script>
<a href="../_static/exercise/ps1.ipynb">1</a><img src='../_static/images/logo.svg'><a href="../_sources/book/a.md">s</a>
<a href="b.html">b</a>"""
ENGLISH = '<link href="_static/book/all.css?v=ff">'


def test_what_is_shared_is_linked_where_it_lies():
    page = share(PAGE, 1, ["documentation_options.js", "exercise/ps1.ipynb"], "_static/book/all.css?v=ff")
    for link in ("../../_static/book/all.css?v=ff", "../../_static/images/logo.svg", "../../_sources/book/a.md"):
        assert link in page
    for link in ('"../_static/documentation_options.js?v=2"', '"../_static/exercise/ps1.ipynb"', '"b.html"'):
        assert link in page


def test_an_edition_takes_the_place_of_an_older_one(tmp_path):
    made, site = tmp_path / "zh" / "html", tmp_path / "html"
    files = {"book/a.html": PAGE, "searchindex.js": "", "_static/theme.js": "", "_static/documentation_options.js": ""}
    for name, text in files.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    (site / "zh").mkdir(parents=True)
    (site / "zh" / "gone.html").touch()
    (site / "search.html").write_text(ENGLISH)
    publish(made, site, "zh/")
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert found == {
        "search.html",
        "zh/book/a.html",
        "zh/searchindex.js",
        "zh/_static/documentation_options.js",
    }
    assert '"../../_static/book/all.css?v=ff"' in (site / "zh" / "book" / "a.html").read_text()


def test_the_site_holds_nothing_large_twice(site):
    twice = {path for path in (site / "zh" / "_static").rglob("*") if path.is_file()}
    allowed = {path for pattern in OWN for path in (site / "zh" / "_static").glob(pattern)}
    assert twice and twice == allowed
    assert not (site / "zh" / "lab").exists()
    large = [path for path in twice if path.stat().st_size > 300_000]
    assert large == []
