"""The abnormal return of each day, against the band in which it was to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report import formats
from eventstudy.report._base import EventView
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._base import register

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.72
WIDEST_BAR = 40.0  # points


@register("abnormal_returns")
def abnormal_returns(view: EventView, ax: Axes) -> Axes:
    """Draw a bar a day, and the two-sided prediction interval around zero.

    Parameters
    ----------
    view : EventView
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the y axis is labelled in per cent.
    """
    frame = view.abnormal_returns
    level = formats.level(view.confidence)
    note = f"dark: outside the {level} prediction band (shaded)"
    style.panel(ax, "Abnormal return", "per cent", note + marks.gaps(frame["abnormal"]))
    half = half_width(frame).to_numpy()
    axes.limits(ax, frame["abnormal"].to_numpy(), half, -half, zero=True, room=0.2)
    axes.day_axis(ax, view)
    axes.event_day(ax, view)
    if frame["abnormal"].isna().all():
        style.message(ax, marks.why_empty(view))
        return ax
    axes.percent_ticks(ax, view)
    axes.zero_line(ax, view)
    marks.columns_band(ax, frame.index.to_numpy(), -half, half, "prediction band")
    _bars(ax, frame, half)
    _name_event_day(ax, frame, half)
    return ax


def half_width(frame: pd.DataFrame) -> pd.Series:
    """Half the prediction interval of each day, decimal; NaN without a return."""
    return (frame["ci_high"] - frame["ci_low"]) / 2.0


def _bars(ax: Axes, frame: pd.DataFrame, half: FloatArray) -> None:
    value = frame["abnormal"].to_numpy()
    outside = np.abs(value) > half
    first, last = ax.get_xlim()
    width = min(BAR, WIDEST_BAR * (last - first) / style.width_of(ax))
    for chosen, color, label in (
        (outside, style.ACCENT, "outside the band"),
        (~outside & ~np.isnan(value), style.FAINT, "inside the band"),
    ):
        ax.bar(
            frame.index.to_numpy()[chosen], value[chosen], width=width,
            color=color, linewidth=0, zorder=3, label=label,
        )  # fmt: skip


def _name_event_day(ax: Axes, frame: pd.DataFrame, half: FloatArray) -> None:
    """Write the value of day 0 beyond its bar and beyond the band."""
    value = float(frame["abnormal"].get(0, np.nan))
    if np.isnan(value):
        return
    beyond = max(abs(value), float(half[frame.index.get_loc(0)]))
    up = value >= 0
    style.value_label(ax, 0.0, beyond if up else -beyond, formats.percent(value), up=up)
