"""Draw a circuit of boxes, nodes and wires in the colours of the notation, and grey out a part of it."""

from math import hypot
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path

from rnncourse.plotting.figure import INK
from rnncourse.plotting.style import colour

BOX, NODE = (0.98, 0.68), 0.25
"""Width and height of a box, radius of a node."""
BEND, HEAD = 0.22, 0.2
"""Radius of a wire's corners, length of an arrow's head."""


class Wire(NamedTuple):
    """Hold where a wire runs: its part, its symbol, its corners, and at which ends it has an arrow's head."""

    part: str
    symbol: str
    points: tuple
    head: bool = True
    head_backwards: bool = True


class Circuit:
    """A picture of boxes and wires, each of which belongs to a named part.

    Parameters
    ----------
    size : pair of float
        Width and height of what is drawn, in units; 10.6 units are 4.6 inches.
    faint, heavy : collection of str, optional
        Parts drawn in grey, and parts drawn with heavier lines.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    wires : list of (Wire, matplotlib.patches.PathPatch)
        What has been drawn by `wire`.
    """

    def __init__(self, size, faint=(), heavy=()):
        width, height = size
        self.figure = Figure(figsize=(4.6, 4.6 * height / width), layout="none")
        self.ax = self.figure.add_axes((0, 0, 1, 1))
        self.ax.set(xlim=(0, width), ylim=(0, height))
        self.ax.axis("off")
        self.faint, self.heavy, self.wires = frozenset(faint), frozenset(heavy), []

    def _look(self, part, symbol):
        """Choose the colour and the opacity of something that belongs to a part."""
        return (INK, 0.28) if part in self.faint else (colour(symbol), 1.0)

    def body(self, left, bottom, right, top):
        """Draw the outline of the cell."""
        self.ax.add_patch(FancyBboxPatch((left, bottom), right - left, top - bottom, facecolor=INK, edgecolor="none",
                                         boxstyle="round,pad=0,rounding_size=0.35", alpha=0.06))  # fmt: skip

    def wire(self, wire, backwards=False):
        """Draw a wire with round corners; backwards it is dashed, and its head is at the other end."""
        hue, alpha = self._look(wire.part, wire.symbol)
        points = wire.points[::-1] if backwards else wire.points
        end, has_head = points[-1], wire.head_backwards if backwards else wire.head
        if has_head:
            points = (*points[:-1], _towards(end, points[-2], 0.8 * HEAD))
        patch = PathPatch(_rounded(points), fill=False, edgecolor=hue, alpha=alpha, capstyle="butt",
                          linewidth=2.4 if wire.part in self.heavy else 1.4,
                          linestyle=(0, (3, 1.6)) if backwards else "-")  # fmt: skip
        self.ax.add_patch(patch)
        self.wires.append((wire, patch))
        if has_head:
            self.ax.add_patch(Polygon(_head(end, points[-1]), facecolor=hue, edgecolor="none", alpha=alpha))

    def box(self, x, y, function, symbol, part):
        """Draw a box with its function inside, tinted in the colour of what comes out."""
        hue, alpha = self._look(part, symbol)
        corner, style = (x - BOX[0] / 2, y - BOX[1] / 2), "round,pad=0,rounding_size=0.14"
        self.ax.add_patch(FancyBboxPatch(corner, *BOX, boxstyle=style, facecolor=hue, edgecolor="none",
                                         alpha=0.16 * alpha))  # fmt: skip
        self.ax.add_patch(FancyBboxPatch(corner, *BOX, boxstyle=style, facecolor="none", edgecolor=hue, alpha=alpha,
                                         linewidth=2.2 if part in self.heavy else 1.3))  # fmt: skip
        self.write(x, y, function, symbol, part, size=9.5 if function.isalpha() else 12)

    def node(self, x, y, sign, part, symbol="y"):
        """Draw a node: a product ("times"), a sum ("plus"), or the dot of a fork."""
        hue, alpha = self._look(part, symbol)
        if sign == "fork":
            self.ax.add_patch(Circle((x, y), 0.085, facecolor=hue, edgecolor="none", alpha=alpha))
            return
        self.ax.add_patch(Circle((x, y), NODE, fill=False, edgecolor=hue, alpha=alpha,
                                 linewidth=2.0 if part in self.heavy else 1.3))  # fmt: skip
        if sign == "times":
            self.ax.add_patch(Circle((x, y), 0.075, facecolor=hue, edgecolor="none", alpha=alpha))
            return
        for dx, dy in ((0.14, 0), (0, 0.14)):
            self.ax.plot([x - dx, x + dx], [y - dy, y + dy], color=hue, alpha=alpha, linewidth=1.4, linestyle="-")

    def write(self, x, y, words, symbol, part, align="center", size=11):
        """Write a name at a place."""
        hue, alpha = self._look(part, symbol)
        self.ax.text(x, y, words, ha=align, va="center", color=hue, alpha=min(1.0, 1.7 * alpha), fontsize=size)


def _towards(point, other, distance):
    """Find the place at a distance from one point on the way to another."""
    length = hypot(other[0] - point[0], other[1] - point[1])
    return tuple(here + distance * (there - here) / length for here, there in zip(point, other, strict=True))


def _head(tip, back):
    """List the corners of an arrow's head."""
    length = hypot(tip[0] - back[0], tip[1] - back[1])
    u, v = ((tip[0] - back[0]) / length, (tip[1] - back[1]) / length)
    base = (tip[0] - HEAD * u, tip[1] - HEAD * v)
    return [
        tip,
        (base[0] - 0.5 * HEAD * v, base[1] + 0.5 * HEAD * u),
        (base[0] + 0.5 * HEAD * v, base[1] - 0.5 * HEAD * u),
    ]


def _rounded(points):
    """Make a path through the points whose corners are round."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        vertices += [_towards(corner, before, BEND), corner, _towards(corner, after, BEND)]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, points[-1]], [*codes, Path.LINETO])
