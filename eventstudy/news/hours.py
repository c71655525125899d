"""Sessions, opening and closing times of an exchange, built once per process."""

from __future__ import annotations

import difflib
import functools
import warnings
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError, EventDateError

FIRST_YEARS = range(1990, 2026)
TOO_EARLY = ("earliest date", "only recorded back")


@dataclass(frozen=True, slots=True, eq=False)
class ExchangeHours:
    """The days of an exchange, from 1990 where known; half days with true close.

    Parameters
    ----------
    calendar : str
        Key of the exchange.
    zone : tzinfo
        Its own time zone.
    sessions : DatetimeIndex
        Trading days, naive midnights.
    opens, closes : DatetimeIndex
        First and closing moment of each session, UTC.
    """

    calendar: str
    zone: tzinfo
    sessions: pd.DatetimeIndex
    opens: pd.DatetimeIndex
    closes: pd.DatetimeIndex

    def localize(self, instant: pd.Timestamp) -> tuple[pd.Timestamp, str]:
        """The instant in the zone of the exchange, and words if that was assumed."""
        if instant.tzinfo is not None:
            return instant.tz_convert(self.zone), ""
        local = instant.tz_localize(self.zone, ambiguous="NaT", nonexistent="NaT")
        if not isinstance(local, pd.Timestamp):
            raise EventDateError(
                "date",
                instant.isoformat(),
                f"this clock time exists twice or never in {self.zone}",
                "Write the offset from UTC, such as -04:00.",
            )
        return local, f" The clock time was read in the zone of {self.calendar}."

    def place(self, instant: pd.Timestamp) -> tuple[pd.Timestamp, str]:
        """The first session that closes after the instant, and where that lies.

        Returns
        -------
        session : Timestamp
        rule : {"before_open", "during", "after_close", "rolled"}
            "rolled" where the exchange does not trade on the day of the instant.
        """
        position = int(
            self.closes.searchsorted(instant.tz_convert("UTC"), side="right")
        )
        if instant < self.opens[0] or position == len(self.closes):
            raise EventDateError(
                "date",
                instant.isoformat(),
                f"the calendar {self.calendar} is known from "
                f"{self.sessions[0].date()} to {self.sessions[-1].date()}",
                "Pass the date without a clock time, and timing= if it is known.",
            )
        session, day = self.sessions[position], instant.tz_localize(None).normalize()
        if instant >= self.opens[position]:
            return session, "during"
        if day == session:
            return session, "before_open"
        return session, "after_close" if day in self.sessions else "rolled"


@functools.cache
def exchange_hours(calendar: str) -> ExchangeHours:
    """The hours of an exchange by its key, such as "XNYS".

    Raises
    ------
    ArgumentError
        When no exchange has this key.
    """
    import exchange_calendars

    names = exchange_calendars.get_calendar_names()
    if calendar not in names:
        raise _unknown(calendar, names)
    with warnings.catch_warnings():
        # What it says of its own use of pandas is no news to our user.
        warnings.simplefilter("ignore")
        found = _earliest(calendar)
    return ExchangeHours(
        calendar,
        found.tz,
        _days(found.sessions),
        pd.DatetimeIndex(found.opens),
        pd.DatetimeIndex(found.closes),
    )


def _earliest(calendar: str) -> Any:
    """The calendar from 1990 on, or from the first year for which it is known.

    Without a start it would begin twenty years before today.
    """
    import exchange_calendars

    for year in FIRST_YEARS:
        try:
            return exchange_calendars.get_calendar(calendar, start=f"{year}-01-01")
        except (ValueError, NotImplementedError) as error:
            if not any(words in str(error) for words in TOO_EARLY):
                break
    raise ArgumentError(
        "calendar",
        calendar,
        "exchange_calendars cannot build this calendar",
        "Leave clock times out: a bare date needs no calendar.",
    )


def exchange_sessions(
    calendar: str, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DatetimeIndex:
    """The trading days of an exchange from ``first`` to ``last``, both included."""
    days = exchange_hours(calendar).sessions
    return days[days.searchsorted(first) : days.searchsorted(last, side="right")]


def _days(sessions: pd.DatetimeIndex) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(sessions.to_numpy(), name="date").as_unit("ns")


def _unknown(calendar: str, names: list[str]) -> ArgumentError:
    close = difflib.get_close_matches(str(calendar), names, n=3)
    hint = f"Did you mean {' or '.join(close)}?" if close else "XNYS is New York."
    return ArgumentError("calendar", calendar, "no exchange has this key", hint)
