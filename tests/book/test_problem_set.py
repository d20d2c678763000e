"""Each chapter's end, and the home page, say how its problem sets are done, and lead there."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from rnncourse.language import speaking

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from problem_sets import EXERCISES, STUB, stub  # noqa: E402

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


def test_a_stub_is_said_as_a_chinese_release_says_it_and_read_back_as_no_answer():
    with speaking("zh_CN"):
        written = stub("softmax", "    ")
    assert written == '    # 在这里写你的代码\n    raise NotImplementedError("softmax 等你来写")'
    script = (ROOT / "book" / "_exercise" / "notebook.mjs").read_text(encoding="utf-8")
    starter = re.compile(re.search(r"STARTER = /(.+)/m;", script)[1], re.MULTILINE)
    assert starter.search(written) and starter.search(stub("softmax"))
    assert not starter.search("# my own words\nreturn z  # raise NotImplementedError")


def test_every_stub_that_is_released_is_found():
    for path in EXERCISES.glob("*/*.ipynb"):
        source = path.read_text(encoding="utf-8").replace("\\n", "\n").replace('\\"', '"')
        cells = nbformat.read(path, as_version=4).cells
        assert sum(len(STUB.findall(cell.source)) for cell in cells) == source.count("YOUR CODE HERE") > 0
