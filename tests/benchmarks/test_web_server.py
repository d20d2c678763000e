"""The server compresses text where the browser takes it, and nothing else."""

import gzip
import urllib.error
import urllib.request

import pytest

from benchmarks.web_server import serving


@pytest.fixture
def address(tmp_path):
    (tmp_path / "page.html").write_text("<p>word</p>" * 500)
    (tmp_path / "font.woff2").write_bytes(b"\0" * 500)
    with serving(tmp_path) as address:
        yield address


def ask(address, accepted):
    return urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": accepted}))


def test_text_is_compressed(address):
    with ask(f"{address}page.html", "gzip, br") as answer:
        body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Type"] == "text/html"
    assert len(body) < 200 and gzip.decompress(body) == b"<p>word</p>" * 500


@pytest.mark.parametrize("name, accepted", [("page.html", "identity"), ("font.woff2", "gzip")])
def test_all_else_is_sent_as_it_is(address, name, accepted):
    with ask(f"{address}{name}", accepted) as answer:
        assert answer.headers["Content-Encoding"] is None
        assert len(answer.read()) in (500, 5500)


def test_what_is_missing_is_not_found(address):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{address}gone.html", "gzip")
