"""Each chapter's end, and the home page, say how its problem sets are done, and lead there."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "01_structure": ["ps1_forward"],
    "02_forward_pass": ["ps1_forward"],
    "03_vanishing": ["ps2_loss", "ps3_bptt"],
    "04_training": ["ps4_training"],
    "05_gru": ["ps5_lstm", "ps6_beyond"],
    "06_long_memory": ["ps6_beyond"],
    "07_gpu": ["ps6_beyond"],
}
SETS["index"] = sorted({name for names in SETS.values() for name in names})


@pytest.mark.parametrize("page", SETS)
def test_a_page_leads_to_its_problem_sets(site, page):
    text = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    (ways,) = re.findall(r"<ul class='problem-set-ways'>.*?</ul>", text)
    downloads = re.findall(r"<a href='([^']+)' download>(Problem set \d)</a>", ways)
    assert [Path(link).stem for link, _ in downloads] == SETS[page]
    for link, title in downloads:
        served = (site / "book" / link).resolve().read_bytes()
        name = Path(link).stem
        assert title == f"Problem set {name[2]}"
        assert served == (ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()


@pytest.mark.parametrize("page", SETS)
def test_binder_opens_a_notebook_that_is_in_the_repository(site, page):
    text = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    (ways,) = re.findall(r"<ul class='problem-set-ways'>.*?</ul>", text)
    opened = [unquote(path) for path in re.findall(r"urlpath=lab/tree/([^']+)'", ways)]
    assert opened == [f"exercises/{name}/{name}.ipynb" for name in SETS[page]]
    assert all((ROOT / path).is_file() for path in opened)


@pytest.mark.parametrize("page", [page for page in SETS if page != "index"])
def test_the_rocket_opens_the_problem_sets_and_the_chapter(site, page):
    text = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
    menu = text[text.index("dropdown-launch-buttons") : text.index("dropdown-source-buttons")]
    opened = re.findall(r"urlpath=lab/tree/([^\"]+)\"", menu)
    assert opened == [*(f"exercises/{name}/{name}.ipynb" for name in SETS[page]), f"book/{page}.md"]
    named = re.findall(r'btn__text-container">([^<]+)<', menu)
    assert named == [*(f"Problem set {name[2]}, on Binder" for name in SETS[page]), "This page, on Binder"]
