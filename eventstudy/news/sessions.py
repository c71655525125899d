"""From an event to day 0: the first session whose close can hold the news."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eventstudy._typing import Timing
from eventstudy.errors import EventDateError
from eventstudy.news.dates import in_words
from eventstudy.news.event import Event
from eventstudy.news.hours import ExchangeHours, exchange_hours

MAX_SHIFT_DAYS = 7
NO_LONGER = (
    "If the share is traded no longer, choose an earlier date; else pass prices= that "
    "reach further."
)
PHASES = {
    "before_open": "before the open",
    "during": "while the exchange was open",
    "after_close": "after the close",
}


@dataclass(frozen=True, slots=True)
class DayZero:
    """Day 0 of an event, and why it is that day.

    Parameters
    ----------
    session : Timestamp
        The trading day, midnight without zone.
    rule : {"session", "rolled", "before_open", "during", "after_close"}
        ``session``: the date is a trading day; ``rolled``: it is none, the next one
        counts; the others: where in the day the news came.
    sentence : str
        The rule in words.
    time_unknown : bool
        Whether the news may have come after the close of the stated day.
    shifted_days : int
        Calendar days from the stated day to ``session``.
    """

    session: pd.Timestamp
    rule: str
    sentence: str
    time_unknown: bool
    shifted_days: int


def day_zero(
    event: Event,
    sessions: pd.DatetimeIndex,
    calendar: str = "XNYS",
    exchange: bool = False,
) -> DayZero:
    """Find the first session whose close can hold the news.

    Parameters
    ----------
    event : Event
        Its instant counts if it has one, else its date and timing.
    sessions : DatetimeIndex
        The trading days of the data: naive midnights, sorted.
    calendar : str
        Key of the exchange, for clock times and ``exchange=True``.
    exchange : bool
        Whether a bare date, too, asks the calendar of the exchange.

    Returns
    -------
    DayZero

    Raises
    ------
    EventDateError
        When no session lies within 7 calendar days, day 0 lies outside the data, or
        the timing contradicts the instant.
    ArgumentError
        When the calendar is unknown.
    """
    if event.announced_at is not None:
        return _of_instant(
            event, event.announced_at, sessions, exchange_hours(calendar)
        )
    assert event.date is not None  # noqa: S101 - Event refuses to be without both
    days = exchange_hours(calendar).sessions if exchange else sessions
    value = event.date.date().isoformat()
    _require_inside(event.date, value, sessions)
    found = _of_date(event.date, event.timing, days)
    return _inside_data(found, value, sessions, calendar)


def _of_date(
    date: pd.Timestamp, timing: Timing | None, days: pd.DatetimeIndex
) -> DayZero:
    after = timing == "after_close"
    position = int(days.searchsorted(date, side="right" if after else "left"))
    if position == len(days):
        raise _no_later_session(date, days)
    session = days[position]
    rule = (timing or "session") if date in days else "rolled"
    sentence = _date_sentence(date, session, rule)
    return DayZero(session, rule, sentence, timing is None, _shift(date, session))


def _of_instant(
    event: Event,
    announced_at: pd.Timestamp,
    sessions: pd.DatetimeIndex,
    hours: ExchangeHours,
) -> DayZero:
    instant, zone_words = hours.localize(announced_at)
    stated, value = instant.tz_localize(None).normalize(), announced_at.isoformat()
    _require_inside(stated, value, sessions)
    session, rule = hours.place(instant)
    if event.timing is not None and rule not in ("rolled", event.timing):
        raise EventDateError(
            "timing",
            event.timing,
            f"{instant.isoformat()} lies {PHASES[rule]}",
            "Correct the timing or the instant, or leave one of them out.",
        )
    sentence = _instant_sentence(instant, session, rule) + zone_words
    found = DayZero(session, rule, sentence, False, _shift(stated, session))
    return _inside_data(found, value, sessions, hours.calendar)


def _shift(stated: pd.Timestamp, session: pd.Timestamp) -> int:
    """Calendar days from the stated day to the session, within the limit."""
    shifted = (session - stated).days
    if shifted > MAX_SHIFT_DAYS:
        raise EventDateError(
            "date",
            stated.date().isoformat(),
            f"the next session, {session.date()}, comes {shifted} days later, "
            f"more than {MAX_SHIFT_DAYS}",
            "Check the date, or pass the session itself.",
        )
    return shifted


def _date_sentence(date: pd.Timestamp, session: pd.Timestamp, rule: str) -> str:
    if rule == "rolled":
        return (
            f"{date.date()} is a {date.day_name()} without trading; "
            f"day 0 is the next session, {in_words(session)}."
        )
    if rule == "session":
        return (
            f"{date.date()} is a trading day: day 0 is {in_words(session)}; the time "
            "is unknown, and news after the close would act on day +1."
        )
    which = "the next session" if rule == "after_close" else "that day"
    return f"{date.date()}, {PHASES[rule]}: day 0 is {which}, {in_words(session)}."


def _instant_sentence(instant: pd.Timestamp, session: pd.Timestamp, rule: str) -> str:
    said = f"{instant:%Y-%m-%d %H:%M} {instant.tzname()}"
    if rule == "rolled":
        return (
            f"{said} lies on a {instant.day_name()} without trading; "
            f"day 0 is the next session, {in_words(session)}."
        )
    which = "the next session" if rule == "after_close" else "that day"
    return f"{said} lies {PHASES[rule]}: day 0 is {which}, {in_words(session)}."


def _require_inside(day: pd.Timestamp, value: str, sessions: pd.DatetimeIndex) -> None:
    if len(sessions) == 0:
        raise EventDateError(
            "date", value, "the data have no trading day", "Pass prices with days."
        )
    first, last = sessions[0], sessions[-1]
    if day < first:
        raise EventDateError(
            "date",
            value,
            f"this lies before the first day of the data, {first.date()}",
            "A ticker may have been another firm's before: choose a later date, or "
            "pass prices= of the firm that had it then.",
        )
    if day > last:
        raise EventDateError(
            "date",
            value,
            f"this lies after the last day of the data, {last.date()}",
            NO_LONGER,
        )


def _no_later_session(date: pd.Timestamp, days: pd.DatetimeIndex) -> EventDateError:
    return EventDateError(
        "date",
        date.date().isoformat(),
        f"day 0 would lie after the last day of the data, {days[-1].date()}",
        NO_LONGER,
    )


def _inside_data(
    found: DayZero, value: str, sessions: pd.DatetimeIndex, calendar: str
) -> DayZero:
    if found.session in sessions:
        return found
    if found.session > sessions[-1]:
        raise _no_later_session(found.session, sessions)
    raise EventDateError(
        "date",
        value,
        f"{calendar} traded on {found.session.date()} by its calendar, but the data "
        "have no such day",
        "Pass prices with that day, the date without a clock time, or the right "
        "exchange in calendar=.",
    )
