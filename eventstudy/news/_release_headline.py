"""The headline of a release: the first line before the body that says something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from eventstudy.news._release_dates import find_dates
from eventstudy.news._release_stamps import is_stamp
from eventstudy.news._release_text import ReleaseText

# What stands around a release: labels, menus, contacts, addresses.
FURNITURE = re.compile(
    r"(?:for immediate release|press releases?|news releases?|news provided by|source\b"
    r"|contacts?\b|share\b|print\b|email\b|e-mail\b|home\b|menu\b|skip to|search\b"
    r"|posted|updated|subscribe|investors?\b|media\b|back to|related\b"
    r"|advertisement|embargo"
    r"|for release|tweet\b|facebook|follow\b|sign in|log in|by\b|logo\b|date\b|release"
    r"|published|©|copyright|https?:|www\.)",
    re.IGNORECASE,
)
SEPARATED = re.compile(r"[|»\u203a>•]")
OF_PAGE = re.compile(r"(?:re)?posted|(?:last )?updated|by\b", re.IGNORECASE)
BULLET = re.compile(r"[-\u2013—•*·>]")
FEWEST_WORDS, LONGEST, WRAPPED_AT = 3, 300, 50


def find_headline(release: ReleaseText, body: int) -> str:
    """The headline in one line, empty if there is none.

    Parameters
    ----------
    release : ReleaseText
    body : int
        Where the body begins in the flat text.
    """
    if len(release.heading.split()) >= FEWEST_WORDS:
        return release.heading[:LONGEST]
    lines = list(_before(release, body))
    places = [n for n, line in enumerate(lines) if _is_headline(line)]
    # What stands right above 'Posted on ...' may be the name of the site.
    own = [n for n in places if not OF_PAGE.match(_next(lines, n))]
    place = next(iter(own or places), None)
    return "" if place is None else _continued(lines[place], lines[place + 1 :])


def _before(release: ReleaseText, body: int) -> Iterator[str]:
    for line, start in zip(release.lines, release.starts(), strict=True):
        if start >= body or (line and start + len(line) > body):
            return
        yield line


def _next(lines: Sequence[str], place: int) -> str:
    return next(filter(None, lines[place + 1 : place + 4]), "")


def _is_headline(line: str) -> bool:
    words = line.split()
    if len(words) < FEWEST_WORDS or len(line) > LONGEST:
        return False
    if FURNITURE.match(line) or SEPARATED.search(line) or "@" in line:
        return False
    return not _is_stamp(line)


def _is_stamp(line: str) -> bool:
    """Whether the line is a stamp, or a date takes up much of it."""
    if is_stamp(line):
        return True
    dates = [date.end - date.start for date in find_dates(line)]
    return bool(dates) and 3 * sum(dates) >= len(line)


def _continued(line: str, rest: Iterable[str]) -> str:
    """The headline with the lines onto which it was wrapped."""
    headline, last = line, line
    for following in rest:
        wrapped = len(last) >= WRAPPED_AT and following and not BULLET.match(following)
        long = len(headline) + len(following) > LONGEST
        if not wrapped or long or FURNITURE.match(following) or _is_stamp(following):
            break
        headline, last = f"{headline} {following}", following
    return headline
