"""From a press release to an event."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike

import pandas as pd

from eventstudy.errors import PressReleaseError
from eventstudy.news._release_category import guess_category
from eventstudy.news._release_datelines import Dateline, find_dateline
from eventstudy.news._release_day import ReleaseDay, release_day, release_hour
from eventstudy.news._release_dow_jones import NAME as DOW_JONES
from eventstudy.news._release_dow_jones import signature, without_mark
from eventstudy.news._release_headline import find_headline
from eventstudy.news._release_hours import Hour
from eventstudy.news._release_issuers import Mention, find_issuers, the_issuer
from eventstudy.news._release_text import ReleaseText, release_text
from eventstudy.news.event import Event

FIRST_PARAGRAPH = 150


def read_press_release(
    source: str | PathLike[str], *, ticker: str | None = None
) -> Event:
    """Read whose news a press release is, when it came, and what it is about.

    Parameters
    ----------
    source : path or str
        A path; or a string, which is a path if it is one line that names a file, else
        the words themselves.  Pages (HTML) are read for their visible words.
    ticker : str, optional
        The stock to be studied, where the release names several or none.

    Returns
    -------
    Event
        ``ticker`` and ``exchange``; ``date``, the day of the dateline before that of a
        stamp, dates in the prose never; ``announced_at``, the instant of a stamp of
        that day, else ``timing`` concluded from the release's words
        (``timing_inferred``): a conference call today before 16:00 in New York puts it
        before the open, a later one or one on the next morning after the close.  Both
        None = the hour is unknown.  ``headline``; ``category``, a guess, one of
        fda_action, trial_result, earnings, financing, partnership, ma, management,
        empty = none; ``source``, wire and file; ``confidence`` in the date, low if only
        the page that carries the release is dated; ``evidence``, the words behind each.

    Raises
    ------
    PressReleaseError
        When there is no such file, the release names no stock or several and ``ticker``
        is not given, or it has no date of its own.

    Notes
    -----
    Tickers stand as printed, with a dot before a class of shares: 'BRK.B'.  Zones are
    read as the clock on the wall: 'EST' in August is Eastern time.  Of dates in figures
    08/27/2010 has one reading; 08/09/2010 is read month first where Business Wire, PR
    Newswire or Dow Jones carries the release, else it is none; ``date_reading`` in
    ``evidence`` says so.  The close of half days is theirs.

    Examples
    --------
    >>> import eventstudy as es
    >>> event = es.read_press_release('''
    ... Acme Reports a Setback
    ...
    ... BOSTON, Aug. 27, 2010 /PRNewswire/ -- Acme Inc. (Nasdaq: ACME) will discuss the
    ... letter of the FDA in a conference call today at 8:00 a.m. ET.
    ... ''')
    >>> event.ticker, str(event.date.date()), event.timing, event.timing_inferred
    ('ACME', '2010-08-27', 'before_open', True)
    >>> event.evidence["timing"]
    'conference call today at 8:00 a.m. ET'
    """
    if ticker is not None and not (isinstance(ticker, str) and ticker.strip()):
        raise PressReleaseError("ticker", ticker, "not a ticker", "Write it like 'X'.")
    release = release_text(source)
    issuer = the_issuer(find_issuers(release.flat), ticker)
    dateline = find_dateline(release) or _without(release)
    day = release_day(release, dateline, dateline.start)
    hour = release_hour(release, day)
    headline = without_mark(find_headline(release, dateline.start))
    category, words = guess_category(headline, release.flat[dateline.start :])
    return Event(
        ticker=ticker or (issuer.ticker if issuer else ""),
        date=pd.Timestamp(day.day).as_unit("ns"),
        announced_at=hour.at if hour else None,
        timing=hour.timing if hour else None,
        headline=headline,
        category=category,
        source=", ".join(filter(None, (dateline.wire, release.name))),
        timing_inferred=hour is not None and hour.timing is not None,
        confidence=day.confidence,
        exchange=issuer.exchange if issuer else "",
        evidence=_evidence(issuer, day, hour)
        | _only({"headline": headline, "category": words, "source": dateline.quote}),
    )


def _evidence(
    issuer: Mention | None, day: ReleaseDay, hour: Hour | None
) -> dict[str, str]:
    """The words behind ticker, date and hour."""
    stock = issuer.quote if issuer else ""
    of_hour = {} if hour is None else {_name_of(hour): hour.quote}
    of_day = {"date": day.quote, "date_reading": day.reading}
    return _only({"ticker": stock, "exchange": stock} | of_day | of_hour)


def _name_of(hour: Hour) -> str:
    return "announced_at" if hour.timing is None else "timing"


def _only(words: Mapping[str, str]) -> dict[str, str]:
    return {name: quote for name, quote in words.items() if quote}


def _without(release: ReleaseText) -> Dateline:
    """The body of a release without a dateline."""
    signed = signature(release.flat)
    return Dateline(
        None, _first_paragraph(release), DOW_JONES if signed else "", signed
    )


def _first_paragraph(release: ReleaseText) -> int:
    """Where the body begins without a dateline: the first long line, else the end."""
    for line, start in zip(release.lines, release.starts(), strict=True):
        if len(line) >= FIRST_PARAGRAPH:
            return start
    return len(release.flat)
