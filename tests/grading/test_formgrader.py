"""Formgrader, in a real browser, on the graded class."""

import pytest
from browser import jupyter


@pytest.mark.browser
def test_formgrader_shows_the_problem_sets_and_the_scores(graded_class, browser, tmp_path):
    with jupyter(graded_class, tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}/formgrader/manage_students/chen")
        page.get_by_role("link", name="ps3_bptt").wait_for(timeout=60_000)
        row = page.get_by_role("row").filter(has_text="ps3_bptt")
        assert "88 / 100" in " ".join(row.inner_text().split())
        page.goto(f"{address}/formgrader/manage_assignments")
        page.get_by_text("ps1_forward").first.wait_for(timeout=60_000)
        assert page.get_by_role("row").filter(has_text="ps1_forward").inner_text().split()[-1]
