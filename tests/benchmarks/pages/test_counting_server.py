"""A site is served compressed, and what goes over the wire is counted."""

import gzip
import urllib.error
import urllib.request

import pytest

from benchmarks.pages.counting_server import counting_server


@pytest.fixture
def served(tmp_path):
    site = tmp_path / "site"
    (site / "part").mkdir(parents=True)
    (site / "part" / "index.html").write_text("<p>again</p>" * 500)
    (site / "a.whl").write_bytes(bytes(5000))
    (tmp_path / "secret.txt").write_text("not part of the site")
    with counting_server(site) as server:
        yield server


def ask(address, **headers):
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)


def test_text_is_compressed_and_counted_as_sent(served):
    server, address = served
    answer = ask(f"{address}part/?query")
    body = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == b"<p>again</p>" * 500
    assert server.sent == len(body) < 500
    assert ask(f"{address}a.whl").read() == bytes(5000)
    assert (server.sent, server.requests) == (len(body) + 5000, 2)


def test_what_a_browser_has_is_not_sent_again(served):
    server, address = served
    mark = ask(f"{address}a.whl").headers["ETag"]
    server.reset()
    with pytest.raises(urllib.error.HTTPError, match="304"):
        ask(f"{address}a.whl", **{"If-None-Match": mark})
    assert (server.sent, server.requests) == (0, 1)


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "none.html"])
def test_what_is_not_of_the_site_is_not_found(served, path):
    _, address = served
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(address + path)
