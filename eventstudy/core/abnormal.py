"""Estimation and abnormal returns of a block of events that share one geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.least_squares import (
    LARGEST_CONDITION,
    Basis,
    Solution,
    Spans,
    orthonormal_basis,
    solve,
)

ZERO_AGAINST_RETURNS = 1e-12
ZERO_AGAINST_LEVEL = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Responses and regressors of E events; M estimation and L event-window days.

    Parameters
    ----------
    y, y_event : ndarray of shape (E, M), (E, L)
        Response in decimals; a multi-day return stands on its last day.  NaN = none.
    days, days_event : ndarray of shape (E, M), (E, L)
        Trading days that each response spans; 0 = none.
    x, x_event : ndarray of shape (D, M, f), (D, L, f)
        Single-day regressors of each date; NaN = missing.
    date : ndarray of int, shape (E,)
        Which of the D dates is each event's.
    spans, spans_event : Spans
        Regressors of the multi-day responses.
    intercept : bool
        Estimate a constant.
    """

    y: FloatArray
    days: FloatArray
    y_event: FloatArray
    days_event: FloatArray
    x: FloatArray
    x_event: FloatArray
    date: IntArray
    spans: Spans
    spans_event: Spans
    intercept: bool


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
    condition : ndarray of shape (E,)
        Condition number of the regressors, columns at unit norm; inf = collinear.
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
    condition: FloatArray
    weakest: FloatArray


def fit(block: Block, *, keep_rows: bool = True) -> Fit:
    """Estimate a block and predict its event windows (methods 0, 1.5, 2, 2.1).

    Parameters
    ----------
    block : Block
    keep_rows : bool
        Return ``residual_rows``.

    Returns
    -------
    Fit
    """
    basis = orthonormal_basis(block.x, block.x_event, intercept=block.intercept)
    single = (block.days == 1) & np.isfinite(block.y)
    solution = solve(block.y, single, basis, block.date, block.spans)
    result = _finish(block, basis, solution, keep_rows)
    hopeless = ~np.isfinite(basis.condition[block.date])
    for event in np.flatnonzero(solution.unsafe | hopeless):
        _replace(result, event, _refit(block, event, keep_rows))
    return result


def _refit(block: Block, event: int, keep_rows: bool) -> Fit:
    """One event by a factorisation of its own rows, multi-day ones included."""
    mine = np.array([event])
    x, days = own_rows(block.x, block.y, block.days, block.date[mine], block.spans, event)
    x_event, days_event = own_rows(
        block.x_event, block.y_event, block.days_event, block.date[mine],
        block.spans_event, event,
    )  # fmt: skip
    basis = orthonormal_basis(
        x, x_event, intercept=block.intercept, days=days, days_event=days_event
    )
    y = block.y[mine]
    used = basis.ok
    root = np.sqrt(np.where(used, days, 1.0))
    shift = np.zeros(1)
    if block.intercept:
        shift = np.where(used, y, 0.0).sum(1) / np.maximum(np.where(used, days, 0).sum(1), 1)
    centred = np.where(used, (y - days * shift[:, None]) / root, 0.0)
    coordinates = np.einsum("emk,em->ek", basis.q, centred)
    whiten = np.eye(basis.q.shape[2])[None]
    fitted = np.einsum("emk,ek->em", basis.q, coordinates)
    residuals = np.where(used, (centred - fitted) * root, np.nan)
    z = basis.z
    predicted = days_event * shift[:, None] + np.einsum("elk,ek->el", z, coordinates)
    ar = np.where(days_event > 0, block.y_event[mine] - predicted, np.nan)
    rows = basis.q * root[..., None] if keep_rows else np.zeros((1, 0, 0))
    solution = Solution(coordinates, whiten, shift, used, np.zeros(1, bool))
    return _packed(
        block.intercept, basis, np.zeros(1, int), solution, y, residuals,
        np.where(used, days, 0.0), rows, ar, days_event, z,
    )  # fmt: skip


def own_rows(
    x: FloatArray, y: FloatArray, days: FloatArray, date: IntArray, spans: Spans, event: int
) -> tuple[FloatArray, FloatArray]:
    """Dense regressors and days of one event, its spans put in their columns."""
    x, days = x[date].copy(), np.where(np.isfinite(y[event]), days[event], 0.0)[None]
    mine = spans.event == event
    x[0, spans.column[mine]] = spans.x[mine]
    return x, np.where(np.isfinite(x).all(axis=2), days, 0.0)


def _finish(block: Block, basis: Basis, solution: Solution, keep_rows: bool) -> Fit:
    """Residuals and prediction errors of events that share the basis."""
    date = block.date
    weights = np.einsum("ej,ekj->ek", solution.coordinates, solution.whiten)
    shift = solution.shift[:, None]
    fitted = np.einsum("emk,ek->em", basis.q[date], weights)
    residuals = np.where(solution.valid, block.y - shift - fitted, np.nan)
    residual_spans = solution.valid.astype(float)
    z = basis.z[date]
    single = (block.days_event == 1) & np.isfinite(block.y_event)
    single &= np.isfinite(z).all(axis=2)
    z = np.where(single[..., None], z, 0.0)
    ar = np.where(single, block.y_event - shift - np.einsum("elk,ek->el", z, weights), np.nan)
    spans = single.astype(float)
    _predict_spans(block.spans_event, block.y_event, basis, date, weights, shift, ar, spans, z)
    rows = basis.q[date] * solution.valid[..., None] if keep_rows else z[:, :0]
    _predict_spans(
        block.spans, block.y, basis, date, weights, shift, residuals, residual_spans,
        rows if keep_rows else None,
    )  # fmt: skip
    return _packed(
        block.intercept, basis, date, solution, block.y, residuals, residual_spans,
        rows @ solution.whiten if keep_rows else rows, ar, spans, z @ solution.whiten,
    )  # fmt: skip


def _predict_spans(
    spans: Spans,
    y: FloatArray,
    basis: Basis,
    date: IntArray,
    weights: FloatArray,
    shift: FloatArray,
    errors: FloatArray,
    days: FloatArray,
    rows: FloatArray | None,
) -> None:
    """Prediction errors of the multi-day observations, written in place."""
    usable = np.isfinite(spans.x).all(axis=1)
    event, column, d = spans.event[usable], spans.column[usable], spans.days[usable]
    row = basis.rows(date[event], d, spans.x[usable])
    fitted = d * shift[event, 0] + (row * weights[event]).sum(axis=1)
    errors[event, column] = y[event, column] - fitted
    days[event, column] = d
    if rows is not None:
        rows[event, column] = row


def _packed(
    intercept: bool,
    basis: Basis,
    date: IntArray,
    solution: Solution,
    y: FloatArray,
    residuals: FloatArray,
    residual_spans: FloatArray,
    residual_rows: FloatArray,
    ar: FloatArray,
    spans: FloatArray,
    rows: FloatArray,
) -> Fit:
    """Coefficients and residual variance from coordinates and residuals."""
    k = solution.coordinates.shape[1]
    root = basis.coefficients(date) @ solution.whiten
    coefficients = np.einsum("ekj,ej->ek", root, solution.coordinates)
    if intercept:
        coefficients[:, 0] += solution.shift
    n = (residual_spans > 0).sum(axis=1)
    df = np.asarray(n - max(k, 1), float)
    sigma, r_squared = _scale(y, residuals, residual_spans, df, k, intercept)
    return Fit(
        coefficients, root, sigma, df, n, r_squared, ar, np.where(np.isnan(ar), 0.0, spans),
        np.where(np.isnan(ar)[..., None], 0.0, rows), residuals, residual_spans,
        residual_rows, basis.condition[date], basis.weakest[date],
    )  # fmt: skip


def _scale(
    y: FloatArray,
    residuals: FloatArray,
    days: FloatArray,
    df: FloatArray,
    k: int,
    intercept: bool,
) -> tuple[FloatArray, FloatArray]:
    """Residual standard deviation per day, and R squared.

    Without estimated parameters the residuals are centred (methods 2.1).
    """
    used = days > 0
    d = np.where(used, days, 1.0)
    error = np.where(used, residuals, 0.0)
    if k == 0:
        error = _about_mean(error, d, used)
    response = np.where(used, y, 0.0)
    about = _about_mean(response, d, used)
    squares = (error**2 / d).sum(axis=1)
    variation = (about**2 / d).sum(axis=1)
    level = (response**2 / d).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.sqrt(squares / np.where(df > 0, df, np.nan))
        r_squared = 1.0 - squares / (variation if intercept else level)
    flat = squares <= variation * ZERO_AGAINST_RETURNS**2
    flat |= squares <= level * ZERO_AGAINST_LEVEL**2
    return np.where(flat, np.nan, sigma), np.where((k == 0) | flat, np.nan, r_squared)


def _about_mean(values: FloatArray, d: FloatArray, used: BoolArray) -> FloatArray:
    count = np.maximum(np.where(used, d, 0.0).sum(axis=1), 1.0)
    mean = values.sum(axis=1) / count
    return np.where(used, values - d * mean[:, None], 0.0)


def _replace(target: Fit, event: int, source: Fit) -> None:
    """Put the one event of ``source`` in the place of ``event``."""
    for name in Fit.__slots__:
        value = getattr(target, name)
        if isinstance(value, np.ndarray):
            value[event] = getattr(source, name)[0]


def is_collinear(condition: FloatArray) -> BoolArray:
    """Whether the regressors are collinear beyond what can be solved."""
    return ~(condition <= LARGEST_CONDITION)
