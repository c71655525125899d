"""The days around which prices are needed, before day 0 is known."""

from __future__ import annotations

import pandas as pd

from eventstudy.news.event import Event
from eventstudy.news.tables import EventTable

DaySpan = tuple[pd.Timestamp, pd.Timestamp]
ONE_DAY = pd.Timedelta(days=1)


def day_span(event: Event) -> DaySpan:
    """The day of an event, and the day after it if the news may count for that."""
    stamp = event.announced_at if event.date is None else event.date
    assert stamp is not None  # noqa: S101 - an Event has one of them
    day = stamp.tz_localize(None).normalize()
    later = event.announced_at is not None or event.timing == "after_close"
    return day, day + ONE_DAY if later else day


def day_spans(table: EventTable) -> dict[str, DaySpan]:
    """By ticker the day of its first event, and of its last; rows without are left."""
    days = pd.Series(table.dates)
    ends = days + pd.to_timedelta(table.after_close.astype(int), unit="D")
    for row, event in table.events.items():
        days.iloc[row], ends.iloc[row] = day_span(event)
    known = days.notna().to_numpy()
    tickers = table.tickers[known]
    first, last = days[known].groupby(tickers).min(), ends[known].groupby(tickers).max()
    return {str(name): (first[name], last[name]) for name in first.index}
