"""Translate a Markdown cell block by block: headings, paragraphs, list items, cells of a table, summaries of hints."""

import re

from rnncourse.authoring.messages.words import has_words

_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"(#+ +)(.*)")
_ITEM = re.compile(r"(\s*(?:[-*]|\d+\.) +)(.*)")
_SUMMARY = re.compile(r"(?<=<summary>).*?(?=</summary>)")
_TABLE_CELL = re.compile(r"((?:`[^`]*`|\$[^$]*\$|\\.|[^|])*)\|")
_RULE = re.compile(r"\|[-:| ]+\|")


def translate_markdown(source, translate):
    """Translate a cell's messages and leave all else; a block that stays as it was keeps its line breaks.

    Parameters
    ----------
    source : str
    translate : callable
        From a message, its line breaks turned to spaces, to its translation.

    Returns
    -------
    translated : str
    """
    lines, done, at = source.split("\n"), [], 0
    while at < len(lines):
        end = _end_of_block(lines, at)
        done += _translated(lines[at:end], translate)
        at = end
    return "\n".join(done)


def _end_of_block(lines, at):
    """Find where the block ends that begins at a line."""
    first = lines[at]
    if mark := _FENCE.match(first):
        return next((n + 1 for n in range(at + 1, len(lines)) if lines[n].strip() == mark[1]), len(lines))
    if not first.strip() or _HEADING.match(first) or first.startswith(("<", "|")):
        return at + 1
    end, text = at + 1, first
    while end < len(lines) and (text.count("$$") % 2 or not _begins_block(lines[end])):
        text += lines[end]
        end += 1
    return end


def _begins_block(line):
    """Tell whether a line ends the paragraph above it."""
    return (
        not line.strip() or line.startswith(("<", "|", "$$")) or any(p.match(line) for p in (_FENCE, _HEADING, _ITEM))
    )


def _translated(block, translate):
    """Translate one block, a list of lines."""
    first = block[0]
    if _FENCE.match(first):
        return block
    if first.startswith("<"):
        return [_SUMMARY.sub(lambda found: translate(found[0]) if has_words(found[0]) else found[0], first)]
    if first.startswith("|"):
        return [first if _RULE.fullmatch(first.strip()) else _row(first, translate)]
    found = _HEADING.match(first) or _ITEM.match(first)
    lead, first = (found[1], found[2]) if found else ("", first)
    message = " ".join(line.strip() for line in (first, *block[1:]))
    if not has_words(message):
        return block
    translation = translate(message)
    return block if translation == message else [lead + translation]


def _row(line, translate):
    """Translate the cells of a table's row."""
    cells = [cell.strip() for cell in _TABLE_CELL.findall(line.strip()[1:])]
    return "".join(f"| {translate(cell) if has_words(cell) else cell} " for cell in cells).replace("|  ", "| ") + "|"
