"""Cut a stylesheet down to the rules that pages can use."""

import re

import tinycss2

WORD = re.compile(r"[\w-]+")
NAME = re.compile(r"[.#](-?[_a-zA-Z][\w-]*)")
COMPOSED = ("bs-", "tooltip", "popover", "col", "show", "fade")
"""What Bootstrap's scripts put together while they run."""
NESTED = {"media", "supports", "layer", "container"}


def words(texts):
    """Collect everything in pages and scripts that could be the name of a class.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    words : set of str
    """
    return {word for text in texts for word in WORD.findall(text)}


def is_used(selector, known):
    """Tell whether an element that a selector asks for can exist: each class and id that it names is known."""
    plain = re.sub(r":not\([^)]*\)|\[[^\]]*\]", "", selector)
    names = NAME.findall(plain.replace("\\", ""))
    return all(name in known or name.startswith(COMPOSED) for name in names)


def _selectors(prelude):
    """Split a prelude at its commas, but not inside brackets."""
    parts = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _kept(rules, known):
    """Yield the rules of a list that can be used, as text."""
    for rule in rules:
        if rule.type == "qualified-rule":
            used = [selector for selector in _selectors(rule.prelude) if _alternatives_used(selector, known)]
            if used:
                yield f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content is not None:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            body = "".join(_kept(inside, known))
            if body:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
        else:
            yield rule.serialize()


def _alternatives_used(selector, known):
    """Keep a selector with alternatives in brackets whole, unless a name outside of the brackets is unknown."""
    return is_used(re.sub(r":(?:is|where|has)\((?:[^()]|\([^()]*\))*\)", "", selector), known)


def prune(css, known):
    """Leave out the rules for elements that no page has.

    Parameters
    ----------
    css : str
    known : set of str
        What `words` collected.

    Returns
    -------
    css : str
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules, known))
