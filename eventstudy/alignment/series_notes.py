"""What the reader should know of each series, on the days that a study reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from eventstudy.alignment.session_gaps import SessionNotes
from eventstudy.alignment.sources import Sources
from eventstudy.design import Design
from eventstudy.prices.chain import STAND_IN
from eventstudy.prices.suspicions import CLOSE_AS_ADJUSTED, notes
from eventstudy.prices.track import Track

Span: TypeAlias = tuple[pd.Timestamp, pd.Timestamp]

NAMED = 4
# A date may roll forward, and the first return needs the price before it.
MARGIN = 5


def series_notes(
    firms: Sequence[Track],
    compared: Sequence[Track],
    calendar: pd.DatetimeIndex,
    sources: Sources,
    design: Design,
) -> list[str]:
    """Say what is known of each series; what holds for many is said once.

    Parameters
    ----------
    firms, compared : sequence of Track
        Shipped series say only that they stand in for others.
    calendar : DatetimeIndex
        The days of the study.
    sources : Sources
        When the firms' events were; a firm without events is looked at as a whole.
    design : Design

    Returns
    -------
    list of str
        What the gate found on other days stands in the provenance alone.
    """
    spans = _spans(firms, calendar, sources, design)
    known = [span for span in spans.values() if span is not None]
    every = (min(a for a, _ in known), max(b for _, b in known)) if known else None
    sessions = SessionNotes(design.calendar)
    names: dict[str, list[str]] = {}
    for track in [*firms, *compared]:
        for note in _of_one(track, spans.get(track.ticker, every), sessions):
            names.setdefault(note, []).append(track.ticker)
    return [
        f"{who}: {note}" for note, who_all in names.items() for who in _said(who_all)
    ]


def _said(tickers: list[str]) -> list[str]:
    more = len(tickers) - NAMED
    return [f"{', '.join(tickers[:NAMED])} and {more} more"] if more > 0 else tickers


def _spans(
    firms: Sequence[Track],
    calendar: pd.DatetimeIndex,
    sources: Sources,
    design: Design,
) -> dict[str, Span | None]:
    """First and last day of all windows of each firm's events; None = not known."""
    found: dict[str, Span | None] = {firm.ticker: None for firm in firms}
    known = [name for name in found if name in sources.news and len(calendar)]
    days = calendar.as_unit("ns").asi8
    news = [[day.as_unit("ns").value for day in sources.news[name]] for name in known]
    first, last = days.searchsorted(np.array(news, np.int64).reshape(-1, 2)).T
    start = np.maximum(first + design.estimation_window.start - MARGIN, 0)
    start = np.minimum(start, len(calendar) - 1)
    end = np.minimum(last + design.event_window.end + MARGIN, len(calendar) - 1)
    for name, a, b in zip(known, calendar[start], calendar[end], strict=True):
        found[name] = (a, b)
    return found


def _of_one(track: Track, span: Span | None, sessions: SessionNotes) -> list[str]:
    if track.bundled:
        return [note for note in track.notes if note.startswith(STAND_IN)]
    first, last = span or (None, None)
    found = list(track.notes)
    if track.frame is not None and span is not None:
        plain = set(track.notes) <= {CLOSE_AS_ADJUSTED}
        everywhere = track.notes if plain else notes(track.frame)
        found = [note for note in found if note not in everywhere]
        found += notes(track.frame, first, last)
    return [*found, *sessions(track, first, last)]
