"""Read the catalogues of translations, and say what a translation lost or called by another name."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from rnncourse.language import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "locale" / "zh_CN"
CATALOGUES = sorted(
    [*(FOLDER / "LC_MESSAGES").rglob("*.po"), *(ROOT / "rnncourse" / "locale" / "zh_CN" / "LC_MESSAGES").glob("*.po")]
)
CHINESE = r"[\u3400-\u9fff]"
MARKS = (
    r"\$\$.+?\$\$|(?<!\\)\$[^$]+\$",  # maths
    r"\{[a-z:\-]+\}`[^`]*`",  # roles
    r"(?<!`)`[^`]+`(?!`)",  # code
    r"\]\([^)]*\)",  # where links lead
    r"</?[a-z][^>]*>",  # HTML
    r"\{[^{}'\"]*\}",  # parts that are filled in
)


@cache
def entries(path):
    """Read the messages of a catalogue and their translations, without its head."""
    return [(message, said) for message, said in read_po(path.read_text(encoding="utf-8")) if message]


@cache
def glossary():
    """Read the terms of the glossary."""
    return tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))["term"]


def is_formula(message):
    """Tell whether a message is a displayed formula: it stands in the catalogue without its dollars."""
    if "\\" not in message.replace(r"\n", "") or "$" in message or "`" in message:
        return False
    return not re.search(
        r"[a-z]{4}", re.sub(r"\\(text|textbf|texttt|operatorname)\{[^}]*\}|\\?\w*\{\w+\}|\\[A-Za-z]+", "", message)
    )


def marks(text):
    """Count what a translation must keep: maths, roles with their targets, code, links, HTML and parts."""
    if is_formula(text):
        return Counter(re.findall(r"\\[A-Za-z]+|\S", _wordless(text)))
    found = Counter()
    for pattern in MARKS:
        for hit in re.findall(pattern, text, flags=re.DOTALL):
            found[_target("".join(_wordless(hit).split()))] += 1
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return found


def _wordless(formula):
    """Take the words out of a formula."""
    return re.sub(r"\\(text|textbf|operatorname)\{[^}]*\}", "", formula) if "\\" in formula else formula


def _target(mark):
    """Reduce a role to its name and target: its title may be translated."""
    role = re.fullmatch(r"\{([a-z:\-]+)\}`(?:.*<(.+?)>|(.*))`", mark)
    if role is None or role[1] == "math":
        return mark
    return f"{{{role[1]}}}{role[2] or role[3]}".lower()


def words(text):
    """Take maths, code and the targets of roles out of a text; titles stay."""
    text = re.sub(r"\{math\}`[^`]*`", " x ", text)
    text = re.sub(r"\{[a-z:\-]+\}`([^`<]*)(?: ?<[^>]*>)?`", r" \1 ", text)
    text = re.sub(r"\$[^$]*\$|`[^`]*`|\]\([^)]*\)|<[^>]*>|\{[^{}]*\}", " x ", text)
    return re.sub(r"^\\n|\\n$", "", text)  # where a cell prints a line


def lost(message, said):
    """List the marks that a translation lost or has too many of."""
    before, after = marks(message), marks(said)
    return [f"lost {mark}" for mark in before - after] + [f"added {mark}" for mark in after - before]


def renamed(message, said):
    """List the terms of the glossary that a translation calls by another name."""
    if is_formula(message) or message == said:
        return []
    text, found = words(message), []
    for term in glossary():
        found += [f"{never}: say {term['zh'][0]}" for never in term.get("never", []) if never in said]
        names = "|".join(map(re.escape, term["en"]))
        named = re.search(rf"(?<![\w-])({names})s?(?![\w-])", text, re.IGNORECASE)
        if named and not any(chinese in said for chinese in term["zh"]):
            found.append(f"{term['en'][0]} is not called {' or '.join(term['zh'])}")
    return found


def misset(said):
    """List what breaks the rules of Chinese typography: half-width punctuation and letters that touch Chinese."""
    text = words(said)
    return re.findall(rf"{CHINESE}[,;:?!]|[,;!?]{CHINESE}|{CHINESE}[A-Za-z0-9$]|[A-Za-z0-9]{CHINESE}", text)
