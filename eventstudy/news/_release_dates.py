"""Dates and clock times as American releases write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
          "dec")  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d\d"
ORDINAL = r"(?:st|[nr]d|th)?"
DATE = re.compile(
    rf"(?<![\w])(?:"
    rf"(?P<m1>{MONTH})\.? ?(?P<d1>\d{{1,2}}){ORDINAL}(?!\d)"
    rf"(?:,? ?(?P<y1>{YEAR})(?!\d))?"
    rf"|(?P<d2>\d{{1,2}}){ORDINAL}(?: of)? (?P<m2>{MONTH})\.?,? (?P<y2>{YEAR})(?!\d)"
    rf"|(?P<y3>{YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
    rf"|(?<!/)(?P<n1>\d{{1,2}})/(?P<n2>\d{{1,2}})/(?P<y4>{YEAR})(?![\d/])"
    rf")",
    re.IGNORECASE,
)
# As the clock on the wall shows it: 'EST' in August is a slip for Eastern time.
ZONES = {
    "America/New_York": r"E[SD]?T|Eastern(?: (?:Daylight|Standard))?(?: Time)?"
    r"|New York(?: City)? time",
    "America/Chicago": r"C[SD]?T|Central(?: (?:Daylight|Standard))?(?: Time)?",
    "America/Denver": r"M[SD]T|Mountain(?: (?:Daylight|Standard))?(?: Time)?",
    "America/Los_Angeles": r"P[SD]?T|Pacific(?: (?:Daylight|Standard))?(?: Time)?",
    "UTC": r"GMT|UTC|Z",
    "Europe/London": r"BST|London time",
    "Europe/Paris": r"CES?T",
    "Asia/Tokyo": r"JST",
}
ZONE = "|".join(ZONES.values())
CLOCK = re.compile(
    r"(?<![\d:.,$])(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::\d\d)?)?(?![\d:%])"
    r" ?(?P<half>[ap](?:\.m\.?|m\b))?,? ?"
    rf"(?:\(?(?P<zone>(?:{ZONE})(?![A-Za-z]))\)?)?",
    re.IGNORECASE,
)
ISO = re.compile(
    rf"{YEAR}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)? ?(?:Z|[+-]\d\d:?\d\d)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; the year is None where it is not written.

    ``order`` says how figures such as 08/27/2010 were read: "month first", "day first"
    where they have that reading alone, "either" where both would do.
    """

    year: int | None
    month: int
    day: int
    start: int
    end: int
    order: str = ""

    def moved(self, by: int) -> FoundDate:
        """The same, its place counted from elsewhere."""
        return replace(self, start=self.start + by, end=self.end + by)

    def date(self) -> dt.date | None:
        """The day, if its year is known."""
        return None if self.year is None else dt.date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A clock time in a text; the zone is empty where it is not written."""

    hour: int
    minute: int
    zone: str
    start: int
    end: int

    def moved(self, by: int) -> FoundClock:
        """The same, its place counted from elsewhere."""
        return replace(self, start=self.start + by, end=self.end + by)

    def on(self, day: dt.date) -> pd.Timestamp | None:
        """The instant; None at midnight, which is no time, and where there is none."""
        if (self.hour, self.minute) == (0, 0):
            return None
        at = pd.Timestamp(day).as_unit("ns")
        at += pd.Timedelta(hours=self.hour, minutes=self.minute)
        if not self.zone:
            return at
        there = at.tz_localize(self.zone, ambiguous="NaT", nonexistent="NaT")
        return there if isinstance(there, pd.Timestamp) else None

    def in_new_york(self, day: dt.date) -> dt.time:
        """What the clock of New York shows then; the same without a zone."""
        at = self.on(day)
        if at is None or at.tzinfo is None:
            return dt.time(self.hour, self.minute)
        return at.tz_convert("America/New_York").time()


def find_dates(text: str, *, american: bool = False) -> Iterator[FoundDate]:
    """Every date that exists, in order.

    Parameters
    ----------
    text : str
    american : bool
        Whether 08/09/2010 is August 9; else a date with two readings is none.
    """
    for match in DATE.finditer(text):
        group = match.groupdict()
        if group["n1"]:
            found = _of_figures(match)
            if found and (american or found.order != "either"):
                yield found
            continue
        kind = next(n for n in "123" if group[f"d{n}"])
        month, year = group[f"m{kind}"], group[f"y{kind}"]
        number = int(month) if kind == "3" else MONTHS.index(month[:3].lower()) + 1
        day = int(group[f"d{kind}"])
        try:
            dt.date(int(year or 2000), number, day)
        except ValueError:
            continue
        yield FoundDate(int(year) if year else None, number, day, *match.span())


def _of_figures(match: re.Match[str]) -> FoundDate | None:
    """A date such as 08/27/2010, month first unless only the other way will do."""
    first, second, year = int(match["n1"]), int(match["n2"]), int(match["y4"])
    month_first, day_first = _exists(year, first, second), _exists(year, second, first)
    if month_first:
        order = "either" if day_first and first != second else "month first"
        return FoundDate(year, first, second, *match.span(), order)
    if day_first:
        return FoundDate(year, second, first, *match.span(), "day first")
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def find_clocks(text: str) -> Iterator[FoundClock]:
    """Every clock time that exists, in order."""
    for match in CLOCK.finditer(text):
        half, minute = match["half"], match["minute"]
        if not half and not minute:
            continue
        hour, minutes = int(match["hour"]), int(minute or 0)
        if half:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + 12 * (half[0].lower() == "p")
        if hour < 24 and minutes < 60:
            end = match.start() + len(match[0].rstrip(", "))
            yield FoundClock(
                hour, minutes, named_zone(match["zone"]), match.start(), end
            )


def find_iso(text: str) -> pd.Timestamp | None:
    """The first stamp in ISO 8601 with an offset."""
    found = ISO.search(text)
    try:
        stamp = pd.Timestamp(found[0]) if found else None
    except ValueError:
        return None
    return stamp.as_unit("ns") if isinstance(stamp, pd.Timestamp) else None


def named_zone(words: str | None) -> str:
    """The zone that words such as 'EDT' mean; empty if they mean none."""
    for name, pattern in ZONES.items():
        if words and re.fullmatch(pattern, words, re.IGNORECASE):
            return name
    return ""
