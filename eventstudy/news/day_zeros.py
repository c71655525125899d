"""Day 0 of many events at once: the rules of :mod:`eventstudy.news.sessions`."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from eventstudy._typing import IntArray
from eventstudy.errors import EventStudyError
from eventstudy.news.sessions import MAX_SHIFT_DAYS, day_zero
from eventstudy.news.tables import EventTable

NOWHERE = -1


def day_zeros(
    table: EventTable, sessions: pd.DatetimeIndex, first: IntArray, last: IntArray
) -> tuple[IntArray, dict[int, str]]:
    """Calendar positions of day 0.

    Parameters
    ----------
    table : EventTable
        N events.
    sessions : DatetimeIndex
        The trading days of the data, sorted.
    first, last : ndarray of int, shape (N,)
        First and last position on which each event's firm is listed.

    Returns
    -------
    positions : ndarray of int, shape (N,)
        -1 where there is none.
    problems : dict
        Why, in words, by row.
    """
    days = sessions.to_numpy("datetime64[ns]")
    left, right = (days.searchsorted(table.dates, side) for side in ("left", "right"))
    positions = np.where(table.after_close, right, left)
    positions[np.isnat(table.dates)] = NOWHERE
    problems = _out_of_bounds(table, days, positions, first, last)
    for row, event in table.events.items():
        try:
            zero = day_zero(event, sessions[first[row] : last[row] + 1], table.calendar)
            positions[row] = int(sessions.searchsorted(zero.session))
        except EventStudyError as error:
            problems[row] = f"{error.parameter}: {error.bound}"
    positions[list(problems)] = NOWHERE
    return positions, problems


def _out_of_bounds(
    table: EventTable,
    days: NDArray[np.datetime64],
    positions: IntArray,
    first: IntArray,
    last: IntArray,
) -> dict[int, str]:
    """Bare dates before, after, or too far from the data of their firm."""
    dated = ~np.isnat(table.dates)
    listed = last >= first
    bounded = dated & listed
    start, end = days[np.where(listed, first, 0)], days[np.where(listed, last, 0)]
    before = bounded & (table.dates < start)
    after = bounded & ((table.dates > end) | (positions > last))
    inside = bounded & ~before & ~after
    session = days[np.where(inside, positions, 0)]
    shift = (session - table.dates) / np.timedelta64(1, "D")
    found: dict[int, str] = {}
    for row in np.flatnonzero(inside & (shift > MAX_SHIFT_DAYS)):
        found[int(row)] = f"date: the next session comes {int(shift[row])} days later"
    for row in np.flatnonzero(dated & ~listed):
        found[int(row)] = "date: the data of this firm hold no value on any day"
    for row in np.flatnonzero(before):
        found[int(row)] = f"date: before the first day of the data, {_iso(start[row])}"
    for row in np.flatnonzero(after):
        found[int(row)] = f"date: after the last day of the data, {_iso(end[row])}"
    return found


def _iso(day: np.datetime64) -> str:
    return str(np.datetime_as_string(day, unit="D"))
