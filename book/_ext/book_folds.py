"""Fold a long list of mistakes: three stand open, the rest opens on demand.

The likeliest come first in the source. Where a box has several lists, the first of each list stands open.
"""

from book_words import say
from docutils import nodes

OPEN = 3


def _raw(text):
    return nodes.raw("", text, format="html")


def _lists(box):
    """Collect the definition lists of a box, each with the line above that introduces it, or None."""
    found, before = [], None
    for child in box.children:
        if isinstance(child, nodes.definition_list):
            introduced = isinstance(before, nodes.paragraph) and before.astext().endswith((":", "："))
            found.append((before if introduced else None, child))
        before = child
    return found


def choose(lengths, wanted=OPEN):
    """Choose what stands open: the first of each list, then the second of each, until there are enough.

    Parameters
    ----------
    lengths : list of int
        How many items each list has.
    wanted : int, optional

    Returns
    -------
    chosen : list of (int, int)
        List and item, in the order of the page.
    """
    places = [(place, number) for number, length in enumerate(lengths) for place in range(length)]
    return sorted((number, place) for place, number in sorted(places)[:wanted])


def fold(box):
    """Fold all but the first items of a box of mistakes; leave a box alone that is hardly longer than that."""
    lists = _lists(box)
    total = sum(len(items) for _, items in lists)
    if total <= OPEN + 1:
        return
    chosen = choose([len(items) for _, items in lists])
    shown = nodes.definition_list("", *(lists[number][1][place] for number, place in chosen))
    box.insert(box.index(lists[0][0] or lists[0][1]), shown)
    for child in shown.children:
        child.parent = shown
    all_of_them = say("All {total}: the other {rest}", total=total, rest=total - OPEN)
    rest = [_raw(f'<details class="rest"><summary>{all_of_them}</summary>')]
    for number, (introduction, items) in enumerate(lists):
        left = [items[place] for place in range(len(items)) if (number, place) not in chosen]
        for node in filter(None, (introduction, items)):
            box.remove(node)
        if left:
            rest += [node for node in (introduction, nodes.definition_list("", *left)) if node]
    box += [*rest, _raw("</details>")]


def fold_all(app, doctree):
    """Fold the boxes of a page."""
    for box in list(doctree.findall(nodes.admonition)):
        if "mistake" in box["classes"]:
            fold(box)


def setup(app):
    app.connect("doctree-read", fold_all, priority=400)  # before reading times are taken
    return {"parallel_read_safe": True, "parallel_write_safe": True}
