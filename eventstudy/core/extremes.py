"""What lies far from the rest: days, regressors, prices, variances (methods 7).

NaN in means missing; NaN out means that the figure does not exist.
"""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.diagnostics import Checked
from eventstudy.core.pvalues import exceedances, p_values
from eventstudy.core.residuals import Residuals, ratio
from eventstudy.core.runs import run_sums

NO_WEIGHT = 1e-10


def externally_studentised(residuals: Residuals) -> FloatArray:
    """Residuals over the standard deviation that the other days give, (N, M).

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    ndarray of shape (N, M)
        NaN on missing days; infinite where the other days fit perfectly.
    """
    leverage = (residuals.rows**2).sum(axis=2)
    usable = residuals.valid & (leverage < 1.0 - NO_WEIGHT)
    room = np.where(usable, 1.0 - leverage, np.nan)
    r = residuals.errors / (residuals.sigma[:, None] * np.sqrt(room))
    df = residuals.df[:, None]
    left = df - r**2
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.sqrt(np.maximum(df - 1.0, 0.0) / np.where(left > 0, left, 0.0))
        return np.asarray(r * scale)


def slope_share(
    rows: FloatArray, spans: FloatArray, estimation_days: FloatArray, *, intercept: bool
) -> FloatArray:
    """Variance of a CAR that uncertain slopes add, as a share of its L days.

    Parameters
    ----------
    rows : ndarray of shape (N, L, k)
        Whitened rows of the window.
    spans : ndarray of shape (N, L)
    estimation_days : ndarray of shape (N,)
        Days covered by the estimation window's observations.
    intercept : bool
        Whether a constant is estimated; its part is not counted.

    Returns
    -------
    ndarray of shape (N,)
        NaN for models without a slope, and for an empty window.
    """
    days = spans.sum(axis=1)
    if rows.shape[2] - intercept <= 0:
        return np.full(days.shape, np.nan)
    added = (rows.sum(axis=1) ** 2).sum(axis=1)
    constant = ratio(days**2, estimation_days) if intercept else 0.0
    return ratio(added - constant, days)


def regressor_distance(estimation: FloatArray, window: FloatArray) -> FloatArray:
    """How far regressors lie from their estimation mean, in standard deviations.

    Parameters
    ----------
    estimation : ndarray of shape (..., M, f)
        NaN = missing; left out.
    window : ndarray of shape (..., L, f)

    Returns
    -------
    ndarray of shape (..., L, f)
        Absolute distances; NaN where missing or where a regressor does not vary.
    """
    known = np.isfinite(estimation)
    n = np.maximum(known.sum(axis=-2, keepdims=True), 1)
    mean = np.where(known, estimation, 0.0).sum(axis=-2, keepdims=True) / n
    squares = np.where(known, estimation - mean, 0.0) ** 2
    spread = np.sqrt(squares.sum(axis=-2, keepdims=True) / np.maximum(n - 1, 1))
    return ratio(np.abs(window - mean), spread)


def share_without_return(returns: FloatArray) -> FloatArray:
    """Share of days on which the return is zero or missing, (...), of (..., M)."""
    return np.asarray(np.mean(~(np.abs(returns) > 0), axis=-1))


def longest_run(closes: FloatArray) -> IntArray:
    """Longest run of equal prices, (...), of (..., M); a missing price ends a run."""
    run = np.zeros(closes.shape[:-1], int)
    longest = run.copy()
    before = np.full(closes.shape[:-1], np.nan)
    for day in range(closes.shape[-1]):
        price = closes[..., day]
        run = np.where(price == before, run + 1, np.isfinite(price).astype(int))
        longest, before = np.maximum(longest, run), price
    return longest


def variance_rank(estimation: FloatArray, event: FloatArray, least: int = 8) -> Checked:
    """Mean squared SAR of given days against runs of as many estimation days.

    Parameters
    ----------
    estimation : ndarray of shape (N, M)
        Standardised abnormal returns of the estimation days; NaN = none, bridged.
    event : ndarray of shape (N, D)
        Those of the days asked about; NaN = none.
    least : int
        Days needed.

    Returns
    -------
    Checked
        The mean, the number of runs, and its one-sided rank p-value.
    """
    used, asked = np.isfinite(estimation), np.isfinite(event)
    days = asked.sum(axis=1)
    enough = (days >= least) & (days <= used.sum(axis=1))
    runs = run_sums(estimation[..., None] ** 2, used, np.where(enough, days, 0))
    total = np.where(enough, (np.where(asked, event, 0.0) ** 2).sum(axis=1), np.nan)
    exceed, number = exceedances(runs[..., 0], total, "upper")
    p = p_values("empirical", total, None, exceed, number)
    return Checked(ratio(total, days), np.where(enough, number, np.nan), p)
