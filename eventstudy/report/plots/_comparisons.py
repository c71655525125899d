"""Small multiples: a panel a result, one y axis for all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.errors import ArgumentError
from eventstudy.report import comparison_text as words
from eventstudy.report import formats
from eventstudy.report._base import EventView
from eventstudy.report.comparison_view import ComparisonView
from eventstudy.report.plots import _frame as frame
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _study_rows as rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._grid import LEFT, TEXT_LINE, Grid
from eventstudy.report.plots._presets import preset_of
from eventstudy.report.plots.cumulative import band

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from eventstudy.report.plots._figure import EventFigure

WIDTH = 8.4  # inches
LABEL: style.Font = {**style.PANEL, "size": rows.FONT["size"]}
VALUE: style.Font = {**style.LABEL, "size": rows.FONT["size"]}
PLAIN: style.Font = {**style.NOTE, "size": rows.FONT["size"]}


def draw_comparison(
    view: ComparisonView, kind: str, ax: Axes | None, preset: str
) -> EventFigure:
    """Draw small multiples for a place.

    Parameters
    ----------
    view : ComparisonView
    kind : str
        ``overview``, the only one.
    ax : None
        A grid of panels cannot be drawn on one axes.
    preset : {"screen", "paper", "slide"}
        Where the figure goes.

    Returns
    -------
    EventFigure

    Raises
    ------
    ArgumentError
        For another kind, an unknown preset, and for axes.
    """
    if kind != "overview":
        raise ArgumentError(
            "kind", kind, "a comparison has one figure", "Use kind='overview'."
        )
    if ax is not None:
        raise ArgumentError(
            "ax", ax, "small multiples are made of several axes",
            "Leave ax out, or draw a result: result.plot('cumulative', ax=ax).",
        )  # fmt: skip
    place = preset_of(preset)
    if place is None:
        return comparison_figure(view)
    figure = comparison_figure(
        view, place.width, headed=place.headed, least=place.single
    )
    return place.finish(figure)


def comparison_figure(
    view: ComparisonView,
    width: float = WIDTH,
    *,
    headed: bool = True,
    least: float | None = None,
) -> EventFigure:
    """Draw the figure, so many inches wide; ``headed`` = it says its title.

    Its height hangs on the number of results; it is ``least`` where they fit into that.
    """
    from eventstudy.report.plots._figure import EventFigure

    title, note = _head(view, width) if headed else ([], [])
    top = 0.10 + len(title) * frame.TITLE_LINE + len(note) * frame.LINE + 0.1 * headed
    lines = 3 if words.designed(view) else 2
    grid = Grid.of(len(view.results), width, top, lines, least)
    figure = EventFigure((width, grid.height))
    below = frame.write(figure, title, frame.EDGE, frame.TITLE_LINE, style.TITLE)
    frame.write(figure, note, below + 0.02, frame.LINE, style.SUBTITLE)
    limits = _limits(view)
    for place, result in enumerate(view.results):
        ax = figure.add_axes(grid.box(place))
        _panel(ax, view, result, limits)
        _words_above(ax, view, place)
        _axes_words(ax, first=grid.is_first(place), last=grid.is_last(place))
    figure.text(
        LEFT / width, 0.12 / grid.height, "Trading days from the event",
        va="bottom", **style.NOTE,
    )  # fmt: skip
    return figure


def _head(view: ComparisonView, width: float) -> tuple[list[str], list[str]]:
    """Lines of title and note."""
    return (
        frame.wrapped(words.title(view), frame.TITLE_CHARACTERS * width),
        frame.wrapped(words.picture_note(view), frame.CHARACTERS * width),
    )


Limits = tuple[tuple[float, float], tuple[float, float]]


def _limits(view: ComparisonView) -> Limits:
    """Days and returns that hold all panels."""
    first = min(result.design.event_window[0] for result in view.results)
    last = max(result.design.event_window[1] for result in view.results)
    values = np.concatenate([_values(result) for result in view.results])
    low, high = float(values.min()), float(values.max())
    room = 0.05 * (high - low) or 0.01
    return (first - 1.0, last + 1.0), (low - room, high + room)


def _values(result: EventView) -> FloatArray:
    """All finite values of a panel, and zero."""
    days = result.abnormal_returns
    whole = np.concatenate([days["car"].to_numpy(float), *band(days), [0.0]])
    return np.asarray(whole[np.isfinite(whole)])


def _panel(ax: Axes, view: ComparisonView, result: EventView, limits: Limits) -> None:
    """Path and band of one result."""
    style.panel(ax, "", "")
    ax.set_xlim(*limits[0])
    ax.set_ylim(*limits[1])
    _rules(ax, view, limits)
    days = result.abnormal_returns
    if days["car"].isna().all():
        style.message(ax, "No abnormal return to show.")
        return
    marks.path_band(ax, days.index.to_numpy(), *band(days), "interval")
    ax.plot(
        days.index.to_numpy(), days["car"], color=style.ACCENT, linewidth=1.5,
        linestyle="-", marker="", zorder=4, label="path",
    )  # fmt: skip
    marks.lone_points(ax, days["car"], style.ACCENT)


def _rules(ax: Axes, view: ComparisonView, limits: Limits) -> None:
    """Zero, day 0, and the window that is compared."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    start, end = view.window
    ax.axvspan(start - 0.5, end + 0.5, color=style.SHADE, linewidth=0, zorder=0.1)
    line = ax.axvline(0.0, color=style.INK, linewidth=0.9, zorder=5, gid="event-day")
    line.set_linestyle((0, (1.5, 2.5)))
    ax.axhline(0.0, color=style.MUTED, linewidth=0.8, zorder=1.5, label="zero")
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(*limits[1])
    digits = max(-math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9) - 2, 0)
    inside = [float(t) for t in ticks if limits[1][0] <= t <= limits[1][1]]
    ax.yaxis.set_major_locator(FixedLocator(inside))
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: formats.percent(value, digits))
    )
    ax.grid(axis="y", color=style.LINE, linewidth=0.6)
    first, last = (int(day) for day in (limits[0][0] + 1, limits[0][1] - 1))
    days = sorted({day for day in (first, 0, last) if first <= day <= last})
    ax.set_xticks(days, [formats.relative_day(day) for day in days])


def _words_above(ax: Axes, view: ComparisonView, place: int) -> None:
    """What the panel is of, its abnormal return, and what sets its design apart."""
    room = style.width_of(ax)
    lines = [(view.labels[place], LABEL), _value(view.table.iloc[place], room)]
    if words.designed(view):
        lines.append((view.designs[place], PLAIN))
    for up, (text, font) in enumerate(reversed(lines)):
        ax.annotate(
            rows.cut(text, room, bold=font["weight"] == "bold"), (0, 1),
            xycoords="axes fraction", xytext=(0, 4 + up * TEXT_LINE * style.POINTS),
            textcoords="offset points", va="bottom", annotation_clip=False, **font,
        )  # fmt: skip


def _value(row: pd.Series, room: float) -> tuple[str, style.Font]:
    """The abnormal return, bold where it is unusual, with p where that fits."""
    font = VALUE if row["unusual"] else PLAIN
    short = formats.percent(row["value"])
    if math.isnan(row["p_value"]):
        return short, font
    whole = f"{short} ({formats.p_words(row['p_value'])})"
    fits = rows.text_width(whole, bold=font is VALUE) <= room
    return (whole if fits else short), font


def _axes_words(ax: Axes, *, first: bool, last: bool) -> None:
    """Numbers only where no other panel says them."""
    ax.tick_params(axis="y", labelleft=first)
    ax.tick_params(axis="x", labelbottom=last)
    inner = ax.get_xticklabels()
    if len(inner) > 1:  # ends keep to their panel, so that neighbours do not touch
        inner[0].set_horizontalalignment("left")
        inner[-1].set_horizontalalignment("right")
