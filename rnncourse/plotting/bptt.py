"""Plot what chapter 3 measures: the step of a gradient check, eigenvalues, and the error of truncation."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from rnncourse.language import say
from rnncourse.plotting.figure import INK, Picture
from rnncourse.plotting.style import DASHES, colour, label_ends, new_axes, spoken, use_style


def gradient_check_v(eps, errors, alt=None):
    """Plot the relative error of a numerical gradient against its step: the two sides of a V.

    Parameters
    ----------
    eps : array of shape (n,)
        Steps.
    errors : dict of str to array of shape (n,)
        Label to relative errors.
    alt : str, optional
        Replaces the text made from the errors.

    Returns
    -------
    Picture
    """
    said = []
    with use_style():
        figure, ax = new_axes()
        ax.set(xscale="log", yscale="log", xlabel=say(r"step $\epsilon$"), ylabel=say("relative error"))
        for number, (label, error) in enumerate(errors.items()):
            ax.plot(eps, error, color=colour("h"), linestyle=DASHES[number % len(DASHES)], label=label)
            best = int(np.argmin(error))
            ax.plot(eps[best], error[best], marker="o", color=colour("h"), linestyle="none")
            middle = (best + len(eps)) // 2  # of the right arm, where the curves lie apart
            upper = error[middle] >= max(other[middle] for other in errors.values())
            side, shift = ("right", -7) if upper else ("left", 7)
            ax.annotate(label, (eps[middle], error[middle]), xytext=(shift, 0), textcoords="offset points",
                        ha=side, va="center", color=colour("h"))  # fmt: skip
            said.append(
                say(
                    "{curve}: smallest error {error} at a step of {step}",
                    curve=label,
                    error=spoken(error[best]),
                    step=spoken(eps[best]),
                )
            )
        made = say(
            "Each curve is a V: rounding on the left, truncation on the right. {curves}.", curves=say("; ").join(said)
        )
        return Picture(figure, alt or made)


def eigenvalue_disc(matrices, alt=None):
    """Plot the eigenvalues of recurrent matrices in the complex plane, with the unit circle.

    Parameters
    ----------
    matrices : dict of str to array of shape (H, H)
        Label to W_hh; up to four.
    alt : str, optional
        Replaces the text made from the matrices.

    Returns
    -------
    Picture
    """
    said = []
    turn = np.linspace(0, 2 * np.pi, 200)
    with use_style():
        figure = Figure(figsize=(4.6, 0.75 + 4.2 / max(len(matrices), 1.4)))
        panels = np.atleast_1d(figure.subplots(1, len(matrices), sharex=True, sharey=True))
        for ax, (label, W) in zip(panels, matrices.items(), strict=True):
            values = np.linalg.eigvals(W)
            inside = np.abs(values) <= 1
            ax.plot(np.cos(turn), np.sin(turn), color=INK, linewidth=0.8)
            ax.plot(values.real[inside], values.imag[inside], "o", markersize=3.5, color=colour("h"))
            ax.plot(values.real[~inside], values.imag[~inside], "x", markersize=5, color=colour("f"))
            ax.set(aspect="equal", title=label, xlabel=r"$\mathrm{Re}\,\lambda$")
            ax.title.set_size(10)
            said.append(
                say(
                    "{matrix}: {outside} of {count} eigenvalues lie outside",
                    matrix=label,
                    outside=(~inside).sum(),
                    count=len(values),
                )
            )
        panels[0].set_ylabel(r"$\mathrm{Im}\,\lambda$")
        made = say(
            "Eigenvalues in the complex plane with the unit circle; dots lie inside it, crosses outside. {matrices}.",
            matrices=say("; ").join(said),
        )
        return Picture(figure, alt or made)


def truncation_error(chunks, errors, alt=None):
    """Plot the relative error of a truncated gradient against the length of the chunks.

    Parameters
    ----------
    chunks : sequence of int
    errors : dict of str to array of shape (len(chunks),)
        Label to relative errors.
    alt : str, optional
        Replaces the text made from the errors.

    Returns
    -------
    Picture
    """
    with use_style():
        figure, ax = new_axes()
        ax.set(
            xscale="log", yscale="log", xlabel=say(r"chunk length $\tau$"), ylabel=say("relative error of the gradient")
        )
        ax.set_xticks(chunks, [str(chunk) for chunk in chunks], minor=False)
        ax.xaxis.set_minor_locator(NullLocator())
        for number, (label, error) in enumerate(errors.items()):
            ax.plot(chunks, error, color=colour("h"), linestyle=DASHES[number % len(DASHES)], marker="o", label=label)
        figure.draw_without_rendering()
        label_ends(ax, [(chunks[-1], error[-1], label, colour("h")) for label, error in errors.items()])
        said = [
            say(
                "{curve}: from {first} at {shortest} to {last} at {longest}",
                curve=label,
                first=spoken(error[0]),
                shortest=chunks[0],
                last=spoken(error[-1]),
                longest=chunks[-1],
            )
            for label, error in errors.items()
        ]
        made = say("Error of a truncated gradient against chunk length. {curves}.", curves=say("; ").join(said))
        return Picture(figure, alt or made)
