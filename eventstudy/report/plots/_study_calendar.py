"""Dates on the x axis of a figure of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.report.formats import short_day
from eventstudy.report.plots import _study_axes as study_axes
from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAY_LABEL, MONTH_LABEL, YEAR_LABEL = 62.0, 50.0, 30.0  # points that a tick needs
DAYS, MONTHS, YEARS = (1, 2, 7, 14), (1, 3, 6), (1, 2, 5, 10, 20, 50)
LONE = 15.0  # days on both sides of a date that stands alone
DAY = "datetime64[D]"

Ticks = tuple[list[pd.Timestamp], list[str]]
Choice = tuple[float, pd.DatetimeIndex, Callable[[pd.Timestamp], str]]


def days_of(dates: pd.Series) -> FloatArray:
    """Dates as numbers of days."""
    return np.asarray(dates.to_numpy().astype(DAY).astype(float))


def date_axis(
    ax: Axes, days: FloatArray, left: float, right: float, edge: float
) -> float:
    """Dates along, between two margins; marks at the ends reach over by ``edge``.

    Parameters
    ----------
    ax : Axes
    days : ndarray
        Of the events, as :func:`days_of` counts them.
    left, right, edge : float
        Points.

    Returns
    -------
    float
        Points of a day.
    """
    low, high = float(days.min()), float(days.max())
    lone = low == high
    low, high = (low - LONE, high + LONE) if lone else (low, high)
    inner = max(style.width_of(ax) - left - right - 2.0 * edge, 30.0)
    point = (high - low) / inner
    ends = low - edge * point, high + edge * point
    study_axes.span_axis(ax, *ends, left, right)
    dates, words = ticks_of(low, high, inner)
    if lone:
        dates = [_date(low + LONE)]
        words = [short_day(dates[0])]
    places = days_of(pd.Series(dates, dtype="datetime64[ns]"))
    ax.set_xticks(places, words)
    study_axes.dress_row_axis(ax, *ends, places)
    return 1.0 / point


def ticks_of(low: float, high: float, points: float) -> Ticks:
    """The closest round dates whose labels fit into so many points."""
    days = pd.date_range(_date(np.ceil(low)), _date(np.floor(high)), freq="D")
    for room, dates, write in _choices(days):
        if 0 < len(dates) * room <= points:
            return list(dates), [write(date) for date in dates]
    return [days[0]], [_year(days[0])]


def _choices(days: pd.DatetimeIndex) -> Iterator[Choice]:
    """Round dates from the closest to the widest: room of a label, dates, words."""
    for step in DAYS:
        yield DAY_LABEL, days[::step], short_day
    firsts = days[days.day == 1]
    for step in MONTHS:
        yield MONTH_LABEL, firsts[(firsts.month - 1) % step == 0], _month
    first = firsts[firsts.month == 1]
    for step in YEARS:
        yield YEAR_LABEL, first[first.year % step == 0], _year


def _month(day: pd.Timestamp) -> str:
    return short_day(day).partition(" ")[2]


def _year(day: pd.Timestamp) -> str:
    return str(day.year)


def _date(day: float) -> pd.Timestamp:
    return pd.Timestamp(np.datetime64(int(day), "D"))
