"""The report on a check, as text for a terminal and as HTML for a notebook: right first, then what to mend."""

from html import escape
from importlib import metadata

from rnncourse.checks.sections import section_title

STYLE = """\
<style>
.rnncourse-check {font: inherit; line-height: 1.5; max-width: 46rem;
  border-left: .25rem solid currentColor; padding: .25rem 0 .25rem 1rem}
.rnncourse-check table {border-collapse: collapse; margin: .5rem 0}
.rnncourse-check :is(th, td) {text-align: left; vertical-align: top; padding: .15rem 1.25rem .15rem 0; background: none}
.rnncourse-check td.points {text-align: right; font-variant-numeric: tabular-nums}
.rnncourse-check pre {margin: .25rem 0; padding: 0 0 0 1rem; background: none; color: inherit; white-space: pre-wrap}
.rnncourse-check code {color: inherit; background: none; border: 0; padding: 0}
.rnncourse-check a {color: inherit; text-decoration: underline}
</style>"""


def book_url(section):
    """Address of a section of the book, "03_loss_and_bptt#sec-bptt"; None where the book's address is unknown."""
    try:
        urls = metadata.metadata("rnncourse").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    base = next((url.split(",", 1)[1].strip() for url in urls if url.startswith("Book,")), None)
    page, _, anchor = section.partition("#")
    return f"{base}book/{page}.html#{anchor}" if base else None


def _number(points):
    return f"{points:g}"


def _lines(message):
    return [line.strip() for piece in message.look_for for line in piece.splitlines()]


def _look_for(wrong):
    return "Look for lines like these:" if len(wrong) > 1 else "Look for a line like this one:"


def as_text(result):
    """The report for a terminal."""
    lines = [f"{result.exercise}: {_number(result.points)} of {_number(result.maximum)} points"]
    width = max(len(verdict.output) for verdict in result.verdicts)
    for verdict in sorted(result.verdicts, key=lambda verdict: not verdict.right):
        word = verdict.note or "right" if verdict.right else f"not yet: {verdict.problem}"
        lines.append(f"  {verdict.output:<{width}}  {verdict.points:>5g}/{verdict.maximum:<5g} {word}")
    for message in result.messages:
        lines += ["", message.text]
        wrong = _lines(message)
        lines += [f"  {_look_for(wrong)}"] * bool(wrong)
        lines += [f"      {line}" for line in wrong]
        lines += [f"  {hint}" for hint in message.hints]
        lines += [f"  Read: {section_title(section)} {book_url(section) or ''}".rstrip() for section in message.see]
    return "\n".join(lines)


def as_html(result):
    """The report for a notebook: light or dark, without colour alone, readable by a screen reader."""
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(verdict.output)}</code></th>"
        f"<td class='points'>{_number(verdict.points)}/{_number(verdict.maximum)}</td>"
        f"<td>{_word_html(verdict)}</td></tr>"
        for verdict in sorted(result.verdicts, key=lambda verdict: not verdict.right)
    )
    return (
        f"{STYLE}<section class='rnncourse-check' aria-label='Result of the check'>"
        f"<strong>{escape(result.exercise)}: {_number(result.points)} of {_number(result.maximum)} points</strong>"
        f"<table><tbody>{rows}</tbody></table>{''.join(map(_message_html, result.messages))}</section>"
    )


def _word_html(verdict):
    return "✓ " + escape(verdict.note or "right") if verdict.right else "○ not yet: " + escape(verdict.problem)


def _message_html(message):
    html = f"<p>{escape(message.text)}</p>"
    for label in message.labels:
        html = html.replace(f"{escape(label)}:", f"<strong>{escape(label)}</strong>:")
    if wrong := _lines(message):
        lines = escape("\n".join(wrong))
        html += f"<p>{_look_for(wrong)}</p><pre><code>{lines}</code></pre>"
    html += "".join(f"<p>{escape(hint)}</p>" for hint in message.hints)
    for section in message.see:
        title, url = escape(section_title(section)), book_url(section)
        html += f"<p>Read: <a href='{escape(url)}'>{title}</a></p>" if url else f"<p>Read: {title}</p>"
    return html
