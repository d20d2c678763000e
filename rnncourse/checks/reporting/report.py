"""Write the report on a check, as text for a terminal and as HTML for a notebook.

First the name of a mistake, where it has one; then the outputs, what is right before what is not; then other facts.
"""

import re
from html import escape

from rnncourse.addresses import project_address
from rnncourse.checks.reporting import words
from rnncourse.checks.reporting.sections import section_title
from rnncourse.language import ENGLISH, called, language, row, said, say

STYLE = """\
<style>
.rnncourse-check {font: inherit; line-height: 1.5; max-width: 46rem;
  border-left: .25rem solid currentColor; padding: .25rem 0 .25rem 1rem}
.rnncourse-check table {border-collapse: collapse; margin: .5rem 0}
.rnncourse-check :is(th, td) {text-align: left; vertical-align: top; padding: .15rem 1.25rem .15rem 0; background: none}
.rnncourse-check td.points {text-align: right; font-variant-numeric: tabular-nums}
.rnncourse-check :is(td.points, th code) {white-space: nowrap; overflow-wrap: normal}
.rnncourse-check pre {margin: .25rem 0; padding: 0 0 0 1rem; background: none; color: inherit; white-space: pre-wrap}
.rnncourse-check code {color: inherit; background: none; border: 0; padding: 0}
.rnncourse-check a {color: inherit; text-decoration: underline}
</style>"""


def book_url(section):
    """Find the address of a section of the book, "03_bptt#sec-bptt", in the language that is spoken.

    None where the book's address is unknown.
    """
    base, edition = project_address("Book"), "" if language() == ENGLISH else f"{language().partition('_')[0]}/"
    page, _, anchor = section.partition("#")
    return f"{base}{edition}book/{page}.html#{anchor}" if base else None


def mistake_url(exercise, label):
    """Find the address where the book lists a mistake of an exercise; None where the book's is unknown."""
    return book_url(f"appendix_mistakes#{exercise}-{label}")


def _lines(message):
    return [line.strip() for piece in message.look_for for line in piece.splitlines()]


def _own_lines(message):
    """List the learner's lines, each once, in their order: where to look, and what stands there."""
    return [(words.where(first, last), code) for first, last, code in sorted({line[1:] for line in message.lines})]


def _rows(result):
    """Put outputs together of which there is the same to say: their names, a verdict, their points, their maximum."""
    together = {}
    for verdict in sorted(result.verdicts, key=lambda verdict: not verdict.right):
        together.setdefault((verdict.problem, verdict.note), []).append(verdict)
    return [
        (
            [verdict.output for verdict in verdicts],
            verdicts[0],
            sum(verdict.points for verdict in verdicts),
            sum(verdict.maximum for verdict in verdicts),
        )
        for verdicts in together.values()
    ]


def _in_order(result):
    """Split the messages: those that name a mistake, before the outputs, and the others, after them."""
    named = [message for message in result.messages if message.labels]
    return named, [message for message in result.messages if not message.labels]


def as_text(result):
    """Write the report for a terminal."""
    named, others = _in_order(result)
    blocks = [[words.headline(result)]]
    blocks += (_message_lines(message, _name(result)) for message in named)
    rows = [(f"{words.number(points)}/{words.number(maximum)}", *rest) for *rest, points, maximum in _rows(result)]
    width, outputs = max(len(points) for points, *_ in rows), []
    for points, names, verdict in rows:
        about = say("{names}: {word}", names=row(names), word=words.word(verdict))
        outputs.append(f"  {points:>{width}}  {about}")
    if named:
        blocks.append(outputs)
    else:
        blocks[0] += outputs
    blocks += (_message_lines(message, _name(result)) for message in others)
    return "\n\n".join("\n".join(block) for block in blocks)


def _name(result):
    return result.exercise.partition("(")[0]


def _message_lines(message, exercise):
    wrong = _lines(message)
    return [
        said(message.text),
        *(
            text
            for where, code in _own_lines(message)
            for text in (f"  {where}", *(f"      {line}" for line in code.splitlines()))
        ),
        *[f"  {words.look_for(wrong)}"] * bool(wrong),
        *(f"      {line}" for line in wrong),
        *(f"  {said(hint)}" for hint in message.hints),
        *(f"  {words.read(section_title(section))} {book_url(section) or ''}".rstrip() for section in message.see),
        *(f"  {words.more(url)}" for label in message.labels if (url := mistake_url(exercise, label))),
    ]


def as_html(result):
    """Write the report for a notebook: light or dark, without colour alone, readable by a screen reader."""
    named, others = _in_order(result)
    rows = "".join(
        f"<tr><th scope='row'>{said(row(f'<code>{escape(called(name))}</code>' for name in names))}</th>"
        f"<td class='points'>{words.number(points)}/{words.number(maximum)}</td>"
        f"<td>{_word_html(verdict)}</td></tr>"
        for names, verdict, points, maximum in _rows(result)
    )
    return (
        f"{STYLE}<section class='rnncourse-check'{in_language()} aria-label='{escape(say('Result of the check'))}'>"
        f"<strong>{escape(words.headline(result))}</strong>"
        f"{''.join(_message_html(message, _name(result)) for message in named)}<table><tbody>{rows}</tbody></table>"
        f"{''.join(_message_html(message, _name(result)) for message in others)}</section>"
    )


def in_language():
    """Write the attribute that tells a browser the language of a report; none where it is English, as most pages."""
    return "" if language() == ENGLISH else f" lang='{language().replace('_', '-')}'"


def _word_html(verdict):
    return f"{'✓' if verdict.right else '○'} {escape(words.word(verdict))}"


def _message_html(message, exercise):
    html = f"<p>{escape(said(message.text))}</p>"
    for label in message.labels:
        name, url = f"<strong>{escape(label)}</strong>", mistake_url(exercise, label)
        linked = f"<a href='{escape(url)}'>{name}</a>" if url else name
        html = re.sub(rf"(?<![\w-]){re.escape(escape(label))}(?=[:：])", lambda _, linked=linked: linked, html)
    for where, code in _own_lines(message):
        html += f"<p>{escape(where)}</p><pre><code>{escape(code)}</code></pre>"
    if wrong := _lines(message):
        lines = escape("\n".join(wrong))
        html += f"<p>{words.look_for(wrong)}</p><pre><code>{lines}</code></pre>"
    html += "".join(f"<p>{escape(said(hint))}</p>" for hint in message.hints)
    for section in message.see:
        title, url = escape(section_title(section)), book_url(section)
        read = words.read(f"<a href='{escape(url)}'>{title}</a>" if url else title)
        html += f"<p>{read}</p>"
    return html
