"""Find what overlaps in a diagram made of a `Circuit`: names on wires, names on names, names outside the picture."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg


def overlaps(picture):
    """List what overlaps in a diagram, in words.

    Parameters
    ----------
    picture : rnncourse.plotting.figure.Picture

    Returns
    -------
    found : list of str
    """
    figure = picture.figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.axes[0]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts]
    wires = [patch for patch in axes.patches if not patch.get_fill() and type(patch).__name__ == "PathPatch"]
    paths = [wire.get_path().transformed(wire.get_transform()) for wire in wires]
    found = [
        f"a wire crosses {name}"
        for name, box in boxes
        if any(path.intersects_bbox(box, filled=False) for path in paths)
    ]
    found += [f"{name} on {other}" for (name, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
    frame = figure.bbox
    found += [f"{name} is cut off" for name, box in boxes
              if box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1]  # fmt: skip
    return found
