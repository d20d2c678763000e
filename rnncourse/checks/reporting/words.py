"""Say what each report says around the messages: the headline, how an output is, where to look, what to read."""

from rnncourse.language import said, say


def number(points):
    """Write points without zeros that say nothing."""
    return f"{points:g}"


def where(first, last):
    """Say on which of the learner's lines a mistake shows."""
    if last > first:
        return say("It first shows on your lines {first} to {last}:", first=first, last=last)
    return say("It first shows on your line {line}:", line=first)


def look_for(wrong):
    """Announce lines of others that make such a mistake."""
    return say("Look for lines like these:" if len(wrong) > 1 else "Look for a line like this one:")


def headline(result):
    """Say how many points a function earns."""
    earned, maximum = number(result.points), number(result.maximum)
    return say("{exercise}: {earned} of {maximum} points", exercise=result.exercise, earned=earned, maximum=maximum)


def word(verdict):
    """Say how an output is: right, perhaps with a note, or what is wrong with it."""
    if verdict.right:
        return said(verdict.note) if verdict.note else say("right")
    return say("not yet: {problem}", problem=said(verdict.problem))


def read(title):
    """Say what to read."""
    return say("Read: {title}", title=title)


def more(url):
    """Say where there is more about a mistake."""
    return say("More: {url}", url=url)
