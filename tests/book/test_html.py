"""Every page is valid HTML in the eyes of the Nu checker."""

from support.page_checks import invalid


def test_the_nu_checker_finds_no_error(site):
    assert invalid(site) == []
