"""Which delisting returns a study holds, in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from eventstudy._typing import ReturnKind
from eventstudy.alignment.series_notes import NAMED
from eventstudy.alignment.sources import Sources
from eventstudy.design import Design
from eventstudy.errors import ArgumentError
from eventstudy.prices.delisting import NAME, SOURCES, Delisting
from eventstudy.prices.track import Track
from eventstudy.report.formats import percent

HELD = {
    "benchmark": "bhar goes on with what the model expects (proceeds='benchmark')",
    "cash": "bhar goes on with cash (proceeds='cash')",
    "drop": "no event goes on (proceeds='drop')",
}


def delisted(
    track: Track, delistings: Mapping[str, Delisting], kind: ReturnKind
) -> Track:
    """The history of a firm with what followed its last price, where that is known.

    Raises
    ------
    ArgumentError
        When it is dated before the last price, or a total loss in a study of
        logarithmic returns.
    """
    found = delistings.get(track.ticker)
    if found is None:
        return track
    known = track.values  # noqa: PD011 - a field of ours
    days = known.dropna().index
    if found.day is not None and len(days) and found.day < days[-1]:
        raise ArgumentError(
            NAME,
            str(found.day.date()),
            f"{track.ticker} has a price on {days[-1].date()} still",
            "Correct the date, leave it out, or cut off the prices after it.",
        )
    if kind == "log" and found.value == -1.0:
        raise ArgumentError(
            NAME,
            found.value,
            f"the total loss of {track.ticker} has no logarithm",
            "Use return_kind='simple'.",
        )
    facts = track.provenance | {"delisting": found.facts()}
    return dataclasses.replace(track, delisting=found, provenance=facts)


def delisting_notes(
    firms: Sequence[Track], calendar: pd.DatetimeIndex, sources: Sources, design: Design
) -> list[str]:
    """Say which delisting returns lie in the windows, and which are assumed.

    Parameters
    ----------
    firms : sequence of Track
    calendar : DatetimeIndex
    sources : Sources
        When the firms' events were.
    design : Design

    Returns
    -------
    list of str
        A sentence a firm for a few, one for all of many.
    """
    ended = [
        firm
        for firm in firms
        if firm.delisting and _matters(firm, calendar, sources, design)
    ]
    if len(ended) <= NAMED:
        return [_of_one(firm, calendar, design) for firm in ended]
    return list(_of_many(ended, design))


def _matters(
    firm: Track, calendar: pd.DatetimeIndex, sources: Sources, design: Design
) -> bool:
    """Whether a window of the firm's events reaches its delisting return."""
    if firm.ticker not in sources.news or firm.delisting is None:
        return True
    placed = firm.delisted(calendar)
    end = firm.quoted(calendar)[1] if placed is None else placed
    first, last = (int(calendar.searchsorted(d)) for d in sources.news[firm.ticker])
    # A date may roll forward by some days.
    reach = last + design.event_window.end + NAMED
    return first + design.estimation_window.start <= end <= reach


def _of_one(firm: Track, calendar: pd.DatetimeIndex, design: Design) -> str:
    delisting, end = firm.delisting, firm.delisted(calendar)
    assert delisting is not None  # noqa: S101 - those without are left out above
    words = f"{firm.ticker}: the delisting return of {percent(delisting.value)}"
    if delisting.exchange:
        words += f", which is {_assumed(delisting.exchange)},"
    if end is None:
        day = "" if delisting.day is None else f" of {delisting.day.date()}"
        return f"{words} lies after the last trading day of the study{day}: not used."
    words += f" is {_place(firm, calendar, end, design)}"
    return f"{words}; after it {HELD[design.proceeds]}."


def _place(
    firm: Track,
    calendar: pd.DatetimeIndex,
    end: int,
    design: Design,
) -> str:
    day, last = calendar[end].date(), firm.quoted(calendar)[1]
    if end == last:
        return f"part of the return of {day}, the day of its last price"
    days = end - last
    if days > 1 and design.missing == "available" and not firm.are_returns:
        return f"left out, because it covers {days} trading days (missing='available')"
    return f"the return of {day}, {days} trading day{'s' * (days > 1)} after its last"


def _assumed(exchange: str) -> str:
    return (
        "not known but assumed after the mean of performance delistings "
        f"({exchange}: {SOURCES[exchange]})"
    )


def _of_many(ended: Sequence[Track], design: Design) -> Iterator[str]:
    named = ", ".join(firm.ticker for firm in ended[:NAMED])
    yield (
        f"{len(ended)} firms were delisted in the windows of their events ({named} and "
        f"{len(ended) - NAMED} more), and their delisting returns are in the returns; "
        f"after them {HELD[design.proceeds]}."
    )
    words = [firm.delisting.exchange for firm in ended if firm.delisting]
    for exchange in sorted({word for word in words if word}):
        count = words.count(exchange)
        yield f"The delisting returns of {count} of them are {_assumed(exchange)}."
