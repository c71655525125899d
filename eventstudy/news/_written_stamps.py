"""Dates and instants as tables hold them: any order that is asked for, any zone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news._release_dates import named_zone
from eventstudy.news.dates import is_midnight, read_stamp

PARTS = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
    r"(?:[T, ]\s*(?P<clock>\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?|\[?[A-Za-z][\w/+ -]{0,40}\]?)?)?"
)
NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
OFFSET = re.compile(r"Z|[+-]\d\d(?::?\d\d)?")
ORDERS = {True: "day first", False: "month first"}
WAY_OUT = "Write it in ISO 8601, such as '2010-08-27' or '2010-08-27T07:00-04:00'."


@dataclass(frozen=True, slots=True)
class Reader:
    """How the stamps of a table are read.

    Parameters
    ----------
    dayfirst : bool or None
        Order of 08/09/2010; None = such dates are refused.
    timezone : ZoneInfo or None
        Of clock times without one; None = that of the exchange.
    """

    dayfirst: bool | None
    timezone: ZoneInfo | None

    def read(self, text: str, parameter: str) -> tuple[pd.Timestamp, list[str]]:
        """The stamp, and in words what was assumed for it.

        Raises
        ------
        EventDateError
            When it cannot be read.
        """
        parts = PARTS.fullmatch(text.strip())
        if parts is None or (self.dayfirst is None and NUMERIC.match(text.strip())):
            return self._zoned(read_stamp(text, parameter))
        day, notes = self._day(parts["day"], text, parameter)
        if parts["clock"] is None:
            return read_stamp(day, parameter), notes
        clock = _clock(parts["clock"], parts["half"], text, parameter)
        zone = parts["zone"] or ""
        if not zone or OFFSET.fullmatch(zone):
            stamp, more = self._zoned(read_stamp(f"{day}T{clock}{zone}", parameter))
            return stamp, notes + more
        stamp = read_stamp(f"{day}T{clock}", parameter)
        return _localized(stamp, _zone(zone, text, parameter), parameter), notes

    def _zoned(self, stamp: pd.Timestamp) -> tuple[pd.Timestamp, list[str]]:
        """A clock time without a zone gets the one of the table."""
        if stamp.tzinfo or is_midnight(stamp) or self.timezone is None:
            return stamp, []
        note = f"its clock time was read in {self.timezone.key}"
        return _localized(stamp, self.timezone, "announced_at"), [note]

    def _day(self, day: str, text: str, parameter: str) -> tuple[str, list[str]]:
        if day.isdigit():
            return f"{day[:4]}-{day[4:6]}-{day[6:]}", []
        numbers = NUMERIC.fullmatch(day)
        if numbers is None or self.dayfirst is None:
            return day, []
        first, second, year = map(int, numbers.groups())
        month, number = (second, first) if self.dayfirst else (first, second)
        try:
            found = dt.date(year, month, number)
        except ValueError:
            bound = f"no such day, read {ORDERS[self.dayfirst]}"
            raise EventDateError(parameter, text, bound, WAY_OUT) from None
        return found.isoformat(), [f"{day} was read {ORDERS[self.dayfirst]}"]


def find_zone(name: str) -> ZoneInfo | None:
    """A zone by its key, such as 'Europe/Berlin', or by American letters, as 'ET'."""
    try:
        return ZoneInfo(named_zone(name) or name)
    except (KeyError, ValueError, OSError):
        return None


def table_zone(timezone: object) -> ZoneInfo | None:
    """The zone that a caller names.

    Raises
    ------
    ArgumentError
        When there is none of this name.
    """
    if timezone is None:
        return None
    zone = find_zone(timezone) if isinstance(timezone, str) else None
    if zone is None:
        way_out = "Write it like 'America/New_York' or 'Europe/Berlin'."
        raise ArgumentError("timezone", timezone, "no zone has this name", way_out)
    return zone


def _zone(words: str, text: str, parameter: str) -> ZoneInfo:
    zone = find_zone(words.strip("[] "))
    if zone is None:
        bound = f"no zone is called {words.strip('[] ')!r}"
        raise EventDateError(parameter, text, bound, WAY_OUT)
    return zone


def _clock(clock: str, half: str | None, text: str, parameter: str) -> str:
    hours, rest = clock.split(":", 1)
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            bound = f"there is no {clock} {half}"
            raise EventDateError(parameter, text, bound, WAY_OUT)
        hour = hour % 12 + 12 * (half[0] in "pP")
    return f"{hour:02d}:{rest}"


def _localized(stamp: pd.Timestamp, zone: ZoneInfo, parameter: str) -> pd.Timestamp:
    there = stamp.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    if not isinstance(there, pd.Timestamp):
        bound = f"this clock time exists twice or never in {zone.key}"
        way_out = "Write the offset from UTC, such as -04:00."
        raise EventDateError(parameter, stamp.isoformat(), bound, way_out)
    return there
