"""Which events of a table can be studied, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy._typing import IntArray
from eventstudy.alignment import Aligned
from eventstudy.core.abnormal import is_collinear
from eventstudy.design import Design
from eventstudy.engine import Events, Source, event_keys, prepare
from eventstudy.news.day_zeros import day_zeros
from eventstudy.news.event import Event
from eventstudy.news.tables import EventTable
from eventstudy.passes import first_pass
from eventstudy.prices.factors import require_cover

NO_RETURN = "no valid return lies in the event window"
COLLINEAR = "model: regressors are combinations of each other"


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
    """

    source: Source
    rows: IntArray
    excluded: pd.DataFrame


def screen(
    table: EventTable, aligned: Aligned, unknown: Mapping[str, str], design: Design
) -> Screened:
    """Keep the events that can be estimated; give each of the others its reason.

    Parameters
    ----------
    table : EventTable
    aligned : Aligned
        The firms that could be had.
    unknown : mapping
        The tickers that could not, and why.
    design : Design

    Returns
    -------
    Screened
    """
    reasons = dict(table.problems)
    reasons |= {
        row: unknown[ticker]
        for row, ticker in enumerate(table.tickers)
        if ticker in unknown
    }
    number = {ticker: n for n, ticker in enumerate(aligned.tickers)}
    firm = np.array([number.get(ticker, 0) for ticker in table.tickers], int)
    first, last = np.array(aligned.listed, int).reshape(-1, 2)[firm].T
    positions, problems = day_zeros(table, aligned.calendar, first, last)
    reasons = problems | reasons
    reasons = _outside_factors(positions, aligned, design, reasons) | reasons
    rows = _without(np.arange(len(table.ids)), reasons)
    source = _source(table, aligned, firm, positions, rows)
    found = _not_estimable(source, design)
    reasons |= {int(rows[n]): words for n, words in found.items()}
    stay = _without(rows, reasons)
    source = _source(table, aligned, firm, positions, stay)
    return Screened(source, stay, _excluded(table, reasons))


def single_source(event: Event, aligned: Aligned, day0: pd.Timestamp) -> Source:
    """The panel with the one event in it."""
    position = int(aligned.calendar.searchsorted(day0))
    name = event.id or f"{event.ticker}-{aligned.calendar[position].date()}"
    zero = np.zeros(1, int)
    events = Events(zero, np.array([position]), zero, event_keys([name]))
    return Source(
        aligned.panel, events, aligned.calendar.to_numpy(), aligned.closes,
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


def _without(rows: IntArray, reasons: Mapping[int, str]) -> IntArray:
    return rows[~np.isin(rows, list(reasons))]


def _source(
    table: EventTable,
    aligned: Aligned,
    firm: IntArray,
    positions: IntArray,
    rows: IntArray,
) -> Source:
    """The panel with the events of some rows in it."""
    ids = tuple(table.ids[row] for row in rows)
    own = len(aligned.panel.benchmarks) > 1
    benchmark = firm[rows] if own else np.zeros(rows.size, int)
    events = Events(firm[rows], positions[rows], benchmark, event_keys(ids))
    return Source(
        aligned.panel, events, aligned.calendar.to_numpy(), aligned.closes,
        aligned.tickers, ids,
    )  # fmt: skip


def _outside_factors(
    positions: IntArray, aligned: Aligned, design: Design, reasons: Mapping[int, str]
) -> dict[int, str]:
    """Events whose windows the factors do not cover."""
    if aligned.factor_frame is None:
        return {}
    covered = aligned.calendar.isin(aligned.factor_frame.index)
    known = np.flatnonzero(covered)
    last = len(aligned.calendar) - 1
    start = np.maximum(positions + design.estimation_window.start, 0)
    end = np.minimum(positions + design.event_window.end, last)
    bad = (
        np.ones(positions.size, bool)
        if not known.size
        else (start < known[0]) | (end > known[-1])
    )
    days = aligned.factor_frame.index
    words = f"factors: they cover {days[0].date()} to {days[-1].date()} only"
    return {int(row): words for row in np.flatnonzero(bad) if row not in reasons}


def _not_estimable(source: Source, design: Design) -> dict[int, str]:
    """Events with too few days, regressors that cannot be told apart, or no return."""
    if not source.ids:
        return {}
    prepared = prepare(source.panel, source.events, design)
    estimates = first_pass(prepared, design, [design.event_window], keep_ar=True)
    back = np.argsort(estimates.order)
    days = estimates.first.n_estimation[back]
    collinear = is_collinear(estimates.condition[back])
    no_return = ~np.isfinite(estimates.abnormal_returns[back]).any(axis=1)
    flat = ~np.isfinite(estimates.first.sigma[back])
    needed = design.min_estimation
    words = {int(n): sentence("zero_variance") for n in np.flatnonzero(flat)}
    words |= dict.fromkeys(np.flatnonzero(no_return).tolist(), NO_RETURN)
    words |= dict.fromkeys(np.flatnonzero(collinear).tolist(), COLLINEAR)
    few = np.flatnonzero(days < needed).tolist()
    return words | {n: f"{days[n]} valid estimation days, needs {needed}" for n in few}


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
