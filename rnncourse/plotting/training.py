"""Plot a training run and a search. matplotlib is imported when something is drawn."""

import numpy as np

from rnncourse.language import say


def plot_history(history):
    """Plot the losses of a run against the epoch, on a logarithmic axis; a ring marks the lowest validation loss.

    Parameters
    ----------
    history : History

    Returns
    -------
    rnncourse.plotting.figure.Picture
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

    from rnncourse.plotting.figure import INK, Picture
    from rnncourse.plotting.style import colour, label_ends, use_style

    if not len(history):
        raise ValueError("the history holds no epoch yet; expected at least one")
    lines = [
        (say("training,\ndropout on"), history.train_loss, colour("h"), (0, (1, 1))),
        (say("training,\ndropout off"), history.train_loss_dropout_off, colour("h"), "-"),
        (say("validation"), history.val_loss, colour("f"), (0, (6, 1.5))),
    ]
    with use_style():
        figure = Figure(figsize=(4.6, 3.0))
        ax = figure.add_subplot()
        ax.set(yscale="log", xlabel=say("epoch"), ylabel=say(r"loss $\mathcal{L}$"), xlim=(1, max(len(history), 2)))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.yaxis.set_major_formatter("{x:g}")
        ax.yaxis.set_minor_formatter(NullFormatter())
        ends = []
        for label, losses, hue, dash in lines:
            if losses:
                ax.plot(np.arange(1, len(losses) + 1), losses, color=hue, linestyle=dash)
                ends.append((len(losses), losses[-1], label, hue))
        if history.val_loss:
            best = history.best_epoch
            lowest = history.val_loss[best - 1]
            ax.plot(best, lowest, "o", markerfacecolor="none", markersize=6, color=INK, clip_on=False)
        figure.draw_without_rendering()
        label_ends(ax, ends, gap=0.15)
        return Picture(figure, _history_alt(history))


def _history_alt(history):
    from rnncourse.plotting.style import spoken

    said = say(
        "After {epochs} epochs the training loss is {on} with dropout on and {off} with dropout off.",
        epochs=len(history),
        on=spoken(history.train_loss[-1]),
        off=spoken(history.train_loss_dropout_off[-1]),
    )
    if history.val_loss:
        said += say(
            " The validation loss is lowest in epoch {epoch}, {lowest}, and ends at {last}.",
            epoch=history.best_epoch,
            lowest=spoken(min(history.val_loss)),
            last=spoken(history.val_loss[-1]),
        )
    return said


def plot_search(result, row, column):
    """Draw the heat map of a search: the best mean score for each pair of two settings.

    Parameters
    ----------
    result : SearchResult
    row, column : str
        Names of the two settings.

    Returns
    -------
    rnncourse.plotting.figure.Picture
    """
    from matplotlib.figure import Figure

    from rnncourse.plotting.figure import Picture
    from rnncourse.plotting.style import use_style

    rows, columns, table = _table(result, row, column)
    with use_style():
        figure = Figure(figsize=(4.6, 1.2 + 0.42 * len(rows)))
        ax = figure.add_subplot()
        ax.grid(False)
        _draw_cells(ax, table)
        ax.set_xticks(np.arange(len(columns)) + 0.5, [str(value) for value in columns])
        ax.set_yticks(np.arange(len(rows)) + 0.5, [str(value) for value in rows])
        ax.tick_params(length=0)
        ax.set(xlabel=column.replace("_", " "), ylabel=row.replace("_", " "))
        return Picture(figure, _search_alt(result, row, column, table))


def _draw_cells(ax, table):
    """Draw a coloured cell with its number for each score; no colour where a run diverged or a pair was not tried."""
    from matplotlib import colormaps

    colours = colormaps["cividis"]
    finite = np.isfinite(table)
    low, high = (table[finite].min(), table[finite].max()) if finite.any() else (0, 1)
    ax.pcolormesh(np.where(finite, table, np.nan), cmap=colours, vmin=low, vmax=high)
    for i, j in np.ndindex(table.shape):
        place = {"x": j + 0.5, "y": i + 0.5, "ha": "center", "va": "center"}
        if finite[i, j]:
            *rgb, _ = colours((table[i, j] - low) / (high - low or 1))
            luminance = np.dot(np.power(rgb, 2.2), (0.2126, 0.7152, 0.0722))  # below 0.18 white reads better than black
            ax.text(s=f"{table[i, j]:.3g}", color="white" if luminance < 0.18 else "black", **place)
        else:
            ax.text(s="" if np.isnan(table[i, j]) else say("diverged"), **place)


def _search_alt(result, row, column, table):
    finite = table[np.isfinite(table)]
    if not finite.size:
        return say("Validation error over {row} and {column}: every run diverged.", row=row, column=column)
    said = say(
        "Validation error over {row} and {column}: lowest, {lowest:.3g}, at {row} = {best_row} and "
        "{column} = {best_column}; highest, {highest:.3g}.",
        row=row,
        column=column,
        lowest=finite.min(),
        highest=finite.max(),
        best_row=result.best[row],
        best_column=result.best[column],
    )
    if not (empty := table.size - finite.size):
        return said
    return said + say(" {empty} of {count} cells have no number.", empty=empty, count=table.size)


def _table(result, row, column):
    """Tabulate the lowest mean score of each pair of values of two settings; NaN where a pair was not tried."""
    known = list(result.settings[0])
    for name in (row, column):
        if name not in known:
            raise ValueError(f"{name!r} is not a setting of this search; expected two of {known}")
    rows, columns = (_values(result, name) for name in (row, column))
    table = np.full((len(rows), len(columns)), np.nan)
    for setting, score in zip(result.settings, result.mean, strict=True):
        place = rows.index(setting[row]), columns.index(setting[column])
        table[place] = np.fmin(table[place], score)
    return rows, columns, table


def _values(result, name):
    """List the values that a setting took: sorted if they can be, else in the order of their first use."""
    values = list(dict.fromkeys(setting[name] for setting in result.settings))
    try:
        return sorted(values)
    except TypeError:
        return values
