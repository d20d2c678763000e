"""Provide what every lab needs: its libraries, a slider, and sentences that a screen reader announces."""

import html

from rnncourse.language import say


def needs(lab):
    """Import what a lab draws with, or say which extra brings it."""
    try:
        import ipywidgets
        import matplotlib.style  # noqa: F401 (the pictures, which the labs import after this, are drawn with it)
    except ImportError as error:
        missing = error.name or "ipywidgets and matplotlib"
        raise ImportError(
            say(
                "labs.{lab} needs {missing}, which is not installed; install it with: pip install 'rnncourse[learn]'",
                lab=lab,
                missing=missing,
            )
        ) from error
    return ipywidgets


def slider(widgets, label, value, limits):
    """Make a labelled slider, moved by mouse or arrow keys; limits are (low, high, step)."""
    low, high, step = limits
    return widgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=label, readout_format=".2f",
        style={"description_width": "12em"}, layout={"width": "32em", "max_width": "100%"},
    )  # fmt: skip


def stopped(error):
    """Say that the learner's function raised an error."""
    return say("Your function stopped with {kind}: {error}", kind=type(error).__name__, error=error)


def announce(sentences):
    """Write sentences as HTML that is read out when it changes."""
    return "".join(f'<p role="status">{html.escape(sentence)}</p>' for sentence in sentences)
