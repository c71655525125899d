"""Sessions of the exchange on which a series has no price."""

from __future__ import annotations

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.news.hours import exchange_hours
from eventstudy.prices.track import Track
from eventstudy.prices.trading import SessionGaps


class SessionNotes:
    """Says which sessions lack in series that were not shipped with the package.

    Parameters
    ----------
    calendar : str
        Key of the exchange.

    Notes
    -----
    Data of another calendar, and made-up ones, are not measured by this one: they
    have days that are no sessions.  Series that share their days are compared once.
    """

    def __init__(self, calendar: str) -> None:
        self._calendar = calendar
        self._gaps: SessionGaps | None = None

    def __call__(
        self,
        track: Track,
        first: pd.Timestamp | None = None,
        last: pd.Timestamp | None = None,
    ) -> tuple[str, ...]:
        """One note at most, on the days that matter; all by default."""
        if track.bundled:
            return ()
        days = track.days
        if self._gaps is None or self._gaps.days is not days:
            sessions = _sessions(self._calendar) if len(days) else None
            if sessions is None:
                return ()
            self._gaps = SessionGaps(days, sessions)
        return self._gaps.notes(first, last)


def _sessions(calendar: str) -> pd.DatetimeIndex | None:
    """The trading days of an exchange; None where its calendar cannot be built."""
    try:
        return exchange_hours(calendar).sessions
    except ArgumentError:
        return None
