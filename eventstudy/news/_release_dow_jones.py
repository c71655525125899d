"""What Dow Jones puts around a release: 'DJ' above it, its own stamp below."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from eventstudy.news._release_dates import named_zone

NAME = "Dow Jones"
SIGNED = re.compile(r"(?:\(END\) ?)?Dow Jones Newswires")
ABOVE = re.compile(r"(?:\*? ?DJ\b:? ?)?(?:Press Release: ?)?", re.IGNORECASE)
# '(END) Dow Jones Newswires 08-27-10 0700ET', month first, the clock without a colon.
SHORT_STAMP = re.compile(
    rf"{SIGNED.pattern} ?(?P<stamp>(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)"
    r" (?P<hour>\d\d)(?P<minute>\d\d) ?(?P<zone>E[SD]?T|GMT))(?![A-Za-z])"
)
CENTURY = 70  # '69' is of 2069, '70' of 1970


def signature(flat: str) -> str:
    """The words with which Dow Jones ends what it carries; empty if there are none."""
    found = SIGNED.search(flat)
    return found[0] if found else ""


def short_stamp(flat: str) -> tuple[dt.date, pd.Timestamp | None, int, str] | None:
    """Day, instant, place and words of the stamp in figures; None if there is none."""
    for found in SHORT_STAMP.finditer(flat):
        year = int(found["year"])
        try:
            day = dt.date(
                year + (1900 if year >= CENTURY else 2000), int(found["month"]),
                int(found["day"]),
            )  # fmt: skip
            clock = dt.time(int(found["hour"]), int(found["minute"]))
        except ValueError:
            continue
        at = pd.Timestamp(dt.datetime.combine(day, clock)).as_unit("ns")
        there = at.tz_localize(
            named_zone(found["zone"]), ambiguous="NaT", nonexistent="NaT"
        )
        instant = there if isinstance(there, pd.Timestamp) else None
        return day, instant, found.start("stamp"), found["stamp"]
    return None


def without_mark(headline: str) -> str:
    """The headline as the firm wrote it."""
    mark = ABOVE.match(headline)
    return headline[mark.end() :] if mark else headline
