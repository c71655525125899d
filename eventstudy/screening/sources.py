"""Events of a table as positions in a panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, IntArray
from eventstudy.alignment import Aligned
from eventstudy.core.panel import not_estimated_on
from eventstudy.design import Design
from eventstudy.engine import Events, Source, event_keys
from eventstudy.news.event import Event
from eventstudy.news.own_columns import OwnColumns
from eventstudy.news.tables import EventTable
from eventstudy.prices.factors import require_cover


def single_source(
    event: Event,
    aligned: Aligned,
    day0: pd.Timestamp,
    left_out: pd.DatetimeIndex | None = None,
) -> Source:
    """The panel with the one event in it; some days may be left out of estimation."""
    position = int(aligned.calendar.searchsorted(day0))
    name = event.id or f"{event.ticker}-{aligned.calendar[position].date()}"
    zero = np.zeros(1, int)
    events = Events(zero, np.array([position]), zero, event_keys([name]))
    panel = aligned.panel
    if left_out is not None:
        panel = not_estimated_on(panel, aligned.calendar.isin(left_out)[None])
    return Source(
        panel, events, aligned.calendar.to_numpy(), aligned.closes,
        (event.ticker,), (name,),
    )  # fmt: skip


def require_factors(aligned: Aligned, source: Source, design: Design) -> None:
    """Refuse factors that do not cover the windows, before anything is estimated."""
    if aligned.factor_frame is None:
        return
    day0 = int(source.events.day0[0])
    last = len(aligned.calendar) - 1
    start = max(day0 + design.estimation_window.start, 0)
    end = min(day0 + design.event_window.end, last)
    require_cover(aligned.factor_frame, aligned.calendar[start], aligned.calendar[end])


def firms_and_choices(
    table: EventTable, own: OwnColumns, tickers: Sequence[str]
) -> BoolArray:
    """Whether a firm has events that are compared in each way, (F, C)."""
    used = np.zeros((len(tickers), len(own.choices)), bool)
    firm = firm_numbers(table, tickers)
    known = (firm >= 0) & (own.choice >= 0)
    used[firm[known], own.choice[known]] = True
    return used


def firm_numbers(table: EventTable, tickers: Sequence[str]) -> IntArray:
    """Number of each event's firm, (N,); -1 = not there."""
    known = pd.Index(list(tickers), dtype=object)
    return np.asarray(known.get_indexer(pd.Index(table.tickers, dtype=object)), int)


def source_of(
    table: EventTable,
    own: OwnColumns,
    aligned: Aligned,
    firm: IntArray,
    positions: IntArray,
) -> Source:
    """The panel with all events of the table, whether they can be used or not."""
    benchmark = aligned.benchmark[firm, own.choice]
    events = Events(
        firm, positions, benchmark, event_keys(table.ids), own.estimation, own.event
    )
    return Source(
        aligned.panel, events, aligned.calendar.to_numpy(), aligned.closes,
        aligned.tickers, tuple(table.ids),
    )  # fmt: skip


def part_of(source: Source, rows: IntArray) -> Source:
    """The same panel with the events of some rows, in their order."""
    if np.array_equal(rows, np.arange(len(source.ids))):
        return source
    ids = tuple(source.ids[row] for row in rows)
    return replace(source, events=source.events.take(rows), ids=ids)
