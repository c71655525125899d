"""From a panel of returns to estimates and samples: the one recipe.

``analyze`` is this with one event.  Events are worked through in blocks of 256 in
canonical order (firm, day 0, id), so that results do not depend on the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.core import abnormal
from eventstudy.core.abnormal import Block, Fit
from eventstudy.core.arrays import put, room
from eventstudy.core.bases import Basis, orthonormal_basis
from eventstudy.core.estimation_days import Kept
from eventstudy.core.panel import (
    Events,
    Panel,
    Source,
    event_keys,
    is_daily,
    without_days,
)
from eventstudy.core.spans import Spans
from eventstudy.core.windows import Cutter, Cutters
from eventstudy.design import Design
from eventstudy.inference._base import Sample
from eventstudy.models._regressors import regressors_over

__all__ = [
    "BLOCK",
    "Events",
    "Panel",
    "Prepared",
    "Source",
    "canonical_order",
    "estimate",
    "event_keys",
    "prepare",
    "regression_rows",
    "regressor_days",
    "sample",
    "without_days",
]

BLOCK = 256
# Dates that are factorised at a time: as many as stay in the cache.
DATES = 64


def estimate(
    panel: Panel, events: Events, design: Design, *, keep_rows: bool = True
) -> Fit:
    """Estimate all events; arrays in the order of ``events``.

    Parameters
    ----------
    panel, events, design
        Events of any number and order, several on a date or of a firm.
    keep_rows : bool
        Keep the estimation days, which the residual tests read: ``residuals``,
        ``residual_spans`` and ``residual_rows``.  Without them these have width 0,
        and the memory needed does not grow with the estimation window.

    Returns
    -------
    Fit
    """
    prepared = prepare(panel, events, design)
    order = canonical_order(events)
    for first in range(0, max(order.size, 1), BLOCK):
        index = order[first : first + BLOCK]
        part = prepared.fit(index, keep_rows=keep_rows)
        if first == 0:
            result = room(part, order.size)
        put(result, index, part)
    return result


def canonical_order(events: Events) -> IntArray:
    """Positions of the events by firm, day 0 and id, (N,)."""
    return np.lexsort((events.keys, events.day0, events.firm))


@dataclass(frozen=True, slots=True, eq=False)
class _Windows:
    """What is cut out of a panel for its events.

    ``used`` are the B benchmarks that the events use, ``benchmark`` (N,) says which
    of them is each event's.  ``daily`` says that every return is one of a single day,
    so that the spans say no more than the returns.
    """

    events: Events
    design: Design
    used: list[Mapping[str, FloatArray]]
    benchmark: IntArray
    estimation: Cutters
    event: Cutters
    estimable: Cutter | None
    daily: bool

    @classmethod
    def of(cls, panel: Panel, events: Events, design: Design) -> _Windows:
        """Evaluate the regressors of the model once per benchmark and day."""
        keys, benchmark = np.unique(events.benchmark, return_inverse=True)
        used = [panel.benchmarks[key] for key in keys]
        n_days = panel.returns.shape[1]
        off = np.empty((len(used), n_days))
        x = np.empty((len(used), len(design.model.regressors), n_days))
        day, one = np.arange(n_days), np.ones(n_days, int)
        for row, series in enumerate(used):
            off[row], columns = regressors_over(
                design.model, series, day, one, design.return_kind
            )
            x[row] = columns.T
        before, around = (
            Cutters.of(window, panel.returns, panel.spans, off, x)
            for window in (design.estimation_window, design.event_window)
        )
        allowed = panel.estimable
        estimable = None if allowed is None else Cutter(allowed, before.days)
        which = benchmark.reshape(-1)
        daily = is_daily(panel, np.unique(events.firm))
        return cls(events, design, used, which, before, around, estimable, daily)

    def bases(self) -> tuple[Basis, IntArray]:
        """A basis of all benchmarks and dates, and which of them is each event's."""
        benchmark_and_date = self.benchmark * (1 + self.events.day0.max(initial=0))
        benchmark_and_date += self.events.day0
        _, date, which = np.unique(
            benchmark_and_date, return_index=True, return_inverse=True
        )
        for first in range(0, max(date.size, 1), DATES):
            part = self._basis(date[first : first + DATES])
            if first == 0:
                basis = room(part, date.size)
            put(basis, slice(first, first + DATES), part)
        return basis, which.reshape(-1)

    def _basis(self, index: IntArray) -> Basis:
        benchmark, day0 = self.benchmark[index], self.events.day0[index]
        rows = [
            side.x(benchmark, day0 + side.start)
            for side in (self.estimation, self.event)
        ]
        return orthonormal_basis(*rows, intercept=self.design.model.intercept)

    def block(self, index: IntArray, date: IntArray) -> Block:
        """The responses of some events."""
        y, days, spans = self._responses(index, self.estimation)
        y_event, days_event, spans_event = self._responses(index, self.event)
        return Block(y, days, y_event, days_event, date, spans, spans_event)

    def _responses(
        self, index: IntArray, side: Cutters
    ) -> tuple[FloatArray, FloatArray, Spans]:
        """Responses of a window, the days each spans, and the multi-day ones."""
        firm, start = self.events.firm[index], self.events.day0[index]
        start = start + side.start
        y = side.returns(firm, start)
        days = np.isfinite(y).astype(float) if self.daily else side.spans(firm, start)
        self._leave_out(index, start, side, y, days)
        several = np.zeros(0, int) if self.daily else np.flatnonzero(days > 1)
        event, column = np.divmod(several, side.days)
        length, multi = days[event, column], y[event, column]
        if self.design.model.subtract:
            y -= side.off(self.benchmark[index], start)
        if self.design.model.subtract or not self.daily:
            np.copyto(days, 0.0, where=~np.isfinite(y))
        if not several.size:
            return y, days, Spans.none(len(self.design.model.regressors))
        off, x = self._over(
            self.benchmark[index[event]], start[event] + column, length.astype(int)
        )
        # A span that begins before the window belongs to neither side (methods 1.5).
        usable = np.isfinite(multi - off) & np.isfinite(x).all(axis=1)
        usable &= (length <= column + 1) & (self.design.missing == "trade_to_trade")
        y[event, column] = multi - off
        days[event, column] = np.where(usable, length, 0.0)
        spans = Spans(event[usable], column[usable], length[usable], x[usable])
        return y, days, spans

    def _leave_out(
        self,
        index: IntArray,
        start: IntArray,
        side: Cutters,
        y: FloatArray,
        days: FloatArray,
    ) -> None:
        """Take out what is not in an event's own window, or not to be estimated on.

        Returns are whole or not at all.
        """
        before = side is self.estimation
        own = self.events.estimation if before else self.events.event_window
        if own is not None:
            column = np.arange(days.shape[1])
            first, last = (own[index] - side.start).T[..., None]
            outside = (column > last) | (column - np.maximum(days, 1.0) + 1.0 < first)
            y[outside], days[outside] = np.nan, 0.0
        if before and self.estimable is not None:
            outside = self.estimable(self.events.firm[index], start) != 1
            y[outside], days[outside] = np.nan, 0.0

    def _over(
        self, benchmark: IntArray, end: IntArray, days: IntArray
    ) -> tuple[FloatArray, FloatArray]:
        """What is taken off n multi-day returns, and their regressors (n, f)."""
        off = np.empty(end.size)
        x = np.empty((end.size, len(self.design.model.regressors)))
        for key in np.unique(benchmark):
            mine = benchmark == key
            off[mine], x[mine] = regressors_over(
                self.design.model, self.used[key], end[mine], days[mine],
                self.design.return_kind,
            )  # fmt: skip
        return off, x


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Events ready to be estimated in any blocks: bases of all their dates.

    Parameters
    ----------
    events : Events
    basis : Basis
        Of the D distinct benchmarks and dates.
    date : ndarray of int, shape (N,)
        Which of them is each event's.
    """

    events: Events
    basis: Basis
    date: IntArray
    _windows: _Windows

    def fit(self, index: IntArray, *, keep_rows: Kept = True) -> Fit:
        """Estimate the events at some positions; arrays in that order.

        ``keep_rows="spread"`` keeps the estimation days without their rows.
        """
        block = self._windows.block(index, self.date[index])
        return abnormal.fit(block, self.basis, keep_rows=keep_rows)


def prepare(panel: Panel, events: Events, design: Design) -> Prepared:
    """Compute the bases of all dates of the events, once."""
    windows_of = _Windows.of(panel, events, design)
    basis, date = windows_of.bases()
    return Prepared(events, basis, date, windows_of)


def regression_rows(
    panel: Panel, events: Events, design: Design
) -> tuple[FloatArray, FloatArray]:
    """The rows that the first event's regression sees, for other software.

    Parameters
    ----------
    panel, events, design
        As in :func:`estimate`.

    Returns
    -------
    y : ndarray of shape (M,)
        Responses of the valid days, divided by the square root of their span.
    x : ndarray of shape (M, k)
        The rows, likewise; the constant first.
    """
    block, basis = _first(panel, events, design)
    x, days = block.spans.put_into(basis.x[0], block.days[0], 0)
    used = days[0] > 0
    root = np.sqrt(days[0, used])
    constant = days[:, used] if design.model.intercept else days[:0, used]
    rows = np.concatenate([constant, x[0][:, used]]) / root
    return block.y[0, used] / root, rows.T


def regressor_days(
    panel: Panel, events: Events, design: Design
) -> tuple[FloatArray, FloatArray]:
    """Single-day regressors of the first event, (M, f) and (L, f); NaN = missing."""
    _, basis = _first(panel, events, design)
    return basis.x[0].T, basis.x_event[0].T


def _first(panel: Panel, events: Events, design: Design) -> tuple[Block, Basis]:
    """The windows of the first event alone."""
    first = events.take(slice(0, 1))
    windows_of = _Windows.of(panel, first, design)
    basis, date = windows_of.bases()
    return windows_of.block(np.zeros(1, int), date), basis


def sample(fit: Fit, keys: IntArray, design: Design, window: Window) -> Sample:
    """What the significance tests read: all events of a fit and one window.

    Parameters
    ----------
    fit : Fit
        With ``keep_rows``.
    keys : ndarray of uint64, shape (N,)
        As in :class:`Events`.
    design, window
        The window lies inside the design's event window.

    Returns
    -------
    Sample
    """
    first = window.start - design.event_window.start
    columns = slice(first, first + window.days)
    errors, spans = fit.abnormal_returns[:, columns], fit.spans[:, columns]
    rows = fit.rows[:, columns]
    outside = spans > np.arange(1, window.days + 1)
    if design.boundary == "exclude" and outside.any():
        errors, spans = np.where(outside, np.nan, errors), np.where(outside, 0.0, spans)
        rows = np.where(outside[..., None], 0.0, rows)
    return Sample(
        window=(window.start, window.end),
        abnormal_returns=errors,
        spans=spans,
        rows=rows,
        sigma=fit.sigma,
        df=fit.df,
        residuals=fit.residuals,
        residual_spans=fit.residual_spans,
        residual_rows=fit.residual_rows,
        parameters=design.parameters,
        level=design.level,
        keys=keys,
        seed=design.seed,
    )
