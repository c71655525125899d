"""What is known of a firm: the bundled announcements and the user's."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.news.event import Event


def known_events(
    ticker: str, bundled: pd.DataFrame | None, extra: pd.DataFrame | None = None
) -> list[Event]:
    """Gather what is known of one firm.

    Parameters
    ----------
    ticker : str
        The firm.
    bundled : DataFrame or None
        As :func:`eventstudy.list_events` returns it.
    extra : DataFrame, optional
        The user's: ``date`` or ``announced_at``, and any other column of the
        bundled one; without ``ticker`` all rows are the firm's.  A row that repeats
        the id, or the day without another headline, of a bundled one is dropped.

    Returns
    -------
    list of Event
        Bundled ones first, each in the order of its frame.

    Raises
    ------
    EventDateError
        When a date cannot be read.
    ArgumentError
        When ``extra`` has no column of dates.
    """
    known = [] if bundled is None else _events(ticker, bundled)
    if extra is None:
        return known
    if not isinstance(extra, pd.DataFrame) or not {"date", "announced_at"} & {*extra}:
        raise ArgumentError(
            "events",
            list(extra) if isinstance(extra, pd.DataFrame) else type(extra).__name__,
            "not a frame with a column date or announced_at",
            "Pass a frame like eventstudy.list_events() returns.",
        )
    more = _events(ticker, extra)
    return known + [event for event in more if not _is_among(event, known)]


def stated_day(event: Event) -> pd.Timestamp:
    """Tell the day as announced, in the announcement's own zone."""
    if event.date is not None:
        return event.date
    assert event.announced_at is not None  # noqa: S101 - Event refuses to lack both
    return event.announced_at.tz_localize(None).normalize()


def _events(ticker: str, frame: pd.DataFrame) -> list[Event]:
    rows: list[dict[str, Any]] = [
        {"ticker": ticker, **{str(name): value for name, value in row.items()}}
        for row in frame.to_dict("records")
    ]
    wanted = ticker.strip().upper()
    return [
        _dated(Event.from_row({**row, "ticker": ticker}))
        for row in rows
        if str(row["ticker"]).strip().upper() == wanted
    ]


def _dated(event: Event) -> Event:
    """Prefer a known timing to the clock: it finds the session without a calendar."""
    if event.announced_at is None or event.timing is None:
        return event
    return dataclasses.replace(event, date=stated_day(event), announced_at=None)


def _is_among(event: Event, known: Iterable[Event]) -> bool:
    return any(
        (event.id and event.id == other.id)
        or (
            stated_day(event) == stated_day(other)
            and event.headline in ("", other.headline)
        )
        for other in known
    )
