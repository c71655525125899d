"""Abnormal returns of all events by day, as colours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _study_rows as rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

MOST_NAMED = 80
MOST_ROWS = 120
ROW = 11.0  # points
SHARE = 0.97  # of the returns lie within the limits of the colours
KEY = (84.0, 7.0)  # width and height of the key of the colours, points
NARROW_KEY = 52.0
# Dark below zero, light above it: in grey the two ends stay apart.
COLOURS = ("#0b2a52", "#3d6fa8", "#b3cbe3", "#fbfbfa", "#f6d3a4", "#e79a3c", "#c26a0a")
MISSING = "#b9bec4"


def height(view: Snapshot) -> float:
    """Height of the figure in inches: a row an event, as long as that can be read."""
    number = len(view)
    inside = (
        number * (ROW + (2.0 if number <= 40 else 0.5))
        if number <= MOST_NAMED
        else 340.0
    )
    return 2.3 + max(inside, 40.0) / style.POINTS


@register_study("heatmap", height=height, left=rows.LEFT)
def heatmap(view: Snapshot, ax: Axes) -> Axes:
    """Draw a row an event and a column a day, ordered by the headline window.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same.  Colours are centred at zero and reach as far as nearly all returns
        do; where there is no room for a row an event, a row is a mean of neighbours.
    """
    order = view.cars["value"].sort_values(ascending=False, kind="stable").index
    frame = view.abnormal_returns.loc[order]
    values = frame.to_numpy(float)
    room = int(style.height_of(ax) / ROW)
    named = len(frame) <= min(MOST_NAMED, room)
    most = max(min(MOST_ROWS, int(style.height_of(ax))), 1)
    picture, size = study_axes.neighbours(values, most)
    style.panel(ax, "Abnormal returns", "", _note(view, values, size))
    ax.set_yticks([])
    if not np.isfinite(values).any():
        ax.set_xticks([])
        style.message(ax, "No event has an abnormal return in these days.")
        return ax
    names = [str(name) for name in frame.index] if named else list(ENDS)
    _days(ax, view, rows.name_room(ax, names))
    limit = colour_limit(picture)
    _cells(ax, view, picture, limit)
    _names(ax, names, named)
    _event_day(ax, view)
    _key(ax, limit)
    return ax


ENDS = ("highest", "lowest")


def colour_limit(values: FloatArray) -> float:
    """A round number that nearly all returns do not exceed, decimal."""
    size = np.abs(values[np.isfinite(values)])
    reached = float(np.quantile(size, SHARE)) or 0.01
    power = 10.0 ** math.floor(math.log10(reached))
    return float(next(m * power for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
                      if m * power >= reached))  # fmt: skip


def _note(view: Snapshot, values: FloatArray, size: int) -> str:
    row = "a row an event" if size == 1 else f"a row: the mean of {size} neighbours"
    missing = "; grey: no return" if np.isnan(values).any() else ""
    return f"{row}, sorted by {formats.window_words(*view.window)}{missing}"


def _days(ax: Axes, view: Snapshot, left: float) -> None:
    first, last = view.design.event_window
    width = style.width_of(ax)
    study_axes.span_axis(ax, first - 0.5, last + 0.5, left, 0.0)
    ax.spines["bottom"].set_bounds(first - 0.5, last + 0.5)
    ax.spines["bottom"].set_visible(False)
    study_axes.label_days(ax, first, last, (width - left) / (last - first + 1))
    ax.set_xlabel(study_axes.DAYS, loc="left", labelpad=5, **style.NOTE)
    ax.xaxis.label.set_x(left / width)


def colours() -> Colormap:
    """Diverging colours, white at zero."""
    from matplotlib.colors import LinearSegmentedColormap

    found = LinearSegmentedColormap.from_list("eventstudy", list(COLOURS), N=64)
    return found.with_extremes(bad=MISSING)


def _cells(ax: Axes, view: Snapshot, picture: FloatArray, limit: float) -> None:
    first, last = view.design.event_window
    extent = (first - 0.5, last + 0.5, len(picture) - 0.5, -0.5)
    image = ax.imshow(
        np.ma.masked_invalid(picture), cmap=colours(), vmin=-limit, vmax=limit,
        aspect="auto", interpolation="nearest", extent=extent, zorder=2, origin="upper",
    )  # fmt: skip
    image.set_label("abnormal returns")
    ax.set_xlim(ax.get_xlim())
    ax.set_ylim(len(picture) - 0.5, -0.5)


def _names(ax: Axes, names: list[str], named: bool) -> None:
    """A name a row, or what stands at the two ends."""
    if named:
        for y, name in enumerate(names):
            rows.name(ax, float(y), name, style.MUTED)
        return
    low, high = ax.get_ylim()
    room = 0.02 * (low - high)
    for place, text in zip((high + room, low - room), names, strict=True):
        rows.name(ax, place, text, style.MUTED)


def _event_day(ax: Axes, view: Snapshot) -> None:
    """A frame around day 0, over the whole height."""
    first, last = view.design.event_window
    if not first <= 0 <= last:
        return
    for x in (-0.5, 0.5):
        line = ax.axvline(x, color=style.INK, linewidth=0.9, zorder=5, marker="")
        line.set_linestyle((0, (1.5, 2.5)))
        line.set_label("event day")


def _key(ax: Axes, limit: float) -> None:
    """What the colours mean, above the right end of the chart."""
    width, height = style.width_of(ax), style.height_of(ax)
    right = width - 34.0
    long = NARROW_KEY if style.is_narrow(ax) else KEY[0]
    bar = ax.inset_axes(
        ((right - long) / width, 1.0 + 8.0 / height, long / width, KEY[1] / height)
    )
    bar.imshow(np.linspace(-1.0, 1.0, 64)[None], cmap=colours(), aspect="auto")
    bar.set_axis_off()
    for x, text, side in ((0.0, f"≤ {_limit(-limit)}", "right"),
                          (1.0, f"≥ {_limit(limit)}", "left")):  # fmt: skip
        bar.annotate(
            text, (x, 0.5), xycoords="axes fraction", xytext=(4.0 * (2 * x - 1), 0.0),
            textcoords="offset points", ha=side, va="center", annotation_clip=False,
            **style.TICK,
        )  # fmt: skip


def _limit(value: float) -> str:
    return formats.percent(value, 1 if abs(value) < 0.01 else 0)
