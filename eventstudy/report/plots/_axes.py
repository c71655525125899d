"""The two axes of a figure: money or per cent upwards, trading days along."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report import formats
from eventstudy.report._base import Designed, EventView
from eventstudy.report.formats import number, percent, relative_day, short_day
from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHARACTER = 5.9  # points of a letter of a label
DAY_LABEL, DAY_YEAR_LABEL = 56.0, 74.0  # points that a tick with its date needs
STEPS = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000)
MOST_SINGLE_DAYS = 61


def percent_ticks(ax: Axes, view: Designed) -> None:
    """Label the y axis in per cent; the data stay decimals."""
    _y_ticks(ax, view, lambda value, digits: percent(value, max(digits - 2, 0)))


def money_ticks(ax: Axes, view: EventView) -> None:
    """Label the y axis in money."""
    sign = formats.currency_sign(view.currency)
    _y_ticks(
        ax, view, lambda value, digits: f"{sign}{number(value, digits + (digits == 1))}"
    )


def _y_ticks(ax: Axes, view: Designed, write: Callable[[float, int], str]) -> None:
    """Few round ticks, each written with the digits that their distance needs.

    Their rules end with the event window: behind it stand the labels of the lines.
    """
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    low, high = ax.get_ylim()
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(low, high)
    digits = max(-math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9), 0)
    inside = [float(t) for t in ticks if low <= t <= high]
    ax.yaxis.set_major_locator(FixedLocator(inside))
    first, last = view.design.event_window
    ax.hlines(
        inside, first - 1.5, last + 0.5, color=style.LINE, linewidth=0.6, linestyle="-",
        zorder=0.5, label="rules",
    )  # fmt: skip
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: write(value, digits)))


def limits(ax: Axes, *values: FloatArray, zero: bool, room: float = 0.10) -> None:
    """Fit the y axis to the finite values, with some room above and below."""
    kept = np.concatenate([np.asarray(part, float) for part in values])
    kept = kept[np.isfinite(kept)]
    kept = np.append(kept, 0.0) if zero or not kept.size else kept
    low, high = float(kept.min()), float(kept.max())
    span = high - low or abs(high) * 0.1 or 0.01
    above = room * span if high > 0.0 or not zero else 0.04 * span
    below = room * span if low < 0.0 or not zero else 0.04 * span
    ax.set_ylim(low - below, high + above)


def day_axis(ax: Axes, view: EventView) -> None:
    """Trading days on the x axis, dates below them, room for labels at the right."""
    first, last = view.design.event_window
    width = style.width_of(ax)
    room = min(_label_room(view), 0.3 * width)
    days = last - first + 2.5
    ax.set_xlim(first - 1.6, last + 0.9 + days * room / (width - room))
    ax.spines["bottom"].set_bounds(first - 1.5, last + 0.5)
    _label_days(ax, view, (width - room) / days)
    if last - first < MOST_SINGLE_DAYS:
        day_marks(ax, first, last)
    words = "Trading days from the event, and their dates"
    ax.set_xlabel(words, loc="left", labelpad=6, **style.NOTE)


def _label_days(ax: Axes, view: EventView, points: float) -> None:
    """Day numbers with their dates, so far apart that no two labels meet."""
    first, last = view.design.event_window
    dates = view.price_path["date"]
    same_year = len(set(dates.dropna().dt.year)) <= 1
    apart = (DAY_LABEL if same_year else DAY_YEAR_LABEL) / points
    step = next((step for step in STEPS if step >= apart), STEPS[-1])
    days = [day for day in range(first, last + 1) if day % step == 0] or [first]
    ax.set_xticks(days, [_tick(day, dates, view) for day in days])
    ax.minorticks_off()
    ax.tick_params(axis="x", which="major", length=4, width=0.8, pad=3)
    font = {"fontfamily": style.FAMILY, "fontsize": style.TICK["size"]}
    for day, label in zip(days, ax.get_xticklabels(), strict=True):
        weight, color = ("bold", style.INK) if day == 0 else ("normal", style.MUTED)
        label.set(fontweight=weight, color=color, linespacing=1.35, **font)


def day_marks(ax: Axes, first: int, last: int) -> None:
    """A mark a day below the axis, as one artist: a tick object each would be slow."""
    ax.plot(
        range(first, last + 1), [0.0] * (last - first + 1), color=style.FAINT,
        linestyle="", marker=3, markersize=2.5, markeredgewidth=0.6, clip_on=False,
        label="days", transform=ax.get_xaxis_transform(),
    )  # fmt: skip


def _label_room(view: EventView) -> float:
    """Points that the longest label at the end of a line takes."""
    prices = view.price_path[["price", "expected_price"]].max().max()
    sign = formats.currency_sign(view.currency)
    longest = len("expected ") + len(formats.price(float(prices), sign))
    return longest * CHARACTER + 8.0


def _tick(day: int, dates: pd.Series, view: EventView) -> str:
    date = dates.get(day, pd.NaT)
    full = day == 0 or (not pd.isna(date) and date.year != view.day0.year)
    return f"{relative_day(day)}\n{short_day(date, year=full)}"


def event_day(ax: Axes, view: Designed) -> None:
    """Shade the headline window and mark day 0, above what else is drawn there."""
    start, end = view.design.windows[0]
    ax.axvspan(start - 0.5, end + 0.5, color=style.SHADE, linewidth=0, zorder=0.1)
    first, last = view.design.event_window
    if first <= 0 <= last:
        line = ax.axvline(
            0.0, color=style.INK, linewidth=0.9, zorder=5, gid="event-day", marker=""
        )
        line.set_linestyle((0, (1.5, 2.5)))
        line.set_label("event day")


def zero_line(ax: Axes, view: Designed) -> None:
    """The line of no effect."""
    first, last = view.design.event_window
    ax.plot(
        [first - 1.5, last + 0.5], [0.0, 0.0], color=style.MUTED, linewidth=0.8,
        marker="", linestyle="-", zorder=1.5, label="zero",
    )  # fmt: skip
