"""The events one by one, each with its interval, and their mean below them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report import _study_words as words
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _study_rows as rows
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 80
ROW, COMFORTABLE_ROW = (
    11.5,
    13.0,
)  # points, the least that a row may take, and with room
GROUPS = 50
LONGEST_NAME = 60
EXTREMES, FEWEST = 0.02, 40  # share of many intervals' ends that may leave the frame


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in each row, the highest first; decimals.

    Parameters
    ----------
    names : list of str
    value, low, high : ndarray of shape (R,)
    size : int
        Events in a row.
    """

    names: list[str]
    value: FloatArray
    low: FloatArray
    high: FloatArray
    size: int


def height(view: Snapshot) -> float:
    """Height of the figure in inches: a row an event, as long as that can be read."""
    number = len(view.car)
    if number > MOST_ROWS:
        number = math.ceil(number / math.ceil(number / GROUPS))
    row = COMFORTABLE_ROW if number <= MOST_ROWS / 2 else ROW + 0.5
    return 2.15 + (max(number, 1) + 2) * row / style.POINTS


@register_study("forest", height=height, left=rows.LEFT)
def forest(view: Snapshot, ax: Axes) -> Axes:
    """Draw every event's abnormal return with its interval, by size; then the mean.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the x axis is labelled in per cent.  Where there
        is no room for a row an event, a row stands for equally many neighbours.
    """
    title = words.car_name(view)
    if study_axes.no_events(ax, view, title):
        return ax
    shown = rows_of(view, int(style.height_of(ax) / ROW) - 2, style.is_narrow(ax))
    low, high = _span(view, shown)
    level = formats.level(view.design.confidence)
    style.panel(ax, title, "", _note(shown, level, low, high))
    ax.set_yticks([])
    right = 0.0 if style.is_narrow(ax) else rows.RIGHT
    left = rows.name_room(ax, shown.names, [_mean_name(view)])
    study_axes.percent_axis(ax, low, high, left, right)
    ax.set_ylim(len(shown.value) + 1.6, -0.8)
    _zero(ax)
    _events(ax, shown)
    _mean(ax, view, len(shown.value) + 0.6)
    return ax


def rows_of(view: Snapshot, room: int, narrow: bool) -> Rows:
    """A row an event, or where there is no room a row a group of neighbours."""
    frame = view.cars.dropna(subset=["value"])
    frame = frame.sort_values("value", ascending=False, kind="stable")
    values = frame[["value", "ci_low", "ci_high"]].to_numpy(float)
    most = min(max(room, 5), MOST_ROWS)
    if len(frame) <= most:
        value, low, high = values.T
        return Rows(_event_names(view, frame.index, narrow), value, low, high, 1)
    means, size = study_axes.neighbours(values, min(GROUPS, most))
    starts = range(1, len(values) + 1, size)
    names = [_group_name(first, min(first + size - 1, len(values))) for first in starts]
    value, low, high = means.T
    return Rows(names, value, low, high, size)


def _event_names(view: Snapshot, ids: pd.Index, narrow: bool) -> list[str]:
    """The ids, and what was said on each event if there is room for it."""
    said = view.events.get("headline")
    if narrow or said is None:
        return [str(name) for name in ids]
    return [
        formats.shortened(f"{name}  {_words(said.get(name))}".rstrip(), LONGEST_NAME)
        for name in ids
    ]


def _words(said: object) -> str:
    return said if isinstance(said, str) else ""


def _group_name(first: int, last: int) -> str:
    return f"events {first:,} to {last:,}" if first < last else f"event {first:,}"


def _note(shown: Rows, level: str, low: float, high: float) -> str:
    if shown.size > 1:
        return f"a row: the mean of {shown.size:,} neighbours, and of their intervals"
    cut = (shown.low < low) | (shown.high > high)
    more = f"; {int(cut.sum())} cut at the edge" if cut.any() else ""
    return f"lines: {level} intervals; dark: away from zero{more}"


def _span(view: Snapshot, shown: Rows) -> tuple[float, float]:
    """What the x axis holds: all values, the mean, zero, and most of the intervals."""
    effect = view.effect
    ends = np.concatenate([shown.low, shown.high])
    ends = ends[np.isfinite(ends)]
    inner = study_axes.robust_ends(ends, EXTREMES, FEWEST) if ends.size else ()
    known = np.array([*shown.value, *inner, 0.0, effect.ci_low, effect.ci_high])
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    room = 0.02 * (high - low) or 0.01
    return low - room, high + room


def _zero(ax: Axes) -> None:
    ax.axvline(
        0.0, color=style.MUTED, linewidth=0.8, linestyle="-", marker="", zorder=1.5,
        label="zero",
    )  # fmt: skip


def _events(ax: Axes, shown: Rows) -> None:
    """Point and interval of each row, with its name and its value."""
    place = np.arange(len(shown.value), dtype=float)
    edges = ax.spines["bottom"].get_bounds()
    low, high = np.clip(shown.low, *edges), np.clip(shown.high, *edges)
    away = (shown.low > 0.0) | (shown.high < 0.0)
    for chosen, color, label in (
        (away, style.INK, "away from zero"),
        (~away, style.FAINT, "around zero"),
    ):
        ax.hlines(
            place[chosen], low[chosen], high[chosen], color=color,
            linewidth=1.2, linestyle="-", zorder=3, label=f"intervals {label}",
        )  # fmt: skip
        ax.plot(
            shown.value[chosen], place[chosen], linestyle="", marker="o", color=color,
            markersize=4.2, markeredgewidth=0.0, zorder=3.5, label=label,
        )  # fmt: skip
    for y, name, value in zip(place, shown.names, shown.value, strict=True):
        rows.name(ax, y, name, style.MUTED)
        rows.number(ax, y, formats.percent(value), style.MUTED)


def _mean_name(view: Snapshot) -> str:
    return f"Mean of {words.events_words(view.effect.n)}"


def _mean(ax: Axes, view: Snapshot, y: float) -> None:
    """The mean of all with its interval, below a rule."""
    effect = view.effect
    ax.axhline(y - 0.8, color=style.LINE, linewidth=0.8, linestyle="-", marker="",
               label="rule")  # fmt: skip
    if not math.isnan(effect.ci_low):
        ax.hlines(
            y, effect.ci_low, effect.ci_high, color=style.ACCENT, linewidth=2.4,
            linestyle="-", zorder=4, label="interval of the mean",
        )  # fmt: skip
    ax.plot(
        [effect.value], [y], linestyle="", marker="D", markersize=6.5, zorder=4.5,
        color=style.ACCENT, label="mean",
    )  # fmt: skip
    rows.name(ax, y, _mean_name(view), style.ACCENT, bold=True)
    rows.number(ax, y, formats.percent(effect.value), style.ACCENT, bold=True)
