"""List the mistakes that operators make, exercise by exercise: by place in the textbook function, each with an anchor.

They are raw HTML: thousands of sentences that are made from one another would swamp the search of the book.
"""

from html import escape

from book_words import say

from rnncourse.language import said
from rnncourse.misconceptions.slips.catalogue import slips_of


def places_html(exercise):
    """Write the mistakes of an exercise that have no card of their own.

    Parameters
    ----------
    exercise : str

    Returns
    -------
    html : str
        A list that opens on demand: a place, and what goes wrong there. Empty where there is nothing to list.
    """
    _, inherited, composed = slips_of(exercise)
    groups = {say("in a function that it calls"): inherited} if inherited else {}
    for slip in composed:
        groups.setdefault(slip.place, []).append(slip)
    if not groups:
        return ""
    rows = ""
    for place, slips in groups.items():
        items = "".join(_item(exercise, slip) for slip in slips)
        rows += f"<dt><code>{escape(said(place))}</code></dt><dd><ul>{items}</ul></dd>"
    count = sum(map(len, groups.values()))
    title = say("By place: {count} more that the checks know by a rule", count=count)
    return f'<details class="mistake places"><summary>{title}</summary><dl class="places">{rows}</dl></details>'


def _item(exercise, slip):
    """Write one mistake: its label is a link to itself, so that its address can be copied."""
    name = escape(f"{exercise}-{slip.label}")
    does = said(slip.does or slip.says)
    return f'<li id="{name}"><a href="#{name}"><code>{escape(slip.label)}</code></a> {escape(does)}</li>'
