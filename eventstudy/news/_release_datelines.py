"""Datelines, such as 'CAMBRIDGE, Mass., Aug. 27, 2010 /PRNewswire/ --'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from eventstudy.news._release_dates import FoundDate, find_dates
from eventstudy.news._release_dow_jones import NAME as DOW_JONES
from eventstudy.news._release_dow_jones import signature
from eventstudy.news._release_text import ReleaseText

WIRES = {
    "Business Wire": r"\( ?BUSINESS ?WIRE ?\)",
    "PR Newswire": r"/ ?PR ?Newswire[^/]{0,40}/",
    "GlobeNewswire": r"\((?:GLOBE ?NEWSWIRE|PRIME ?NEWSWIRE)[^()]{0,20}\)",
    "Marketwired": r"\(Marketwired?[^()]{0,30}\)|\(MARKET ?WIRED?[^()]{0,30}\)"
    r"|/ ?Marketwired?[^/]{0,30}/",
    "ACCESSWIRE": r"/ ?ACCESS ?(?:WIRE|Newswire) ?/",
    "Newsfile": r"\(Newsfile Corp\.?[^()]{0,30}\)",
    "CNW": r"/ ?(?:CNW|Canada NewsWire)[^/]{0,20}/",
    DOW_JONES: r"\(Dow Jones(?: Newswires)?\)",
}
AMERICAN = ("Business Wire", "PR Newswire", DOW_JONES)  # which write the month first
WIRE = re.compile("|".join(WIRES.values()), re.IGNORECASE)
BEFORE, AFTER, PLACE, REACH = 60, 60, 90, 220
JOINT = re.compile(r"[\s,.;:()/\u2013—-]*")
DASH = re.compile(r"\)?,?:? ?(?:--|—|\u2013|-|/|\()")
# A place is written with capitals throughout: 'CAMBRIDGE, Mass.', 'Basel, Switzerland'.
PLACE_WORD = re.compile(r"\W*(?:[A-Z][\w.'\u2019-]*|de|of|and|the)?\W*")
MOST_WORDS = 9
MARKS_READ = 50


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the body of a release begins.

    Parameters
    ----------
    date : FoundDate or None
        Its date, positions in the flat text; None where it has none.
    start : int
        Where it begins in the flat text.
    wire : str
        Of the wires, empty for none.
    quote : str
        The mark of the wire.
    """

    date: FoundDate | None
    start: int
    wire: str = ""
    quote: str = ""


def find_dateline(release: ReleaseText) -> Dateline | None:
    """The first dateline with a date, else the first of a wire, else None.

    Where no wire is named above the body, Dow Jones may have signed it below.
    """
    found = _first(release)
    signed = signature(release.flat)
    if found is None or found.wire or not signed:
        return found
    return replace(found, wire=DOW_JONES, quote=signed)


def _first(release: ReleaseText) -> Dateline | None:
    marked = list(islice(_of_wires(release.flat), MARKS_READ))
    dated = next((line for line in marked if line.date), None)
    if dated:
        return dated
    own = next(_of_firms(release), None)
    if own and marked:
        return Dateline(own.date, own.start, marked[0].wire, marked[0].quote)
    return own or (marked[0] if marked else None)


def _of_wires(flat: str) -> Iterator[Dateline]:
    for mark in WIRE.finditer(flat):
        name = _name(mark[0])
        date = _beside(flat, mark.start(), mark.end(), name in AMERICAN)
        start = min(mark.start(), date.start if date else mark.start())
        yield Dateline(date, start, name, mark[0])


def _name(mark: str) -> str:
    for name, pattern in WIRES.items():
        if re.fullmatch(pattern, mark, re.IGNORECASE):
            return name
    return ""


def _beside(flat: str, start: int, end: int, american: bool) -> FoundDate | None:
    """The date that touches the mark of a wire, or stands inside it."""
    low = max(0, start - BEFORE)
    around = flat[low : end + AFTER]
    for found in find_dates(around, american=american):
        date = found.moved(low)
        if date.end <= start and JOINT.fullmatch(flat, date.end, start):
            return date
        if date.start >= end and JOINT.fullmatch(flat, end, date.start):
            return date
        if start <= date.start and date.end <= end:
            return date
    return None


def _of_firms(release: ReleaseText) -> Iterator[Dateline]:
    """Lines that begin 'PLACE, date -' without a wire's name."""
    flat = release.flat
    for line, start in zip(release.lines, release.starts(), strict=True):
        if not line[:1].isupper():
            continue
        found = next(find_dates(flat[start : start + PLACE + 30]), None)
        if found is None or not 0 < found.start <= PLACE:
            continue
        place = flat[start : start + found.start]
        follows = flat[start + found.end : start + found.end + 6]
        long_enough = len(flat) - start > REACH
        if _is_place(place) and DASH.match(follows) and long_enough:
            yield Dateline(found.moved(start), start)


def _is_place(words: str) -> bool:
    parts = words.split()
    return len(parts) <= MOST_WORDS and all(map(PLACE_WORD.fullmatch, parts))
