"""Whether the days of a frame are days on which was traded, and traded to the end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray
from eventstudy.prices.days import list_days

USUAL_DAYS = 20
LEAST_VOLUME = 0.10
FOREIGN_SHARE = 0.005
LISTED = 10


class SessionGaps:
    """Sessions on which data lack, for any stretch of their days.

    Parameters
    ----------
    days : DatetimeIndex of length T
        Days with a price, sorted.
    sessions : DatetimeIndex
        Trading days of the exchange, sorted.
    """

    def __init__(self, days: pd.DatetimeIndex, sessions: pd.DatetimeIndex) -> None:
        self.days, self._sessions = days, sessions
        self._day, self._session = (i.as_unit("ns").asi8 for i in (days, sessions))
        self._lacks = ~sessions.isin(days)
        # Of so many first sessions or days: how many lack, and how many are foreign.
        self._lacking, self._foreign = (
            np.concatenate([[0], np.cumsum(marked)])
            for marked in (self._lacks, ~days.isin(sessions))
        )

    def notes(
        self, first: pd.Timestamp | None = None, last: pd.Timestamp | None = None
    ) -> tuple[str, ...]:
        """One note on the days from ``first`` to ``last``, or none.

        As of :func:`missing_sessions` for these days alone.
        """
        start, stop = self._between(first, last)
        if start >= stop or not self._session.size:
            return ()
        begin = int(self._session.searchsorted(self._day[start]))
        end = int(self._session.searchsorted(self._day[stop - 1], "right"))
        lacking = int(self._lacking[end] - self._lacking[begin])
        if not lacking or self._are_of_another_calendar(start, stop):
            return ()
        inside = self._sessions[begin:end]
        days = list_days(inside[self._lacks[begin:end]], LISTED)
        return (f"no price on {lacking} of {len(inside)} sessions: {days}",)

    def _between(
        self, first: pd.Timestamp | None, last: pd.Timestamp | None
    ) -> tuple[int, int]:
        start, stop = 0, int(self._day.size)
        if first is not None:
            start = int(self._day.searchsorted(first.as_unit("ns").value))
        if last is not None:
            stop = int(self._day.searchsorted(last.as_unit("ns").value, "right"))
        return start, stop

    def _are_of_another_calendar(self, start: int, stop: int) -> bool:
        """Whether more than 1 of 200 of some days are no sessions."""
        start = max(start, int(self._day.searchsorted(self._session[0])))
        stop = min(stop, int(self._day.searchsorted(self._session[-1], "right")))
        foreign = int(self._foreign[stop] - self._foreign[start]) if stop > start else 0
        return stop > start and foreign / (stop - start) > FOREIGN_SHARE


def missing_sessions(
    days: pd.DatetimeIndex, sessions: pd.DatetimeIndex
) -> tuple[str, ...]:
    """Sessions of an exchange, between the first and last day, on which data lack.

    Parameters
    ----------
    days : DatetimeIndex
        Days with a price, sorted.
    sessions : DatetimeIndex
        Trading days of the exchange, sorted, over the years of the data.

    Returns
    -------
    tuple of str
        One note, or none: where nothing lacks, and where more than 1 day in 200 of the
        data is no session, since then they are of another calendar.
    """
    return SessionGaps(days, sessions).notes()


def days_without_volume(frame: pd.DataFrame) -> list[str]:
    """Days of no volume in a frame that has volumes."""
    if "volume" not in frame or not (frame["volume"] > 0).any():
        return []
    idle = (frame["volume"] <= 0).to_numpy()
    if not idle.any():
        return []
    carried = idle & _unchanged(frame)
    said = f"the volume is zero on {list_days(pd.DatetimeIndex(frame.index[idle]))}"
    if not carried.any():
        return [f"{said}: the price of such a day may be a quote"]
    days = list_days(pd.DatetimeIndex(frame.index[carried]))
    return [
        (
            f"{said}; carried forward on {days}, with the price of the day before: "
            "that is no trade, and NaN in its place leaves the day out"
        )
    ]


def _unchanged(frame: pd.DataFrame) -> BoolArray:
    name = "close" if "close" in frame else "adj_close"
    unchanged: BoolArray = (frame[name].diff() == 0).to_numpy()
    return unchanged


def unfinished_day(frame: pd.DataFrame) -> list[str]:
    """A last day that lacks what the day before has, or nearly all of its volume."""
    if len(frame) < 2:
        return []
    before, last = np.isnan(frame.iloc[-2:].to_numpy())
    lacking = list(frame.columns[last & ~before])
    if lacking:
        why = f"it has no {' and no '.join(lacking)}"
    elif _is_small(frame):
        why = f"its volume is below {100 * LEAST_VOLUME:.0f} % of the usual"
    else:
        return []
    day = frame.index[-1].date()
    return [f"the last day, {day}, looks unfinished: {why}"]


def _is_small(frame: pd.DataFrame) -> bool:
    """Whether the last volume is a small part of that of the weeks before."""
    if "volume" not in frame:
        return False
    *before, last = frame["volume"].iloc[-1 - USUAL_DAYS :]
    traded = [volume for volume in before if volume > 0]
    enough = len(traded) >= USUAL_DAYS // 2
    return enough and 0 < last < LEAST_VOLUME * float(np.median(traded))
