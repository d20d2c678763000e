"""The words in a drawing are translated; its symbols are not words."""

from drawings import drawing_messages, translate_drawing

SVG = '<svg><text x="1">one &amp; many</text><text>x<tspan>(1)</tspan></text><text>a + b</text></svg>'


def test_words_are_found_and_symbols_are_not():
    assert drawing_messages(SVG) == ["one & many"]


def test_words_alone_are_exchanged():
    said = translate_drawing(SVG, {"one & many": "一对多 & <多>"}.get)
    assert said == SVG.replace("one &amp; many", "一对多 &amp; &lt;多&gt;")
