"""The hour of a release from its own words: calls, markets, times of day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from eventstudy._typing import Timing
from eventstudy.news._release_dates import FoundClock, find_clocks, find_dates
from eventstudy.news.hours import exchange_hours

CALL = re.compile(
    r"\b(?:conference call|webcast|earnings call|investor call|analyst call|audio call"
    r"|teleconference|call-in|call)\b",
    re.IGNORECASE,
)
TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
# 'X today announced a call on Thursday': that day is the release's, not the call's.
SAYING = r"(?:announced|reported|said|released|issued|provided|disclosed)"
TODAY_OF_CALL = re.compile(
    rf"(?<!announced )(?<!reported )(?<!released )(?<!issued )(?<!provided )"
    rf"\b(?:today|this (?:morning|afternoon|evening))\b(?! {SAYING})",
    re.IGNORECASE,
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday")  # fmt: skip
WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
REPLAY = re.compile(
    r"\b(?:replay|archived?|rebroadcast|recording|recorded|playback)\b", re.IGNORECASE
)
BEFORE, AFTER, NEAR = 170, 80, 60
MOST_CLOCKS = 1000  # of a release; a text with more is none
CLOSE = dt.time(16)
EARLIEST_CLOSE = dt.time(12, 30)  # no half day of New York ends before
NOON = dt.time(12)
# The market's day, said of this release: a plan for another day is none of it.
MARKET: tuple[tuple[Timing, re.Pattern[str]], ...] = (
    (
        "before_open",
        re.compile(
            r"\b(?:before|prior to|ahead of) (?:the )?(?:(?:U\.?S\.? )?(?:stock )?"
            r"(?:market|markets|trading|Nasdaq|NYSE)(?:'s|\u2019s)? ?)?"
            r"(?:open(?:s|ed|ing)?(?: bell)?|began|begins)\b"
            r"|\bpre-?market\b",
            re.IGNORECASE,
        ),
    ),
    (
        "after_close",
        re.compile(
            r"\b(?:after|following) (?:the )?(?:(?:U\.?S\.? )?(?:stock )?"
            r"(?:market|markets|trading|Nasdaq|NYSE)(?:'s|\u2019s)? ?)?"
            r"(?:close[sd]?|closing)(?: bell)?(?: of (?:the )?(?:market|trading))?\b"
            r"|\bafter[- ]hours\b",
            re.IGNORECASE,
        ),
    ),
)
SAID = re.compile(
    r"\b(?:announced|reported|issued|released|disclosed|said|received|published)\b",
    re.IGNORECASE,
)
PLAN = re.compile(
    r"\b(?:will|plans?|expects?|intends?|tomorrow|scheduled|next|would|to (?:report"
    r"|announce|release|issue|host))\b",
    re.IGNORECASE,
)
OF_DAY: tuple[tuple[Timing, re.Pattern[str]], ...] = (
    ("before_open", re.compile(r"\b(?:early |earlier )?this morning\b", re.IGNORECASE)),
    ("after_close", re.compile(r"\b(?:this evening|tonight)\b", re.IGNORECASE)),
)
TO_BE_RELEASED = re.compile(
    r"\b(?:for release|embargoed?(?: until| for)?|release time|not for release before)"
    r"\b[^.]{0,30}?(?=\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hour:
    """Where in its day a release came.

    Parameters
    ----------
    at : Timestamp or None
        The instant, if the words give it.
    timing : str or None
        Else what they let conclude.
    quote : str
        The words.
    """

    at: pd.Timestamp | None
    timing: Timing | None
    quote: str


def find_hour(flat: str, day: dt.date, *, american: bool = False) -> Hour | None:
    """The hour by a release time, else a call, else words about the market or the day.

    A call before the close (of a half day: its own) puts the release before it:
    'before_open' and 'during' have the same day 0, and the first is the practice.  A
    call after the close, or on the next morning, puts it after the close.
    """
    return (
        next(_release_times(flat, day), None)
        or next(_calls(flat, day, american), None)
        or next(_markets(flat), None)
        or next(_parts_of_day(flat), None)
    )


def _release_times(flat: str, day: dt.date) -> Iterator[Hour]:
    for words in TO_BE_RELEASED.finditer(flat):
        near = flat[words.end() : words.end() + 60]
        clock = next(find_clocks(near), None)
        if clock is None or clock.start > 30 or not clock.zone:
            continue
        at = clock.on(day)
        if at is not None:
            yield Hour(at, None, flat[words.start() : words.end() + clock.end])


def _calls(flat: str, day: dt.date, american: bool) -> Iterator[Hour]:
    for clock in islice(find_clocks(flat), MOST_CLOCKS):
        low = max(0, clock.start - BEFORE)
        window = flat[low : clock.end + AFTER]
        here = clock.moved(-low)
        called = CALL.search(window)
        nearby = window[max(0, here.start - 80) : here.start]
        if called is None or REPLAY.search(nearby):
            continue
        when = _day_of_call(window, here, day, american)
        timing = _timing_of_call(clock, day, when.day) if when else None
        if when and timing:
            first = min(called.start(), when.start, here.start)
            last = max(called.end(), when.end, here.end)
            yield Hour(None, timing, window[first:last])


@dataclass(frozen=True, slots=True)
class _SaidDay:
    day: dt.date
    start: int
    end: int


def _day_of_call(
    window: str, clock: FoundClock, day: dt.date, american: bool
) -> _SaidDay | None:
    """The day that is said nearest to the clock time."""

    def distance(said: _SaidDay) -> int:
        return max(clock.start - said.end, said.start - clock.end, 0)

    days = _said_days(window, day, american)
    said = [item for item in days if distance(item) <= NEAR]
    return min(said, key=distance, default=None)


def _said_days(window: str, day: dt.date, american: bool) -> Iterator[_SaidDay]:
    for match in TODAY_OF_CALL.finditer(window):
        yield _SaidDay(day, *match.span())
    for match in TOMORROW.finditer(window):
        yield _SaidDay(day + dt.timedelta(1), *match.span())
    for match in WEEKDAY.finditer(window):
        ahead = (WEEKDAYS.index(match[0].lower()) - day.weekday()) % 7
        yield _SaidDay(day + dt.timedelta(ahead), *match.span())
    for date in find_dates(window, american=american):
        year = date.year or day.year
        if (date.month, date.day) != (2, 29) or date.year:
            yield _SaidDay(dt.date(year, date.month, date.day), date.start, date.end)


def _timing_of_call(clock: FoundClock, day: dt.date, called: dt.date) -> Timing | None:
    time = clock.in_new_york(called)
    if called == day:
        return "after_close" if _is_after_close(time, day) else "before_open"
    if called == day + dt.timedelta(1) and time < NOON:
        return "after_close"
    return None


def _is_after_close(time: dt.time, day: dt.date) -> bool:
    """Whether New York had closed: at 16:00, on a half day earlier."""
    if time >= CLOSE or time < EARLIEST_CLOSE:
        return time >= CLOSE
    hours = exchange_hours("XNYS")
    sessions = hours.sessions.to_numpy("datetime64[D]")
    place = np.flatnonzero(sessions == np.datetime64(day, "D"))
    closes = hours.closes[place].tz_convert(hours.zone)
    return any(time >= close.time() for close in closes)


def _markets(flat: str) -> Iterator[Hour]:
    for timing, pattern in MARKET:
        for match in pattern.finditer(flat):
            low = max(0, match.start() - 120)
            before, after = flat[low : match.start()], flat[match.end() :][:40]
            sentence = before.rsplit(". ", 1)[-1]
            if PLAN.search(sentence) or not TODAY.search(sentence + after):
                continue
            if said := SAID.search(sentence):
                first = match.start() - len(sentence) + said.start()
                yield Hour(None, timing, flat[first : match.end()])


def _parts_of_day(flat: str) -> Iterator[Hour]:
    for timing, pattern in OF_DAY:
        for match in pattern.finditer(flat):
            low = max(0, match.start() - 60)
            sentence = flat[low : match.start()].rsplit(". ", 1)[-1]
            said = SAID.search(sentence)
            if said and not PLAN.search(sentence):
                first = match.start() - len(sentence) + said.start()
                yield Hour(None, timing, flat[first : match.end()])
