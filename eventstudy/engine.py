"""From a panel of returns to estimates and samples: the one recipe.

``analyze`` is this with one event.  Events are worked through in blocks of 256 in
canonical order, so that results do not depend on the caller's order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core import abnormal
from eventstudy.core.abnormal import Block, Fit
from eventstudy.core.least_squares import Spans
from eventstudy.design import Design, Window
from eventstudy.inference._base import Sample
from eventstudy.models._base import regressors_over

BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Returns of F firms on one calendar of T trading days.

    Parameters
    ----------
    returns : ndarray of shape (F, T)
        Decimals; the return that ends on each day.  NaN = none.
    spans : ndarray of shape (F, T)
        Trading days it covers; 0 = none.
    benchmarks : tuple of mappings
        For each benchmark the daily series its model reads, (T,) each, by name.
    """

    returns: FloatArray
    spans: FloatArray
    benchmarks: tuple[Mapping[str, FloatArray], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """N events as positions in a panel.

    Parameters
    ----------
    firm, day0, benchmark : ndarray of int, shape (N,)
        Row, calendar position of day 0, and benchmark of each event.
    keys : ndarray of uint64, shape (N,)
        A number made from each event's id, for its random streams.
    """

    firm: IntArray
    day0: IntArray
    benchmark: IntArray
    keys: IntArray

    def __len__(self) -> int:
        return int(self.firm.size)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What results re-read: a panel with its labels.

    Parameters
    ----------
    panel : Panel
    events : Events
    dates : ndarray of datetime64, shape (T,)
        The trading days of the panel.
    closes : ndarray of shape (F, T)
        Unadjusted closes; NaN = none.
    tickers : tuple of str
        Names of the F firms.
    ids : tuple of str
        Names of the N events.
    """

    panel: Panel
    events: Events
    dates: NDArray[np.datetime64]
    closes: FloatArray
    tickers: tuple[str, ...]
    ids: tuple[str, ...]


def event_keys(ids: Iterable[str]) -> IntArray:
    """A number for each id, the same in every process."""
    digests = [hashlib.sha256(name.encode()).digest()[:8] for name in ids]
    return np.array([int.from_bytes(digest, "little") for digest in digests], np.uint64)


def estimate(panel: Panel, events: Events, design: Design, *, keep_rows: bool = True) -> Fit:
    """Estimate all events; arrays in the order of ``events``.

    Parameters
    ----------
    panel : Panel
    events : Events
    design : Design
    keep_rows : bool
        Keep the estimation rows, which the residual tests read.

    Returns
    -------
    Fit
    """
    order = np.lexsort((events.day0, events.firm))
    fits = [
        abnormal.fit(_block(panel, events, design, order[i : i + BLOCK]), keep_rows=keep_rows)
        for i in range(0, len(events), BLOCK)
    ]
    return _in_order(fits, order)


def _in_order(fits: list[Fit], order: IntArray) -> Fit:
    """Blocks put together, in the caller's order."""
    if len(fits) == 1 and order.size == 1:
        return fits[0]
    back = np.argsort(order)
    columns = {
        name: np.concatenate([getattr(fit, name) for fit in fits])[back]
        for name in Fit.__slots__
    }
    return Fit(**columns)


def _block(panel: Panel, events: Events, design: Design, index: IntArray) -> Block:
    """Gather the windows of some events."""
    pairs = np.stack([events.benchmark[index], events.day0[index]])
    dates, date = np.unique(pairs, axis=1, return_inverse=True)
    date = date.reshape(-1)
    estimation = _gather(panel, events, design, index, date, dates, design.estimation_window)
    event = _gather(panel, events, design, index, date, dates, design.event_window)
    (y, days, x, spans), (y_event, days_event, x_event, spans_event) = estimation, event
    return Block(
        y, days, y_event, days_event, x, x_event, date, spans, spans_event,
        design.model.intercept,
    )  # fmt: skip


def _gather(
    panel: Panel,
    events: Events,
    design: Design,
    index: IntArray,
    date: IntArray,
    dates: IntArray,
    window: Window,
) -> tuple[FloatArray, FloatArray, FloatArray, Spans]:
    """Responses, their spans, regressors per date and spans' regressors of a window."""
    relative = np.arange(window.start, window.end + 1)
    position = events.day0[index, None] + relative
    inside = (position >= 0) & (position < panel.returns.shape[1])
    at = np.where(inside, position, 0)
    firm = events.firm[index, None]
    y = np.where(inside, panel.returns[firm, at], np.nan)
    days = np.where(inside & np.isfinite(y), panel.spans[firm, at], 0.0)
    # A span that begins before the window belongs to neither side (methods 1.5).
    days = np.where(days <= np.arange(1, relative.size + 1), days, 0.0)
    subtract, x = _regressors(panel, design, dates, relative)
    single = np.where(days == 1, y - subtract[date], np.nan)
    event, column = np.nonzero(days > 1)
    lengths, ends = days[event, column], position[event, column]
    off, span_x = _over_spans(panel, design, events.benchmark[index][event], ends, lengths)
    single[event, column] = y[event, column] - off
    usable = np.isfinite(off) & np.isfinite(span_x).all(axis=1)
    spans = Spans(event[usable], column[usable], lengths[usable], span_x[usable])
    return single, np.where(np.isfinite(single), days, 0.0), x, spans


def _regressors(
    panel: Panel, design: Design, dates: IntArray, relative: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Single-day subtractions (D, days) and regressors (D, days, f) of the dates."""
    shape = (dates.shape[1], relative.size)
    ends = dates[1][:, None] + relative
    n_days = panel.returns.shape[1]
    ends = np.where((ends >= 0) & (ends < n_days), ends, -1)
    benchmark = np.broadcast_to(dates[0][:, None], shape).ravel()
    off, x = _over_spans(panel, design, benchmark, ends.ravel(), np.ones(ends.size))
    return off.reshape(shape), x.reshape(*shape, x.shape[1])


def _over_spans(
    panel: Panel, design: Design, benchmark: IntArray, ends: IntArray, days: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Subtractions (n,) and regressors (n, f) over spans that end on given days."""
    off = np.full(ends.size, np.nan)
    x = np.full((ends.size, len(design.model.regressors)), np.nan)
    for key in np.unique(benchmark):
        mine = benchmark == key
        off[mine], x[mine] = regressors_over(
            design.model, panel.benchmarks[key], ends[mine], days[mine].astype(int),
            design.return_kind,
        )  # fmt: skip
    return off, x


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
    block = _block(panel, events, design, np.array([0]))
    x, days = abnormal.own_rows(
        block.x, block.y, block.days, block.date[:1], block.spans, 0
    )
    used = days[0] > 0
    root = np.sqrt(days[0, used])
    columns = [days[0, used]] if design.model.intercept else []
    rows = np.column_stack([*columns, x[0, used]]) / root[:, None]
    return block.y[0, used] / root, rows


def regressor_days(
    panel: Panel, events: Events, design: Design
) -> tuple[FloatArray, FloatArray]:
    """Single-day regressors of the first event, (M, f) and (L, f); NaN = missing."""
    block = _block(panel, events, design, np.array([0]))
    return block.x[block.date[0]], block.x_event[block.date[0]]


def sample(fit: Fit, keys: IntArray, design: Design, window: Window) -> Sample:
    """What the significance tests read: all events of a fit and one window.

    Parameters
    ----------
    fit : Fit
        With ``keep_rows``.
    keys : ndarray of uint64, shape (N,)
        As in :class:`Events`.
    design : Design
    window : Window
        Inside the event window.

    Returns
    -------
    Sample
    """
    first = window.start - design.event_window.start
    columns = slice(first, first + window.days)
    spans = fit.spans[:, columns]
    inside = (spans > 0) & (spans <= np.arange(1, window.days + 1))
    return Sample(
        window=tuple(window),
        abnormal_returns=np.where(inside, fit.abnormal_returns[:, columns], np.nan),
        spans=np.where(inside, spans, 0.0),
        rows=np.where(inside[..., None], fit.rows[:, columns], 0.0),
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


def without_days(panel: Panel, events: Events, days: IntArray) -> Panel:
    """The panel with some calendar days taken out of one event's firm.

    Parameters
    ----------
    panel : Panel
    events : Events
        One event.
    days : ndarray of int
        Calendar positions whose returns are not to be used.

    Returns
    -------
    Panel
        A copy; the given panel is unchanged.
    """
    firm = int(events.firm[0])
    returns, spans = panel.returns.copy(), panel.spans.copy()
    hit = _touches(spans[firm], days)
    returns[firm, hit], spans[firm, hit] = np.nan, 0.0
    return Panel(returns, spans, panel.benchmarks)


def _touches(spans: FloatArray, days: IntArray) -> BoolArray:
    """Observations whose span holds one of the days."""
    end = np.arange(spans.size)
    wanted = np.zeros(spans.size + 1)
    wanted[days[(days >= 0) & (days < spans.size)] + 1] = 1.0
    count = np.cumsum(wanted)
    start = np.maximum(end - spans.astype(int) + 1, 0)
    return np.asarray((spans > 0) & (count[end + 1] - count[start] > 0))
