"""The abnormal return added up from the first event day, with its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report import formats
from eventstudy.report._base import EventView
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._base import register
from eventstudy.report.plots.abnormal_returns import half_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKERS = 45


@register("cumulative")
def cumulative(view: EventView, ax: Axes) -> Axes:
    """Draw the path of the cumulative abnormal return with its pointwise interval.

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
    first = formats.relative_day(view.design.event_window[0])
    level = formats.level(view.confidence)
    note = f"from day {first}; shaded: {level} interval of each day"
    style.panel(ax, "Cumulative abnormal return", "per cent", note)
    low, high = band(frame)
    axes.limits(ax, frame["car"].to_numpy(), low, high, zero=True, room=0.06)
    axes.day_axis(ax, view)
    axes.event_day(ax, view)
    if frame["car"].isna().all():
        style.message(ax, marks.why_empty(view))
        return ax
    axes.percent_ticks(ax, view)
    axes.zero_line(ax, view)
    marks.path_band(ax, frame.index.to_numpy(), low, high, "interval")
    _path(ax, frame)
    return ax


def band(frame: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Ends of the pointwise interval of the path, decimals; NaN where there is none.

    The quantile is that of the days' own intervals, so that both bands agree.
    """
    quantile = (half_width(frame) / frame["std_error"]).median()
    margin = quantile * frame["car_std_error"]
    return (frame["car"] - margin).to_numpy(), (frame["car"] + margin).to_numpy()


def _path(ax: Axes, frame: pd.DataFrame) -> None:
    marker = "o" if len(frame) <= MOST_MARKERS else ""
    ax.plot(
        frame.index.to_numpy(), frame["car"], color=style.ACCENT, linewidth=1.8,
        linestyle="-", marker=marker, markersize=3.0, zorder=4, label="path",
    )  # fmt: skip
    marks.lone_points(ax, frame["car"], style.ACCENT)
    end = marks.last_valid(frame["car"])
    if end is not None:
        style.end_labels(ax, [(*end, formats.percent(end[1]), style.ACCENT)])
