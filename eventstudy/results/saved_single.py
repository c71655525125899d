"""One event of a saved study as a result of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._windows import Window, reported_windows
from eventstudy.core.panel import Source
from eventstudy.design import Design
from eventstudy.errors import UnknownTickerError
from eventstudy.news.tables import event_table
from eventstudy.prices.bundled import list_events, shipped_shares
from eventstudy.results.event_result import EventResult
from eventstudy.results.known_news import known_events
from eventstudy.results.listed_hour import dated
from eventstudy.results.masked_days import masked_note
from eventstudy.results.recomputed import recomputed
from eventstudy.results.saved_panel import source_of_one

BEYOND = "no share count: a saved study holds none of those that were fetched"


def saved_single(
    facts: Mapping[str, Any],
    own: Sequence[Mapping[str, Any]],
    design: Design,
    source: Source,
    columns: pd.DataFrame,
) -> Callable[[int], EventResult]:
    """What makes the result of a row from the numbers of the study alone.

    Parameters
    ----------
    facts : mapping
        ``firms`` (provenance and currency by ticker), ``shares``, ``provenance`` and
        ``notes`` of the study.
    own : sequence of mapping
        By event the names of its benchmarks, its estimation window, and its ``call``.
    design, source
        Of the study.
    columns : DataFrame
        The caller's, a row an event.
    """

    def single(row: int) -> EventResult:
        table = event_table(columns.iloc[[row]], design.calendar)
        event = dataclasses.replace(table, ids=[source.ids[row]]).event(0)
        ticker = source.tickers[source.events.firm[row]]
        known = known_events(ticker, _listed(ticker))
        zero = dated(event, known, _sessions(source, row), design.calendar)
        position = int(np.searchsorted(source.dates, zero.session.to_datetime64()))
        name = event.id or f"{event.ticker}-{zero.session.date()}"
        origin, currency = facts["firms"][ticker]
        shares, notes = facts["shares"], _notes_of(ticker, facts)
        if shares is None and _were_fetched(ticker, origin):
            notes = [*notes, f"{ticker}: {BEYOND}"]
        one = source_of_one(source, row, position, name)
        mine = _own_design(design, own[row], source, row)
        return recomputed(
            event, zero, mine, one, currency or "",
            _provenance(facts, ticker, own[row]), shares, known,
            [*notes, *masked_note(one, mine)],
        )  # fmt: skip

    return single


def _own_design(
    design: Design, own: Mapping[str, Any], source: Source, row: int
) -> Design:
    """The design of one event: that of the study with the event's own windows."""
    before, around = (
        alike if each is None else Window(*map(int, each[row]))
        for each, alike in (
            (source.events.estimation, design.estimation_window),
            (source.events.event_window, design.event_window),
        )
    )
    windows = design.windows
    if "windows" in own or "event_window" in own or around != design.event_window:
        windows = reported_windows(own.get("windows"), around)
    return dataclasses.replace(
        design, event_window=around, estimation_window=before, windows=windows,
        overlaps="keep", call=str(own["call"]),
    )  # fmt: skip


def _sessions(source: Source, row: int) -> pd.DatetimeIndex:
    """Days from the first to the last on which the firm has a return or close."""
    firm = source.events.firm[row]
    there = np.isfinite(source.panel.returns[firm]) | np.isfinite(source.closes[firm])
    days = np.flatnonzero(there)
    return pd.DatetimeIndex(source.dates[days[0] : days[-1] + 1])


def _listed(ticker: str) -> pd.DataFrame | None:
    try:
        return list_events(ticker)
    except UnknownTickerError:
        return None


def _were_fetched(ticker: str, origin: Mapping[str, Any]) -> bool:
    source = str(origin.get("source"))
    return source.startswith("Yahoo") and ticker not in shipped_shares()


def _provenance(
    facts: Mapping[str, Any], ticker: str, own: Mapping[str, Any]
) -> dict[str, Any]:
    """That of the study with the event's own series in it."""
    found = dict(facts["provenance"])
    for role in ("market", "industry"):
        each = found.get(role, {}).get("each")
        if each:
            found[role] = each.get(own.get(role)) or next(iter(each.values()))
    return found | {"firm": facts["firms"][ticker][0]}


def _notes_of(ticker: str, facts: Mapping[str, Any]) -> list[str]:
    """The notes of the study but those that are on other firms alone."""

    def is_on_others(note: str) -> bool:
        names = note.partition(": ")[0].split(", ")
        return ticker not in names and all(name in facts["firms"] for name in names)

    return [note for note in facts["notes"] if not is_on_others(note)]
