"""The close around the event, beside the path that the model expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from eventstudy.report import _words, formats
from eventstudy.report._base import EventView
from eventstudy.report.plots import _axes as axes
from eventstudy.report.plots import _marks as marks
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._base import register

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKERS = 45


@register("price")
def price(view: EventView, ax: Axes) -> Axes:
    """Draw closes and expected closes over the event window.

    Parameters
    ----------
    view : EventView
    ax : Axes

    Returns
    -------
    Axes
        The same; the x axis counts trading days, the y axis money.
    """
    frame, unit = view.price_path, formats.currency_words(view.currency)
    style.panel(ax, "Closing price", unit, "dashed: the path that the model expected")
    axes.limits(ax, frame["price"].to_numpy(), frame["expected_price"].to_numpy(),
                 zero=False)  # fmt: skip
    axes.day_axis(ax, view)
    axes.event_day(ax, view)
    if frame["price"].count() < 2:
        style.message(ax, "No prices are known in this window.")
        return ax
    axes.money_ticks(ax, view)
    _paths(view, ax, frame)
    return ax


def _paths(view: EventView, ax: Axes, frame: pd.DataFrame) -> None:
    days = frame.index.to_numpy()
    marker = "o" if len(days) <= MOST_MARKERS else ""
    ax.plot(
        days, frame["expected_price"], color=style.MUTED, linewidth=1.3, marker="",
        linestyle=(0, (4, 2)), zorder=3, label="expected",
    )  # fmt: skip
    ax.plot(
        days, frame["price"], color=style.ACCENT, linewidth=1.8, linestyle="-",
        marker=marker, markersize=3.0, zorder=4, label="close",
    )  # fmt: skip
    marks.lone_points(ax, frame["price"], style.ACCENT)
    sign = formats.currency_sign(view.currency)
    ends = [
        ("price", _words.name(view), style.ACCENT),
        ("expected_price", "expected", style.MUTED),
    ]
    labels = []
    for column, name, color in ends:
        end = marks.last_valid(frame[column])
        if end is not None:
            named = "" if style.is_narrow(ax) else f"{formats.shortened(name, 8)} "
            labels.append((*end, f"{named}{formats.price(end[1], sign)}", color))
    style.end_labels(ax, labels)
