"""The mean abnormal return added up from the first event day, with its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKERS = 45


@register_study("caar")
def caar(view: Snapshot, ax: Axes) -> Axes:
    """Draw the path of the CAAR with the interval of each of its days.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the y axis is labelled in per cent.
    """
    frame = view.caar_path
    first = formats.relative_day(view.design.event_window[0])
    level = formats.level(view.design.confidence)
    band = frame["ci_low"].notna().any()
    shaded = f"shaded: {level} interval of each day" if band else "no intervals"
    style.panel(
        ax, "Mean cumulative abnormal return", "per cent", f"from day {first}; {shaded}"
    )
    low, high = frame["ci_low"].to_numpy(), frame["ci_high"].to_numpy()
    axes.limits(ax, frame["caar"].to_numpy(), low, high, zero=True, room=0.06)
    study_axes.day_axis(ax, view)
    axes.event_day(ax, view)
    if frame["caar"].isna().all():
        style.message(ax, "No event has an abnormal return in these days.")
        return ax
    axes.percent_ticks(ax, view)
    axes.zero_line(ax, view)
    marks.path_band(ax, frame.index.to_numpy(), low, high, "interval")
    mean_path(ax, view, marker=len(frame) <= MOST_MARKERS)
    return ax


def mean_path(ax: Axes, view: Snapshot, marker: bool, width: float = 1.8) -> None:
    """The path of the mean, its last value written behind it."""
    path = view.caar_path["caar"]
    ax.plot(
        path.index.to_numpy(), path, color=style.ACCENT, linewidth=width, zorder=4,
        linestyle="-", marker="o" if marker else "", markersize=3.0, label="mean",
    )  # fmt: skip
    marks.lone_points(ax, path, style.ACCENT)
    end = marks.last_valid(path)
    if end is not None:
        style.end_labels(ax, [(*end, formats.percent(end[1]), style.ACCENT)])
