"""The Chinese README says what the English one says: part by part the same code, links and numbers."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.messages import lost, misset, renamed

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
TWINS = {"[中文](README.zh-CN.md)": "[English](README.md)"}
CODE = r"^```\w*\n.*?^```$"
COMMENT = r"<!--.*?-->"


def parts(text):
    """List the headings, paragraphs, tables and code blocks, without comments."""
    code = re.findall(CODE, text, re.S | re.M)
    text = re.sub(CODE, "```", re.sub(COMMENT, "", text, flags=re.S), flags=re.S | re.M)
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return [code.pop(0) if block == "```" else block for block in blocks if block]


PAIRS = list(zip(parts(ENGLISH), parts(CHINESE), strict=False))
PROSE = [pair for pair in PAIRS if not pair[0].startswith("```") and pair[0] not in TWINS]


def level(part):
    return len(re.match("#*", part)[0])


def numbers(text):
    return re.findall(r"\d[\d.,]*\d|\d", re.sub(r"\]\([^)]*\)|<http[^>]*>", "", text))


def test_both_have_the_same_parts_in_the_same_order():
    assert [level(part) for part in parts(ENGLISH)] == [level(part) for part in parts(CHINESE)]
    assert sum(part.startswith("```") for part in parts(CHINESE)) == ENGLISH.count("```") / 2


def test_each_leads_to_the_other():
    assert [TWINS[english] == chinese for english, chinese in PAIRS if english in TWINS] == [True]
    assert PAIRS.index(*TWINS.items()) == 1


BLOCKS = [pair for pair in PAIRS if pair[0].startswith("```") and not pair[0].startswith("```text")]


def without_comments(block):
    return [re.sub(r"\s+# .*", "", line) for line in block.splitlines()]


@pytest.mark.parametrize("english, chinese", BLOCKS)
def test_the_code_is_the_same_and_its_comments_are_chinese(english, chinese):
    assert without_comments(chinese) == without_comments(english)
    comments = re.findall(r"\s# (.*)", chinese)
    assert all(re.search(r"[\u3400-\u9fff]", comment) for comment in comments)
    assert len(comments) == len(re.findall(r"\s# ", english))


def test_the_answer_is_the_real_one_in_chinese(tmp_path):
    script = tmp_path / "answer.py"
    script.write_text(re.search(r"```python\n(.*?)```", CHINESE, re.S)[1], encoding="utf-8")
    language = os.environ | {"RNNCOURSE_LANGUAGE": "zh_CN", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT, env=language)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == re.search(r"```text\n(.*?)```", CHINESE, re.S)[1].strip()


@pytest.mark.parametrize("english, chinese", PROSE)
def test_code_links_numbers_and_terms_survive(english, chinese):
    assert re.search(r"[\u3400-\u9fff]", chinese) and chinese != english
    assert lost(english, chinese) == []
    assert numbers(chinese) == numbers(english)
    assert renamed(english, chinese) == []
    assert misset(chinese) == []


def test_what_is_lost_is_seen():
    assert parts("# A\n\nb\nc\n\n```text\n\nd\n```\n\n<!-- e -->\n") == ["# A", "b\nc", "```text\n\nd\n```"]
    assert numbers("1.45, of 75,000 [1](2.md)") == ["1.45", "75,000", "1"]
