"""The messages of templates and scripts are found, all of them."""

import re

import pytest

from rnncourse.authoring.messages.interface import PACKAGE, interface_messages, template_messages
from rnncourse.interactive.explorers.explorer import FOLDER


def test_a_template_says_its_messages_in_order():
    source = '{% if x %}{{ say("one {part}", part=x | length) }}{% endif %}\n<p>{{ names | join(say(", ")) }}</p>'
    assert template_messages(source) == ["one {part}", ", "]


def test_what_is_no_text_is_refused():
    with pytest.raises(ValueError, match="line 2: say is given no text"):
        template_messages("\n{{ say(title) }}")


def test_all_are_listed_with_their_files():
    found = interface_messages()
    assert ("Your notebook", "grading/templates/feedback.html.j2") in found
    assert ("half is left", "interactive/explorers/browser/lstm_gates.js") in found
    for path in [*(PACKAGE / "grading" / "templates").glob("*.j2"), *FOLDER.glob("*.js")]:
        source = re.sub(r"export function tell\(", "", path.read_text(encoding="utf-8"))
        called = len(re.findall(r"\b(?:say|tell)\(", source)) if path.suffix == ".j2" else source.count("tell(")
        assert called == len([file for _, file in found if file == path.relative_to(PACKAGE).as_posix()]), path
