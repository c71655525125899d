"""Sessions of the exchange on which a series has no price."""

from __future__ import annotations

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.news.hours import exchange_hours
from eventstudy.prices.track import Track
from eventstudy.prices.trading import missing_sessions


def session_notes(
    track: Track,
    calendar: str,
    first: pd.Timestamp | None = None,
    last: pd.Timestamp | None = None,
) -> tuple[str, ...]:
    """Say which sessions lack in a series that was not shipped with the package.

    Parameters
    ----------
    track : Track
    calendar : str
        Key of the exchange.
    first, last : Timestamp, optional
        The days that matter; all by default.

    Returns
    -------
    tuple of str
        One note at most.  Data of another calendar, and made-up ones, are not measured
        by this one: they have days that are no sessions.
    """
    days = track.days[track.days.slice_indexer(first, last)]
    if track.bundled or days.empty:
        return ()
    sessions = _sessions(calendar)
    return () if sessions is None else missing_sessions(days, sessions)


def _sessions(calendar: str) -> pd.DatetimeIndex | None:
    """The trading days of an exchange; None where its calendar cannot be built."""
    try:
        return exchange_hours(calendar).sessions
    except ArgumentError:
        return None
