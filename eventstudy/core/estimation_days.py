"""What is handed over of the estimation days of solved regressions."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.bases import Basis, left_over
from eventstudy.core.least_squares import Observations, Solution

# What is kept: all, all but the regressor rows, or nothing.
Kept: TypeAlias = bool | Literal["spread"]


class EstimationDays(NamedTuple):
    """Fields of ``Fit``; what is not kept has width 0."""

    residuals: FloatArray
    spans: FloatArray
    rows: FloatArray
    spread: FloatArray


def estimation_days(
    basis: Basis, observed: Observations, solution: Solution, keep: Kept
) -> EstimationDays:
    """Residuals of E events, the days they span, their rows, and their spread.

    Parameters
    ----------
    basis, observed, solution
        What was solved; rows and errors of the solution are used up.
    keep : bool or 'spread'

    Returns
    -------
    EstimationDays
    """
    n, k = solution.weights.shape
    none, no_rows = np.zeros((n, 0)), np.zeros((n, 0, k))
    if not keep:
        return EstimationDays(none, none, no_rows, none)
    whitened, multi = solution.whitened_days(), _multi_day(basis, observed, solution)
    spread = _spread(basis, observed, solution, whitened, multi)
    rows = no_rows if keep == "spread" else _rows(observed, solution, whitened, multi)
    return EstimationDays(*_residuals(observed, solution), rows, spread)


def _residuals(
    observed: Observations, solution: Solution
) -> tuple[FloatArray, FloatArray]:
    """Residuals and the days they span, nothing transformed."""
    spans = observed.spans
    residuals, days = solution.errors, solution.valid.astype(float)
    if observed.own:
        residuals *= np.sqrt(observed.days)
        days *= observed.days
    np.copyto(residuals, np.nan, where=~solution.valid)
    if spans.event.size:
        at = spans.event, spans.column
        residuals[at] = solution.span_errors * np.sqrt(spans.days)
        days[at] = spans.days
    return residuals, days


def _multi_day(basis: Basis, observed: Observations, solution: Solution) -> FloatArray:
    """Whitened rows of the multi-day observations, (n, k)."""
    spans = observed.spans
    if not spans.event.size:
        return np.zeros((0, solution.q.shape[1]))
    rows = basis.rows(observed.date[spans.event], spans.days, spans.x)
    of_event = np.searchsorted(solution.changed, spans.event)
    return np.asarray((rows[:, None] @ solution.whiten[of_event])[:, 0])


def _spread(
    basis: Basis,
    observed: Observations,
    solution: Solution,
    whitened: FloatArray,
    multi: FloatArray,
) -> FloatArray:
    """Standard deviations of the residuals over sigma, (E, M)."""
    spans, spread = observed.spans, basis.spread[observed.date]
    spread[solution.changed] = left_over(whitened)
    if observed.own:
        spread *= np.sqrt(observed.days)
    if spans.event.size:
        root = np.sqrt(spans.days)
        each = left_over((multi / root[:, None])[..., None])[:, 0]
        spread[spans.event, spans.column] = root * each
    return spread


def _rows(
    observed: Observations,
    solution: Solution,
    whitened: FloatArray,
    multi: FloatArray,
) -> FloatArray:
    """Whitened rows, (E, M, k)."""
    spans, rows = observed.spans, solution.q
    rows[solution.changed] = whitened
    if observed.own:
        rows *= np.sqrt(observed.days)
    rows[spans.event, :, spans.column] = multi
    return rows.transpose(0, 2, 1)
