"""Estimation and abnormal returns of a block of events that share one geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.arrays import put
from eventstudy.core.bases import LARGEST_CONDITION, Basis, orthonormal_basis
from eventstudy.core.estimation_days import Kept, estimation_days
from eventstudy.core.least_squares import Observations, Solution, solve
from eventstudy.core.spans import Spans

ZERO_AGAINST_RETURNS = 1e-12
ZERO_AGAINST_LEVEL = 1e-14
# A return is a ratio of prices less one: it carries the rounding of the ratio.
ROUNDING_OF_RETURNS = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Responses of E events; M estimation and L event-window days.

    Parameters
    ----------
    y, y_event : ndarray of shape (E, M), (E, L)
        Response in decimals; a multi-day return stands on its last day.
    days, days_event : ndarray of shape (E, M), (E, L)
        Trading days that each response spans; 0 = none.
    date : ndarray of int, shape (E,)
        Which date of the basis is each event's.
    spans, spans_event : Spans
        Regressors of the multi-day responses.
    """

    y: FloatArray
    days: FloatArray
    y_event: FloatArray
    days_event: FloatArray
    date: IntArray
    spans: Spans
    spans_event: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What the estimation of E events hands over; all in decimals.

    Parameters
    ----------
    coefficients : ndarray of shape (E, k)
        Constant first, if there is one.
    root : ndarray of shape (E, k, k)
        The covariance of the coefficients is sigma**2 * root @ root.T.
    sigma : ndarray of shape (E,)
        Residual standard deviation per day; NaN where it is zero or not estimable.
    df, n_estimation : ndarray of shape (E,)
        Residual degrees of freedom, and rows of the fit.
    r_squared : ndarray of shape (E,)
        Share of the variation explained; NaN for models without a fit.
    abnormal_returns, spans : ndarray of shape (E, L)
        Prediction errors (NaN = missing) and the days they cover (0 = missing).
    rows : ndarray of shape (E, L, k)
        Whitened regressor rows of the event days; 0 where missing.
    residuals, residual_spans : ndarray of shape (E, M)
        The same for the estimation days.
    residual_rows : ndarray of shape (E, M, k)
        The same; of width 0 where they were not asked for.
    residual_spread : ndarray of shape (E, M)
        Standard deviations of the residuals over sigma, sqrt(d - h).  NaN where the
        regressors leave none; any number where there is no residual.
    condition : ndarray of shape (E,)
        Condition number of the regressors, columns centred and at unit norm.  inf =
        collinear, or fewer rows than coefficients: nothing can be estimated, all
        numbers are NaN.
    weakest : ndarray of shape (E, k)
        Weights of the columns in the combination nearest to zero.
    """

    coefficients: FloatArray
    root: FloatArray
    sigma: FloatArray
    df: FloatArray
    n_estimation: IntArray
    r_squared: FloatArray
    abnormal_returns: FloatArray
    spans: FloatArray
    rows: FloatArray
    residuals: FloatArray
    residual_spans: FloatArray
    residual_rows: FloatArray
    residual_spread: FloatArray
    condition: FloatArray
    weakest: FloatArray


def fit(block: Block, basis: Basis, *, keep_rows: Kept = True) -> Fit:
    """Estimate a block and predict its event windows (methods 0, 1.5, 2, 2.1).

    Parameters
    ----------
    block : Block
    basis : Basis
        The dates of the block, and others.
    keep_rows : bool or 'spread'
        Return ``residuals``, ``residual_spans``, ``residual_rows`` and
        ``residual_spread``, of which ``'spread'`` leaves out the rows; what is not
        kept has width 0.

    Returns
    -------
    Fit
    """
    observed = Observations(
        block.y, block.days == 1, block.date, np.ones(1), block.spans
    )
    solution = solve(observed, basis)
    result = _packed(block, basis, observed, solution, keep_rows=keep_rows)
    enough = result.n_estimation >= result.coefficients.shape[1]
    for event in solution.unsafe[enough[solution.unsafe]]:
        alone = _fit_alone(block, basis, event, keep_rows=keep_rows)
        put(result, slice(event, event + 1), alone)
    result.condition[~enough] = np.inf
    _withhold(result, is_collinear(result.condition))
    return result


def _fit_alone(block: Block, basis: Basis, event: int, *, keep_rows: Kept) -> Fit:
    """One event by a factorisation of its own rows, multi-day ones included."""
    date = block.date[event]
    x, days = block.spans.put_into(basis.x[date], block.days[event], event)
    x_event, days_event = block.spans_event.put_into(
        basis.x_event[date], block.days_event[event], event
    )
    own = orthonormal_basis(
        x, x_event, intercept=basis.intercept, days=days, days_event=days_event
    )
    y, y_event = block.y[event : event + 1], block.y_event[event : event + 1]
    first, none = np.zeros(1, int), Spans.none(x.shape[1])
    alone = Block(y, days, y_event, days_event, first, none, none)
    dense = np.where(own.ok, days, 1.0)[0]
    observed = Observations(y, own.ok, first, dense, none)
    return _packed(alone, own, observed, solve(observed, own), keep_rows=keep_rows)


def _packed(
    block: Block,
    basis: Basis,
    observed: Observations,
    solution: Solution,
    *,
    keep_rows: Kept,
) -> Fit:
    """All that is handed over, from the solved regressions."""
    date, k = block.date, basis.back.shape[1]
    raw = basis.raw[date]
    coefficients = _times(raw, solution.weights)
    if basis.intercept:
        coefficients[:, 0] += solution.shift
    df = np.asarray(solution.n - max(k, 1), float)
    sigma, r_squared = _scale(solution, df, k, intercept=basis.intercept)
    errors, days, rows = _predicted(block, basis, solution)
    kept = estimation_days(basis, observed, solution, keep_rows)
    return Fit(
        coefficients, solution.whitened(raw), sigma, df, solution.n, r_squared,
        errors, days, rows, *kept,
        basis.condition[date], basis.weakest[date],
    )  # fmt: skip


def _times(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray((matrices @ vectors[..., None])[..., 0])


def _predicted(
    block: Block, basis: Basis, solution: Solution
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Prediction errors of the event days, the days they span, their rows."""
    date, spans, z = block.date, block.spans_event, basis.z[block.date]
    days = np.where(basis.ok_event[date], block.days_event, 0.0)
    if spans.event.size:
        at = spans.event, spans.column
        days[at] = spans.days
        z[at] = basis.rows(date[spans.event], spans.days, spans.x)
    missing = days == 0
    z[missing] = 0.0
    expected = days * solution.shift[:, None] + _times(z, solution.weights)
    errors = np.where(missing, np.nan, block.y_event - expected)
    return errors, days, solution.whitened(z)


def _scale(
    solution: Solution, df: FloatArray, k: int, *, intercept: bool
) -> tuple[FloatArray, FloatArray]:
    """Residual standard deviation per day, and R squared."""
    squares, variation, level = solution.squares, solution.variation, solution.level
    flat = squares <= variation * ZERO_AGAINST_RETURNS**2
    flat |= squares <= level * ZERO_AGAINST_LEVEL**2
    flat |= squares <= df * ROUNDING_OF_RETURNS**2
    total = variation if intercept else level
    sigma = np.sqrt(squares / np.where(df > 0, df, np.nan))
    explained = 1.0 - squares / np.where(flat | (k == 0), np.nan, total)
    return np.where(flat, np.nan, sigma), explained


def _withhold(result: Fit, unsolved: BoolArray) -> None:
    """Leave no number where the coefficients are not determined."""
    if not unsolved.any():
        return
    for name in ("coefficients", "root", "sigma", "r_squared", "abnormal_returns"):
        getattr(result, name)[unsolved] = np.nan
    result.residuals[unsolved] = result.residual_spread[unsolved] = np.nan
    for name in ("spans", "rows", "residual_spans", "residual_rows"):
        getattr(result, name)[unsolved] = 0.0


def is_collinear(condition: FloatArray) -> BoolArray:
    """Whether the regressors are collinear beyond what can be solved."""
    return ~(condition <= LARGEST_CONDITION)
