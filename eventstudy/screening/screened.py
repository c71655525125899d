"""The events that stay, and the others each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, IntArray
from eventstudy.alignment import Aligned
from eventstudy.core.panel import event_days, not_estimated_on
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.models._base import needed
from eventstudy.news.day_zeros import day_zeros
from eventstudy.news.own_columns import NAMES, OwnColumns, names_any
from eventstudy.news.tables import EventTable
from eventstudy.screening.endings import dropped
from eventstudy.screening.estimated import Estimated, Work, estimated
from eventstudy.screening.exclusions import (
    later_ones,
    not_comparable,
    not_estimable,
    on_other_days,
    outside_factors,
)
from eventstudy.screening.sources import firm_numbers, part_of, source_of


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """The events that stay.

    Parameters
    ----------
    source : Source
        In the caller's order.
    rows : ndarray of int, shape (N,)
        Their rows in the table.
    excluded : DataFrame
        The others: index ``id``; ``ticker``, ``date``, ``reason`` in words.
    masked : ndarray of bool, shape (F, T), or None
        Days on which no event of a firm is estimated.
    estimated : Estimated, optional
        The first pass over the events, where it was over these and no others.
    """

    source: Source
    rows: IntArray
    excluded: pd.DataFrame
    masked: BoolArray | None = None
    estimated: Estimated | None = None

    def left_out(self, ticker: str) -> pd.DatetimeIndex | None:
        """Days on which no event of a firm is estimated; None = all may be used."""
        if self.masked is None:
            return None
        days = self.masked[self.source.tickers.index(ticker)]
        return pd.DatetimeIndex(self.source.dates[days])


def screen(
    table: EventTable,
    own: OwnColumns,
    aligned: Aligned,
    unknown: Mapping[str, str],
    design: Design,
    work: Work | None = None,
) -> Screened:
    """Keep the events that can be estimated; give each of the others its reason.

    Parameters
    ----------
    table : EventTable
    own : OwnColumns
        What its events ask for themselves.
    aligned : Aligned
        The firms that could be had, and the benchmarks in the order of the choices.
    unknown : mapping
        The tickers that could not, and why.
    design : Design
    work : Work, optional
        Where the events are estimated, and what is kept of them.

    Returns
    -------
    Screened
    """
    reasons = {**own.problems, **table.problems} | _of_unknown(table, unknown)
    number = firm_numbers(table, aligned.tickers)
    firm = np.maximum(number, 0)
    first, last = np.array(aligned.listed, int).reshape(-1, 2)[firm].T
    positions, problems = day_zeros(table, aligned.calendar, first, last)
    reasons = problems | reasons
    reasons = not_comparable(firm, own, aligned) | reasons
    reasons = on_other_days(positions, own, aligned, design) | reasons
    reasons = outside_factors(positions, own, aligned, design, reasons) | reasons
    rows = _without(np.arange(firm.size), reasons)
    source, masked = source_of(table, own, aligned, firm, positions), None
    if design.overlaps == "mask":
        # An event that is left out for another reason was news all the same.
        dated = source.events.take(np.flatnonzero((number >= 0) & (positions >= 0)))
        masked = event_days(dated, design.event_window, aligned.panel.returns.shape)
        source = replace(source, panel=not_estimated_on(aligned.panel, masked))
    return _estimable(table, source, aligned, design, rows, reasons, masked, work)


def _estimable(  # noqa: PLR0913 - what screening knows before anything is estimated
    table: EventTable,
    source: Source,
    aligned: Aligned,
    design: Design,
    rows: IntArray,
    reasons: dict[int, str],
    masked: BoolArray | None,
    work: Work | None,
) -> Screened:
    """Of the events of some rows those that can be estimated."""
    part = part_of(source, rows)
    known = estimated(part, design, work or Work()) if rows.size else None
    found = {} if known is None else not_estimable(part, design, known)
    found |= dropped(part.events, aligned, design)
    reasons |= {int(rows[n]): words for n, words in found.items()}
    rows = _without(rows, reasons)
    if design.overlaps == "drop_later":
        reasons |= later_ones(source, rows, design)
        rows = _without(rows, reasons)
    excluded = _excluded(table, reasons)
    if rows.size == len(part.ids):
        return Screened(part, rows, excluded, masked, known)
    return Screened(part_of(source, rows), rows, excluded, masked)


def study_notes(table: EventTable, own: OwnColumns, design: Design) -> tuple[str, ...]:
    """What the reader should know of the settings that events have for themselves."""
    notes = [
        f"The column {name} is not read: {design.model.key} compares with none."
        for name in NAMES
        if names_any(table.columns, name) and name not in needed(design.model)
    ]
    if own.estimation is not None:
        notes.append("Events have estimation windows of their own.")
    if own.event is not None:
        notes.append(
            "Events have event windows of their own; one that does not hold a window "
            "is left out of it."
        )
    if design.overlaps == "mask":
        notes.append(
            "The windows of a firm's other events are left out of its estimation "
            "windows (overlaps='mask')."
        )
    return tuple(notes)


def _of_unknown(table: EventTable, unknown: Mapping[str, str]) -> dict[int, str]:
    """Events of firms that could not be had."""
    if not unknown:
        return {}
    rows = np.flatnonzero(pd.Series(table.tickers, dtype=object).isin(list(unknown)))
    return {int(row): unknown[table.tickers[row]] for row in rows}


def _without(rows: IntArray, reasons: Mapping[int, str]) -> IntArray:
    return rows[~np.isin(rows, list(reasons))]


def _excluded(table: EventTable, reasons: Mapping[int, str]) -> pd.DataFrame:
    rows = sorted(reasons)
    asked = "date" if "date" in table.columns else "announced_at"
    return pd.DataFrame(
        {
            "ticker": [table.columns["ticker"].iloc[row] for row in rows],
            "date": [table.columns[asked].iloc[row] for row in rows],
            "reason": [reasons[row] for row in rows],
        },
        index=pd.Index([table.ids[row] for row in rows], name="id"),
        dtype=object,
    )
