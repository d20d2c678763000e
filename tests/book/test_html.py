"""Every page is valid HTML in the eyes of the Nu checker."""

from support.page_checks import invalid


def test_the_nu_checker_finds_no_error(site):
    ours = [path for path in site.iterdir() if path.name != "lab"]  # the lab's pages are JupyterLite's
    assert invalid(*ours) == []
