"""The day and the hour of a release, of all dates and times that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from eventstudy.errors import PressReleaseError
from eventstudy.news._release_datelines import AMERICAN, Dateline
from eventstudy.news._release_dates import FoundDate, find_dates
from eventstudy.news._release_hours import Hour, find_hour
from eventstudy.news._release_stamps import (
    OF_PAGE,
    RANKS,
    Stamp,
    best,
    find_stamps,
    todays,
)
from eventstudy.news._release_text import ReleaseText

WAY_OUT = "Pass ticker and date to eventstudy.analyze yourself."
MOST_DATES = 400


@dataclass(frozen=True, slots=True)
class ReleaseDay:
    """The day of a release.

    Parameters
    ----------
    day : date
    quote : str
        The words that say so.
    confidence : {"high", "medium", "low"}
        Low where only the page that carries the release is dated.
    stamps : tuple of Stamp
        All of the text, for the hour.
    reading : str
        The rule by which a date in figures was read; empty for others.
    american : bool
        Whether the wire writes the month first.
    """

    day: dt.date
    quote: str
    confidence: str
    stamps: tuple[Stamp, ...]
    reading: str = ""
    american: bool = False


def release_day(
    release: ReleaseText, dateline: Dateline | None, body: int
) -> ReleaseDay:
    """The day: of the dateline, else of the best stamp; never of a date in the prose.

    Raises
    ------
    PressReleaseError
        When neither has one, or a dateline lacks the year and nothing tells it.
    """
    flat = release.flat
    wire = dateline.wire if dateline else ""
    american = wire in AMERICAN
    found = (
        *find_stamps(release, american=american),
        *islice(todays(flat), MOST_DATES),
    )
    if dateline and dateline.date:
        day, quote = dateline.date.date(), flat[dateline.date.start : dateline.date.end]
        if day:
            said = _reading(dateline.date.order, quote, wire)
            return ReleaseDay(day, quote, "high", found, said, american)
        day = _with_year(dateline.date, found, find_dates(flat))
        if day:
            return ReleaseDay(day, quote, "medium", found, "", american)
        bound = f"its dateline has no year ({quote!r})"
        raise PressReleaseError("source", "the release", bound, WAY_OUT)
    stamp = best(found, body)
    if stamp is None:
        raise _undated(flat)
    said = _reading(stamp.order, stamp.quote, wire)
    return ReleaseDay(stamp.day, stamp.quote, RANKS[stamp.rank], found, said, american)


def _reading(order: str, quote: str, wire: str) -> str:
    """How figures were read, and why so."""
    if not order:
        return ""
    if order == "either":
        return f"{quote}: month first, as {wire} writes"
    return f"{quote}: {order}, the only reading that is a date"


def release_hour(release: ReleaseText, day: ReleaseDay) -> Hour | None:
    """The hour: of a stamp of that day, else of the words; None if nothing tells it.

    When the page of somebody else was posted tells nothing.
    """
    clocked = [
        stamp
        for stamp in day.stamps
        if stamp.at is not None and stamp.rank != OF_PAGE and stamp.is_of(day.day)
    ]
    stamp = best(clocked, len(release.flat))
    if stamp is not None:
        return Hour(stamp.at, None, stamp.quote)
    return find_hour(release.flat, day.day, american=day.american)


def _with_year(
    date: FoundDate, stamps: Sequence[Stamp], others: Iterable[FoundDate]
) -> dt.date | None:
    """The day of a dateline without a year, by another date of that day."""
    wanted = (date.month, date.day)
    years = {s.day.year for s in stamps if (s.day.month, s.day.day) == wanted}
    years = years or {
        other.year
        for other in islice(others, MOST_DATES)
        if other.year and (other.month, other.day) == wanted
    }
    return dt.date(years.pop(), *wanted) if len(years) == 1 else None


def _undated(flat: str) -> PressReleaseError:
    found = islice(find_dates(flat, american=True), 3)
    some = [
        flat[date.start : date.end]
        + (" (month or day first?)" if date.order == "either" else "")
        for date in found
    ]
    quoted = f"; in its prose stand {', '.join(some)}" if some else ""
    bound = f"it has neither a dateline nor a stamp with a date{quoted}"
    return PressReleaseError("source", "the release", bound, WAY_OUT)
