"""The mean abnormal return of each day, with the interval of the mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.66
NARROWEST_BAR, WIDEST_BAR = 1.4, 40.0  # points
CAP = 5.0  # points


@register_study("aar")
def aar(view: Snapshot, ax: Axes) -> Axes:
    """Draw a bar a day, and the interval of each mean as a line.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the y axis is labelled in per cent.
    """
    frame = view.aar
    style.panel(ax, "Mean abnormal return", "per cent", _note(view, frame))
    ends = frame[["aar", "ci_low", "ci_high"]].to_numpy()
    axes.limits(ax, ends.ravel(), zero=True, room=0.16)
    study_axes.day_axis(ax, view)
    axes.event_day(ax, view)
    if frame["aar"].isna().all():
        style.message(ax, "No event has an abnormal return in these days.")
        return ax
    axes.percent_ticks(ax, view)
    axes.zero_line(ax, view)
    _bars(ax, frame)
    _name_event_day(ax, frame)
    return ax


def _note(view: Snapshot, frame: pd.DataFrame) -> str:
    if frame["ci_low"].isna().all():
        return "no intervals: fewer than two events"
    how = "shaded" if _crowded(frame) else "lines"
    level = formats.level(view.design.confidence)
    return f"{how}: {level} interval of each day; dark: away from zero"


def _crowded(frame: pd.DataFrame) -> bool:
    """Whether there are too many days for a line each."""
    return len(frame) > axes.MOST_SINGLE_DAYS


def _bars(ax: Axes, frame: pd.DataFrame) -> None:
    days, value = frame.index.to_numpy(), frame["aar"].to_numpy()
    away = ((frame["ci_low"] > 0.0) | (frame["ci_high"] < 0.0)).to_numpy()
    first, last = ax.get_xlim()
    point = (last - first) / style.width_of(ax)
    width = max(min(BAR, WIDEST_BAR * point), NARROWEST_BAR * point)
    for chosen, color, label in (
        (away, style.ACCENT, "away from zero"),
        (~away & ~np.isnan(value), style.FAINT, "around zero"),
    ):
        ax.bar(
            days[chosen], value[chosen], width=width, color=color, linewidth=0,
            zorder=3, label=label,
        )  # fmt: skip
    _intervals(ax, frame)


def _intervals(ax: Axes, frame: pd.DataFrame) -> None:
    """A capped line a day, rimmed so that it stands out from its bar; or a band."""
    from matplotlib.patheffects import withStroke

    days = frame.index.to_numpy()
    low, high = frame["ci_low"].to_numpy(), frame["ci_high"].to_numpy()
    if _crowded(frame):
        marks.columns_band(ax, days, low, high, "intervals")
        return
    thick, rim = (0.8, 1.6) if style.is_narrow(ax) else (1.0, 2.4)
    lines = ax.vlines(
        days, low, high, color=style.INK, linewidth=thick, linestyle="-", zorder=4,
        label="intervals",
    )  # fmt: skip
    lines.set_path_effects([withStroke(linewidth=rim, foreground="white")])
    for end in ("ci_low", "ci_high"):
        ax.plot(
            days, frame[end], linestyle="", marker="_", color=style.INK, zorder=4.1,
            markersize=CAP, markeredgewidth=1.0, label=end,
        )  # fmt: skip


def _name_event_day(ax: Axes, frame: pd.DataFrame) -> None:
    """Write the value of day 0 beyond its bar and its interval."""
    if 0 not in frame.index:
        return
    columns = frame[["aar", "ci_low", "ci_high"]]
    value, low, high = columns.to_numpy(float)[frame.index.get_loc(0)]
    if math.isnan(value):
        return
    end = high if value >= 0.0 else low
    beyond = float(value if math.isnan(end) else end)
    words = formats.percent(float(value))
    style.value_label(ax, 0.0, beyond, words, up=bool(value >= 0.0))
