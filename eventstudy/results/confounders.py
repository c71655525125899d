"""Other news of the firm in the windows, and the figure without it (methods 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import EventDateError
from eventstudy.news.event import Event
from eventstudy.news.sessions import MAX_SHIFT_DAYS, day_zero
from eventstudy.results.effect import Effect
from eventstudy.results.known_news import stated_day
from eventstudy.results.words import day_words

ESTIMATION, EVENT, SAME_DAY = "estimation window", "event window", "same day"
COLUMNS = (
    "event_id",
    "date",
    "session",
    "event_day",
    "headline",
    "category",
    "source",
    "where",
    "abnormal_return",
    "headline_without",
)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Where to look for other news, and how to weigh it.

    Parameters
    ----------
    event : Event
        The event asked about; it is no confounder of itself.
    day0 : Timestamp
        Its day 0.
    sessions : DatetimeIndex
        The trading days from which relative days are counted.
    estimation_window, event_window : tuple of int
        First and last relative day.
    own_return : callable
        Event day -> abnormal return or residual of that day, decimal; NaN = none.
    without : callable
        Event days -> the headline figure re-estimated without them.
    calendar : str
        Key of the exchange, for news with a clock time.
    """

    event: Event
    day0: pd.Timestamp
    sessions: pd.DatetimeIndex
    estimation_window: tuple[int, int]
    event_window: tuple[int, int]
    own_return: Callable[[int], float]
    without: Callable[[Sequence[int]], Effect]
    calendar: str = "XNYS"


@dataclass(frozen=True, slots=True)
class _News:
    """Other news with its trading day."""

    event: Event
    session: pd.Timestamp
    day: int


def confounders(known: Iterable[Event], search: Search) -> pd.DataFrame:
    """Find other news of the firm in the estimation and the event window.

    Parameters
    ----------
    known : iterable of Event
        As :func:`known_events`.
    search : Search

    Returns
    -------
    DataFrame
        A row an event, in the order of their days: ``event_id``, ``date`` as
        announced, the ``session`` that can hold it and its ``event_day``,
        ``headline``, ``category``, ``source``, ``where`` ("estimation window",
        "event window" or "same day"), its own ``abnormal_return``, and
        ``headline_without``: the headline figure estimated without day -1 to +1 of
        news in the estimation window, NaN for other news.
    """
    found = sorted(_in_windows(known, search), key=lambda news: news.day)
    rows = [_row(news, search) for news in _others(found, search.event)]
    return _typed(pd.DataFrame(rows, columns=list(COLUMNS)))


def news_days(frame: pd.DataFrame, estimation_window: tuple[int, int]) -> list[int]:
    """Collect day -1 to +1 of all news in the estimation window.

    Parameters
    ----------
    frame : DataFrame
        As :func:`confounders`.
    estimation_window : tuple of int

    Returns
    -------
    list of int
        Event days inside the estimation window, in order.
    """
    inside = frame.loc[frame["where"] == ESTIMATION, "event_day"]
    return sorted({day for at in inside for day in _around(at, estimation_window)})


def news_words(frame: pd.DataFrame, window: tuple[int, int]) -> tuple[str, ...]:
    """Write the news whose sessions lie in a window, day 0 apart: day and headline."""
    day = frame["event_day"]
    return _words(frame[day.between(*window) & (frame["where"] == EVENT)])


def news_elsewhere(
    frame: pd.DataFrame, windows: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Find news that only other windows than the first hold.

    Parameters
    ----------
    frame : DataFrame
        As :func:`confounders`.
    windows : sequence of tuple of int
        Those shown, the headline window first.

    Returns
    -------
    news : tuple of str
        Day and headline.
    holding : tuple of tuple of int
        The windows that hold it.
    """
    first, *others = windows
    outside = frame[(frame["where"] == EVENT) & ~frame["event_day"].between(*first)]
    days = outside["event_day"]
    holding = [window for window in others if days.between(*window).any()]
    held = np.zeros(days.size, bool)
    for window in holding:
        held |= days.between(*window).to_numpy()
    return _words(outside[held]), tuple(holding)


def _words(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{day_words(session)}{f', “{headline}”' if headline else ''}"
        for session, headline in zip(frame["session"], frame["headline"], strict=True)
    )


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns their types, without a row too."""
    return frame.assign(
        date=frame["date"].astype("datetime64[ns]"),
        session=frame["session"].astype("datetime64[ns]"),
        event_day=frame["event_day"].astype("int64"),
        abnormal_return=frame["abnormal_return"].astype(float),
        headline_without=frame["headline_without"].astype(float),
    )


def _in_windows(known: Iterable[Event], search: Search) -> Iterable[_News]:
    """News whose session lies in one of the windows."""
    sessions, windows = search.sessions, (search.estimation_window, search.event_window)
    zero = _position(sessions, search.day0)
    last = min(zero + max(end for _, end in windows), len(sessions) - 1)
    first = max(zero + min(start for start, _ in windows), 0)
    earliest = sessions[first] - pd.Timedelta(days=MAX_SHIFT_DAYS)
    for event in known:
        session = None
        if earliest <= stated_day(event) <= sessions[last]:
            session = _session(event, search)
        if session is not None:
            day = _position(sessions, session) - zero
            if any(start <= day <= end for start, end in windows):
                yield _News(event, session, day)


def _position(sessions: pd.DatetimeIndex, day: pd.Timestamp) -> int:
    return int(sessions.searchsorted(day))


def _session(event: Event, search: Search) -> pd.Timestamp | None:
    """The trading day that can hold the news; None where the data have none."""
    try:
        return day_zero(event, search.sessions, search.calendar).session
    except EventDateError:
        return None


def _others(found: list[_News], event: Event) -> list[_News]:
    """All but the one of day 0, or of the stated day, that is the event itself."""
    stated = stated_day(event)
    alike = [n for n in found if n.day == 0 or stated_day(n.event) == stated]
    itself = max(alike, key=lambda news: _likeness(news, event), default=None)
    return [news for news in found if news is not itself]


def _likeness(news: _News, event: Event) -> tuple[bool, bool, bool, bool]:
    other = news.event
    return (
        bool(event.id) and event.id == other.id,
        bool(event.headline) and event.headline == other.headline,
        stated_day(event) == stated_day(other),
        news.day == 0,
    )


def _row(news: _News, search: Search) -> dict[str, Any]:
    event, stated = news.event, stated_day(news.event)
    first, last = search.event_window
    where = EVENT if first <= news.day <= last else ESTIMATION
    around = _around(news.day, search.estimation_window) if where == ESTIMATION else []
    return {
        "event_id": event.id or f"{event.ticker}-{stated.date()}",
        "date": stated,
        "session": news.session,
        "event_day": news.day,
        "headline": event.headline,
        "category": event.category,
        "source": event.source,
        "where": where if news.day else SAME_DAY,
        "abnormal_return": search.own_return(news.day),
        "headline_without": float(search.without(around)) if around else np.nan,
    }


def _around(day: int, window: tuple[int, int]) -> list[int]:
    return [near for near in (day - 1, day, day + 1) if window[0] <= near <= window[1]]
