"""Stamps: lines such as 'August 27, 2010 07:00 AM Eastern Daylight Time'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from eventstudy.news._release_dates import (
    FoundClock,
    FoundDate,
    find_clocks,
    find_dates,
    find_iso,
)
from eventstudy.news._release_dow_jones import SIGNED, short_stamp
from eventstudy.news._release_text import ReleaseText

WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? ?)?"
LABEL = (
    r"(?:for (?:immediate )?release|released?|release date|date|published(?: on)?"
    r"|issued|press release|news release|dated|filed)"
)
PAGE = (
    r"(?:re)?posted|(?:last )?(?:updated|modified)|accessed|retrieved|printed|archived"
    r"|captured|viewed|copyright|©|added|shared"
)
LABELLED = re.compile(rf"\W*{LABEL}\b", re.IGNORECASE)
OF_THE_PAGE = re.compile(rf"(?<!\w)(?:{PAGE})(?!\w)", re.IGNORECASE)
LEAD_IN = re.compile(
    rf"\W*(?:{SIGNED.pattern}\W*)?(?:(?:{LABEL}|{PAGE})\b[\W_]*){{0,2}}"
    rf"(?:(?:on|at|by)? ?)?{WEEKDAY}",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"(?:[\s,|\u2013—:-]|\bat\b|\(){0,8}", re.IGNORECASE)
END = re.compile(
    r"[\s).]*(?:\(\d{1,2}:\d\d GMT\)[\s.]*)?"
    r"(?:$|[|•·\u2013—-]|\bsource\b|\bby\b|\bfrom\b)",
    re.IGNORECASE,
)
APART = re.compile(rf"[\s,|\u2013—on-]{{0,8}}{WEEKDAY}")
TODAY = re.compile(r"\btoday,? ?\(?(?:[A-Z][a-z]{2,8}day,? )?$")
LONGEST_LINE, MOST_STAMPS, REACH = 200, 200, 24
CLOCKED, OF_TODAY, OF_LABEL, OF_CODE, BARE, OF_PAGE = range(6)
RANKS = ("high", "high", "medium", "medium", "medium", "low")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day that a line states, with its clock time if it has one.

    Parameters
    ----------
    rank : int
        How likely it is the release's own: less is better.
    day : date
    at : Timestamp or None
        The instant, without zone where none is written.
    start : int
        Where it stands in the flat text.
    quote : str
    order : str
        How its figures were read, as of :class:`FoundDate`.
    """

    rank: int
    day: dt.date
    at: pd.Timestamp | None
    start: int
    quote: str
    order: str = ""

    def is_of(self, day: dt.date) -> bool:
        """Whether it is of a day, by its own clock or by that of New York."""
        if self.day == day:
            return True
        if self.at is None or self.at.tzinfo is None:
            return False
        return bool(self.at.tz_convert("America/New_York").date() == day)


def find_stamps(release: ReleaseText, *, american: bool = False) -> list[Stamp]:
    """Every stamp, in the order of the text; that of Dow Jones in figures first.

    Parameters
    ----------
    release : ReleaseText
    american : bool
        Whether 08/09/2010 is August 9; else it is no stamp.
    """
    found: list[Stamp] = []
    if short := short_stamp(release.flat):
        day, at, place, quote = short
        found.append(Stamp(CLOCKED if at else BARE, day, at, place, quote))
    for line, start in zip(release.lines, release.starts(), strict=True):
        if line and len(line) <= LONGEST_LINE:
            stamp = _of_code(line, start) or _of_line(line, start, american)
            if stamp:
                found.append(stamp)
        if len(found) == MOST_STAMPS:
            break
    return found


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but a stamp."""
    return _of_line(line, 0, american=True) is not None


def todays(flat: str) -> Iterator[Stamp]:
    """Days that the prose calls today: 'announced today, August 27, 2010, that'."""
    for match in re.finditer(r"\btoday\b", flat):
        near = flat[match.start() : match.end() + 40]
        date = next(find_dates(near), None)
        day = date.date() if date else None
        if date and day and TODAY.search(near[: date.start]):
            quote = near[: date.end]
            yield Stamp(OF_TODAY, day, None, match.start(), quote)


def best(stamps: Sequence[Stamp], body: int) -> Stamp | None:
    """The stamp that is most likely the release's own.

    Parameters
    ----------
    stamps : sequence of Stamp
    body : int
        Where the body begins: a stamp before it goes first.
    """
    return min(stamps, key=lambda s: (s.rank, s.start >= body, s.start), default=None)


def _of_code(line: str, start: int) -> Stamp | None:
    """A line that is one ISO stamp, as a page's code holds it."""
    at = find_iso(line) if line[:1].isdigit() and len(line) <= 40 else None
    if at is None:
        return None
    day = at.date()
    midnight = at == at.normalize()
    return Stamp(OF_CODE, day, None if midnight else at, start, line)


def _of_line(line: str, start: int, american: bool) -> Stamp | None:
    date = next((d for d in find_dates(line, american=american) if d.year), None)
    day = date.date() if date else None
    if date is None or day is None:
        return None
    clock = _clock(line, date)
    first = min(date.start, clock.start if clock else date.start)
    last = max(date.end, clock.end if clock else date.end)
    if not LEAD_IN.fullmatch(line[:first]) or not END.match(line, last):
        return None
    at = clock.on(day) if clock else None
    rank, quote = _rank(line, first, at), line[first:last]
    return Stamp(rank, day, at, start + first, quote, date.order)


def _clock(line: str, date: FoundDate) -> FoundClock | None:
    """The clock time that touches the date, after it or before."""
    after = next(find_clocks(line[date.end : date.end + REACH + 30]), None)
    if after and BETWEEN.fullmatch(line, date.end, date.end + after.start):
        return after.moved(date.end)
    for clock in find_clocks(line[: date.start]):
        if APART.fullmatch(line, clock.end, date.start):
            return clock
    return None


def _rank(line: str, first: int, at: pd.Timestamp | None) -> int:
    if OF_THE_PAGE.search(line[:first]):
        return OF_PAGE
    if at is not None:
        return CLOCKED
    return OF_LABEL if LABELLED.match(line[:first]) else BARE
