"""The one look of all figures: set on the artists, never in global settings.

One accent; everything else is grey, so that the figures read without colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy._typing import FloatArray, IntArray
from eventstudy.report._base import EventView
from eventstudy.report._words import headline_effect
from eventstudy.report import formats
from eventstudy.report.formats import number, percent, relative_day, short_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Font: TypeAlias = dict[str, "str | float"]

ACCENT = "#14508c"
INK = "#1d252d"
MUTED = "#5a6570"
FAINT = "#94a1ae"
LINE = "#d5dbe1"
BAND = "#dfe8f2"
SHADE = "#f1ede4"

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same figure on every machine
TITLE: Font = {"family": FAMILY, "size": 13.0, "weight": "bold", "color": INK}
SUBTITLE: Font = {"family": FAMILY, "size": 8.6, "weight": "normal", "color": MUTED}
SOURCE: Font = {"family": FAMILY, "size": 7.0, "weight": "normal", "color": MUTED}
PANEL: Font = {"family": FAMILY, "size": 9.4, "weight": "bold", "color": INK}
NOTE: Font = {"family": FAMILY, "size": 8.2, "weight": "normal", "color": MUTED}
LABEL: Font = {"family": FAMILY, "size": 8.4, "weight": "bold", "color": ACCENT}
TICK: Font = {"family": FAMILY, "size": 8.0, "weight": "normal", "color": MUTED}

POINTS = 72.0
CHARACTER = 5.9  # points of a letter of a label
DAY_LABEL = 56.0  # points that a tick with its date needs
DAY_YEAR_LABEL = 74.0
NARROW = 300.0
STEPS = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000)
MOST_SINGLE_DAYS = 61


def width_of(ax: Axes) -> float:
    """Width of an axes in points."""
    return float(ax.bbox.width / ax.get_figure(root=True).dpi * POINTS)  # type: ignore[union-attr]


def is_narrow(ax: Axes) -> bool:
    """Whether there is room for the shortest words only."""
    return width_of(ax) < NARROW


def panel(ax: Axes, title: str, unit: str, note: str = "") -> None:
    """Dress an axes: title with unit, a note behind it, no rules but the lowest."""
    ax.set_facecolor("white")
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(visible=True, color=FAINT, linewidth=0.8)
    ax.grid(visible=False, which="both")
    ax.set_axisbelow(True)
    ax.tick_params(
        which="both", labelsize=TICK["size"], labelfontfamily=FAMILY, labelcolor=MUTED,
        color=FAINT, direction="out", labelrotation=0,
    )  # fmt: skip
    ax.tick_params(axis="y", which="both", length=0, pad=4)
    words = title if is_narrow(ax) or not unit else f"{title}, {unit}"
    heading = ax.set_title(words, loc="left", pad=7.0, **PANEL)
    if note and not is_narrow(ax):
        ax.annotate(
            note, xy=(1, 0), xycoords=heading, xytext=(7, 0),
            textcoords="offset points", va="bottom", annotation_clip=False, **NOTE,
        )  # fmt: skip


def percent_ticks(ax: Axes, view: EventView) -> None:
    """Label the y axis in per cent; the data stay decimals."""
    _y_ticks(ax, view, lambda value, digits: percent(value, max(digits - 2, 0)))


def money_ticks(ax: Axes, view: EventView) -> None:
    """Label the y axis in money."""
    sign = formats.currency_sign(view.currency)
    _y_ticks(
        ax, view, lambda value, digits: f"{sign}{number(value, digits + (digits == 1))}"
    )


def _y_ticks(ax: Axes, view: EventView, write: Callable[[float, int], str]) -> None:
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
        inside, first - 1.5, last + 0.5, color=LINE, linewidth=0.6, linestyle="-",
        zorder=0.5, label="rules",
    )  # fmt: skip
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: write(value, digits)))


def limits(ax: Axes, *values: FloatArray, zero: bool, room: float = 0.10) -> None:
    """Fit the y axis to the finite values, with some room above and below."""
    kept = np.concatenate([np.asarray(v, float).ravel() for v in values] or [[]])
    kept = kept[np.isfinite(kept)]
    kept = np.append(kept, 0.0) if zero or not kept.size else kept
    low, high = float(kept.min()), float(kept.max())
    span = high - low or abs(high) * 0.1 or 0.01
    above = room * span if high > 0.0 or not zero else 0.04 * span
    below = room * span if low < 0.0 or not zero else 0.04 * span
    ax.set_ylim(low - below, high + above)


def day_axis(ax: Axes, view: EventView, labelled: bool = True) -> None:
    """Trading days on the x axis, dates below them, room for labels at the right."""
    first, last = view.design.event_window
    width = width_of(ax)
    room = min(_label_room(view), 0.3 * width)
    days = last - first + 2.5
    ax.set_xlim(first - 1.6, last + 0.9 + days * room / (width - room))
    ax.spines["bottom"].set_bounds(first - 1.5, last + 0.5)
    dates = view.price_path["date"]
    ticks = _ticks(first, last, width - room, dates)
    ax.set_xticks(ticks)
    if last - first < MOST_SINGLE_DAYS:
        ax.set_xticks(np.arange(first, last + 1), minor=True)
    ax.tick_params(axis="x", which="minor", length=2, width=0.6)
    ax.tick_params(axis="x", which="major", length=4, width=0.8, pad=3)
    ax.set_xticklabels([_tick(day, dates, view) if labelled else "" for day in ticks])
    for day, label in zip(ticks, ax.get_xticklabels(), strict=True):
        label.set(fontfamily=FAMILY, fontsize=TICK["size"], color=INK if day == 0 else MUTED)
        label.set(fontweight="bold" if day == 0 else "normal", linespacing=1.35)
    if labelled:
        ax.set_xlabel("Trading days from the event, and their dates", loc="left", labelpad=6, **NOTE)


def _label_room(view: EventView) -> float:
    """Points that the longest label at the end of a line takes."""
    prices = view.price_path[["price", "expected_price"]].max().max()
    sign = formats.currency_sign(view.currency)
    longest = len("expected ") + len(formats.price(float(prices), sign))
    return longest * CHARACTER + 8.0


def _ticks(first: int, last: int, width: float, dates: pd.Series) -> list[int]:
    """Days to label, day 0 among them, so far apart that no two labels meet."""
    same_year = dates.dropna().dt.year.nunique() <= 1
    needed = DAY_LABEL if same_year else DAY_YEAR_LABEL
    fitting = max(width / needed, 1.0)
    step = next((s for s in STEPS if (last - first) / s <= fitting), STEPS[-1])
    return [day for day in range(first, last + 1) if day % step == 0] or [first]


def _tick(day: int, dates: pd.Series, view: EventView) -> str:
    date = dates.get(day, pd.NaT)
    full = day == 0 or (not pd.isna(date) and date.year != view.day0.year)
    return f"{relative_day(day)}\n{short_day(date, year=full)}"


def event_day(ax: Axes, view: EventView) -> None:
    """Shade the headline window and mark day 0, above what else is drawn there."""
    start, end = view.design.windows[0]
    ax.axvspan(start - 0.5, end + 0.5, color=SHADE, linewidth=0, zorder=0.1)
    first, last = view.design.event_window
    if first <= 0 <= last:
        line = ax.axvline(0.0, color=INK, linewidth=0.9, zorder=5, gid="event-day")
        line.set_linestyle((0, (1.5, 2.5)))
        line.set_label("event day")


def zero_line(ax: Axes, view: EventView) -> None:
    """The line of no effect."""
    first, last = view.design.event_window
    ax.plot(
        [first - 1.5, last + 0.5], [0.0, 0.0], color=MUTED, linewidth=0.8, marker="",
        linestyle="-", zorder=1.5, label="zero",
    )  # fmt: skip


def end_labels(ax: Axes, labels: Sequence[tuple[float, float, str, str]]) -> None:
    """Name lines at their ends (x, y, text, colour), apart from each other."""
    scale = ax.get_figure(root=True).dpi / POINTS  # type: ignore[union-attr]
    gap = 12.0 * scale
    placed = sorted(labels, key=lambda label: label[1])
    wanted = [float(ax.transData.transform((x, y))[1]) for x, y, *_ in placed]
    low, high = ax.bbox.y0 + 5.0 * scale, ax.bbox.y1 - 3.0 * scale
    for (x, y, text, color), own, at in zip(
        placed, wanted, apart(wanted, gap, low, high), strict=True
    ):
        label = ax.annotate(
            text, (x + 0.5, y), xytext=(5.0, (at - own) / scale),
            textcoords="offset points", va="center", annotation_clip=False, zorder=6,
            **{**LABEL, "color": color},
        )  # fmt: skip
        halo(label)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move sorted positions so that they are ``gap`` apart, between two bounds."""
    found: list[float] = []
    for at in wanted:
        found.append(max(at, found[-1] + gap if found else low))
    for i in range(len(found) - 1, -1, -1):
        found[i] = min(found[i], found[i + 1] - gap if i + 1 < len(found) else high)
    return found


def message(ax: Axes, text: str) -> None:
    """Say in the middle of an axes why it is empty."""
    ax.set_yticks([])
    middle = {"ha": "center", "va": "center", "transform": ax.transAxes}
    halo(ax.text(0.5, 0.5, text, zorder=6, **middle, **NOTE))


def last_valid(values: pd.Series) -> tuple[float, float] | None:
    """Day and value of the last value that exists."""
    kept = values.dropna()
    return (float(kept.index[-1]), float(kept.iloc[-1])) if len(kept) else None


def isolated(values: pd.Series) -> pd.Series:
    """Which values exist while neither neighbour does: a line would not show them."""
    known = values.notna()
    return known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)


def columns_band(
    ax: Axes, days: IntArray, low: FloatArray, high: FloatArray, name: str
) -> None:
    """Shade a column a day between two ends: days without a value stay gaps."""
    edges = np.repeat(days.astype(float), 2) + np.tile([-0.5, 0.5], days.size)
    low, high = np.repeat(low, 2), np.repeat(high, 2)
    ax.fill_between(
        edges, low, high, where=np.isfinite(low), color=BAND, linewidth=0, zorder=1.0,
        label=name,
    )  # fmt: skip


def path_band(
    ax: Axes, days: IntArray, low: FloatArray, high: FloatArray, name: str
) -> None:
    """Shade between two paths; a day between two gaps becomes a column."""
    lone = isolated(pd.Series(low)).to_numpy()
    ax.fill_between(
        days.astype(float), low, high, where=np.isfinite(low) & ~lone, color=BAND,
        linewidth=0, zorder=1.0, label=name,
    )  # fmt: skip
    if lone.any():
        columns_band(ax, days[lone], low[lone], high[lone], f"{name}, lone days")


def lone_points(ax: Axes, values: pd.Series, color: str) -> None:
    """Mark values between two gaps, which a line would not show."""
    lone = values[isolated(values)]
    if len(lone):
        ax.plot(
            lone.index.to_numpy(), lone, color=color, linestyle="", marker="o",
            markersize=4.0, zorder=4, label="lone day",
        )  # fmt: skip


def value_label(ax: Axes, x: float, y: float, text: str, *, up: bool) -> None:
    """Write a value beyond the end of its bar, on a white ground."""
    label = ax.annotate(
        text, (x, y), xytext=(0.0, 3.0 if up else -3.0), textcoords="offset points",
        ha="center", va="bottom" if up else "top", zorder=6, annotation_clip=False,
        **LABEL,
    )  # fmt: skip
    halo(label)


def halo(text: Text) -> None:
    """Put a white rim around a text, so that lines behind it do not touch it."""
    from matplotlib.patheffects import withStroke

    text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def gaps(values: pd.Series) -> str:
    """How many days have no value, for the note of a panel."""
    missing = int(values.isna().sum())
    if missing in (0, len(values)):
        return ""
    return f"; {missing} day{'s' if missing > 1 else ''} without a return"


def why_empty(view: EventView) -> str:
    """Why there is no abnormal return to draw."""
    reason = sentence(headline_effect(view).reason or "no_abnormal_return")
    return f"No abnormal return to show: {reason}."
