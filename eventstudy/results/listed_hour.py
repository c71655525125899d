"""The hour of the news by the list of known events, beside what the caller says."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from eventstudy.errors import EventDateError
from eventstudy.news.dates import in_words
from eventstudy.news.event import Event
from eventstudy.news.sessions import DayZero, day_zero
from eventstudy.results.known_news import stated_day

CLOCK_TIME = "the clock time"


@dataclass(frozen=True, slots=True)
class ListedHour:
    """An hour by which another session would be day 0.

    Parameters
    ----------
    stated : Timestamp
        Day of the announcement.
    rule : {"before_open", "during", "after_close"}
        Where in that day it came, by the list.
    inferred : bool
        Whether the list concludes that from the price.
    session : Timestamp
        Day 0 by the list.
    event_day : int
        The same, counted from day 0 as it is used.
    given : str
        How the caller gave another hour: "timing='after_close'", "the clock time";
        empty = not at all.
    """

    stated: pd.Timestamp
    rule: str
    inferred: bool
    session: pd.Timestamp
    event_day: int
    given: str = ""


def announcement(event: Event, known: Sequence[Event], rule: str = "") -> Event | None:
    """Find the known announcement that the event is, if there is one of its day.

    Parameters
    ----------
    event : Event
    known : sequence of Event
    rule : str
        Of the event's day 0: among several of one day, the one of that hour is meant.

    Returns
    -------
    Event or None
    """

    def likeness(other: Event) -> tuple[bool, bool, bool]:
        return (
            bool(event.id) and event.id == other.id,
            bool(event.headline) and event.headline == other.headline,
            other.timing == rule,
        )

    same_day = [other for other in known if stated_day(other) == stated_day(event)]
    return max(same_day, key=likeness, default=None)


def dated(
    event: Event, known: Sequence[Event], sessions: pd.DatetimeIndex, calendar: str
) -> DayZero:
    """Day 0 of an event; a bare date learns its hour from a known announcement.

    It never moves by that: where the known hour would make another session day 0, the
    verdict says so.
    """
    zero = day_zero(event, sessions, calendar)
    if not zero.time_unknown or zero.rule == "rolled":
        return zero
    listed = _by_list(announcement(event, known, zero.rule), sessions, calendar)
    if listed is None:
        return zero
    if listed.session == zero.session:
        said = listed.sentence.removesuffix(".")
        said = f"{said} (hour from the list of known events)."
        return dataclasses.replace(listed, sentence=said)
    said = (
        f"{stated_day(event).date()} is a trading day: day 0 is "
        f"{in_words(zero.session)}; by the list of known events the news came after "
        "the close, which would make the next session day 0."
    )
    return dataclasses.replace(zero, sentence=said, time_unknown=False)


def listed_hour(
    event: Event,
    zero: DayZero,
    itself: Event | None,
    sessions: pd.DatetimeIndex,
    calendar: str,
) -> ListedHour | None:
    """Tell the hour of the list where it would make another session day 0.

    Parameters
    ----------
    event : Event
        As asked.
    zero : DayZero
        Its day 0.
    itself : Event or None
        As :func:`announcement` finds it.
    sessions : DatetimeIndex
        The trading days of the data.
    calendar : str
        Key of the exchange, for clock times.

    Returns
    -------
    ListedHour or None
        None where the list knows no hour, or agrees.
    """
    listed = _by_list(itself, sessions, calendar)
    if itself is None or listed is None or listed.session == zero.session:
        return None
    first, day = sessions.get_indexer(pd.DatetimeIndex([zero.session, listed.session]))
    return ListedHour(
        stated_day(itself),
        listed.rule,
        itself.timing_inferred,
        listed.session,
        int(day - first),
        _given(event),
    )


def _by_list(
    itself: Event | None, sessions: pd.DatetimeIndex, calendar: str
) -> DayZero | None:
    """Day 0 of a known announcement; None where its hour is not known."""
    if itself is None or (itself.timing is None and itself.announced_at is None):
        return None
    try:
        return day_zero(itself, sessions, calendar)
    except EventDateError:
        return None


def _given(event: Event) -> str:
    if event.announced_at is not None:
        return CLOCK_TIME
    return f"timing={event.timing!r}" if event.timing else ""
