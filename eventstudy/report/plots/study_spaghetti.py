"""The path of every event, and their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.report import formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._study_base import register_study
from eventstudy.report.plots.study_caar import mean_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHARE, FEWEST = 0.01, 50  # beyond the edges; events from which on that may be
FEW, MOST_LINES = 30, 300
SAMPLE = 60  # lines where not all are drawn
FAN = ((0.05, 0.95, style.LINE), (0.25, 0.75, style.FAINT))


@register_study("spaghetti")
def spaghetti(view: Snapshot, ax: Axes) -> Axes:
    """Draw the cumulative abnormal return of each event, and the mean of all.

    Parameters
    ----------
    view : Snapshot
    ax : Axes

    Returns
    -------
    Axes
        The same; data are decimals, the y axis is labelled in per cent.
    """
    paths = cumulated(view.abnormal_returns.to_numpy(float))
    known = paths[np.isfinite(paths)]
    first = formats.relative_day(view.design.event_window[0])
    title = "Cumulative abnormal returns"
    if not known.size:
        style.panel(ax, title, "per cent")
        study_axes.day_axis(ax, view)
        style.message(ax, "No event has an abnormal return in these days.")
        return ax
    ends = study_axes.robust_ends(known, SHARE, FEWEST * paths.shape[1])
    style.panel(ax, title, "per cent", f"from day {first}; {_note(paths, ends)}")
    mean = view.caar_path["caar"].to_numpy()
    axes.limits(ax, np.asarray(ends), mean, zero=True, room=0.04)
    study_axes.day_axis(ax, view)
    axes.event_day(ax, view)
    axes.percent_ticks(ax, view)
    axes.zero_line(ax, view)
    _lines(ax, view, chosen(paths))
    if len(paths) > MOST_LINES:
        _fan(ax, view, paths)
    mean_path(ax, view, marker=False, width=2.6)
    return ax


def cumulated(values: FloatArray) -> FloatArray:
    """Sums from the first day on, (N, L); NaN on days without a return."""
    path = np.where(np.isnan(values), np.nan, np.nancumsum(values, axis=1))
    return np.asarray(path, float)


def chosen(paths: FloatArray) -> FloatArray:
    """The paths to draw: of many every so-manieth, ordered by where they end."""
    if len(paths) <= MOST_LINES:
        return paths
    order = np.argsort(paths[:, -1], kind="stable")
    picked = order[np.linspace(0, len(paths) - 1, SAMPLE).round().astype(int)]
    return np.asarray(paths[picked], float)


def _note(paths: FloatArray, ends: tuple[float, float]) -> str:
    if len(paths) > MOST_LINES:
        return f"lines: {SAMPLE} of {len(paths):,} events; shaded: half of all, 90 %"
    outside = (paths < ends[0]) | (paths > ends[1])
    beyond = int(outside.any(axis=1).sum())
    note = "grey: one event each; blue: their mean"
    return note + (f"; {beyond:,} leave the frame" if beyond else "")


def _fan(ax: Axes, view: Snapshot, paths: FloatArray) -> None:
    """Between which values the middle half, and nine in ten, of the events lie."""
    first, last = view.design.event_window
    traded = np.isfinite(paths).any(axis=0)
    for low, high, color in FAN:
        ends = np.full((2, paths.shape[1]), np.nan)
        ends[:, traded] = np.nanquantile(paths[:, traded], [low, high], axis=0)
        ax.fill_between(
            np.arange(first, last + 1), *ends, color=color, alpha=0.55, linewidth=0,
            zorder=1.0, label=f"{high - low:.0%}",
        )  # fmt: skip


def _lines(ax: Axes, view: Snapshot, paths: FloatArray) -> None:
    """All paths as one artist; of many a picture, that files stay small."""
    from matplotlib.collections import LineCollection

    first, last = view.design.event_window
    days = np.arange(first, last + 1, dtype=float)
    few = len(paths) <= FEW
    lines = LineCollection(
        [np.column_stack([days, path]) for path in paths],
        colors=style.FAINT if few else style.MUTED, alpha=0.85 if few else 0.4,
        linewidths=1.0 if few else 0.6, linestyles="-", zorder=2.0, label="events",
        rasterized=not few,
    )  # fmt: skip
    ax.add_collection(lines, autolim=False)
    if first == last:
        ax.plot(
            [first] * len(paths), paths[:, 0], color=style.FAINT, linestyle="",
            marker="_", markersize=9.0, zorder=2.0, label="events",
        )  # fmt: skip
