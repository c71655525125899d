"""Checks of the estimation residuals: correlation, variance, shape (methods 7).

Batched over N events; numpy and scipy.special only.  A result is NaN where it does
not exist: too few days, or residuals that do not vary.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.pvalues import p_values
from eventstudy.core.residuals import (
    Residuals,
    autocorrelations,
    pairs,
    ratio,
    scale_up,
)


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A test statistic with its p-value, each of shape (N,).

    Parameters
    ----------
    value, df, p_value : ndarray of shape (N,)
        ``df`` is (N, 2) for an F statistic.
    """

    value: FloatArray
    df: FloatArray
    p_value: FloatArray


def durbin_watson(residuals: Residuals) -> FloatArray:
    """Durbin-Watson statistic over pairs one calendar trading day apart, (N,)."""
    e, pair = residuals.errors, pairs(residuals, 1)
    squares = np.where(pair, np.diff(e, axis=1) ** 2, 0.0).sum(axis=1)
    scaled = squares * scale_up(residuals.n - 1, pair)
    return residuals.where_varied(ratio(scaled, (e**2).sum(axis=1)))


def ljung_box(residuals: Residuals) -> Checked:
    """Ljung-Box test on min(10, M // 5) lags.

    The residuals come from a regression on exogenous regressors, hence no degrees of
    freedom are deducted.

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    Checked
        Chi-squared; NaN with fewer than 5 days.
    """
    n = residuals.n
    m = np.minimum(10, n // 5)
    lag = np.arange(1, max(int(m.max(initial=0)), 1) + 1)
    used = lag <= m[:, None]
    room = np.where(used, n[:, None] - lag, 1)
    r = autocorrelations(residuals, lag.size)
    sums = np.where(used, r**2 / room, 0.0).sum(axis=1)
    return _chi2(np.where(m > 0, n * (n + 2) * sums, np.nan), m)


def arch_lm(residuals: Residuals, lags: int = 5) -> Checked:
    """Engle's test of squared residuals on their own lags.

    Parameters
    ----------
    residuals : Residuals
        Valid days follow each other here, gaps are bridged.
    lags : int
        Lags q; M - q rows enter.

    Returns
    -------
    Checked
        Chi-squared with q degrees of freedom; NaN with 2 q + 1 days or fewer.
    """
    squares, n = _closed_up(residuals)
    rows = np.maximum(n - lags, 0)
    inside = np.arange(max(squares.shape[1] - lags, 0)) < rows[:, None]
    shifted = [squares[:, lags - j : squares.shape[1] - j] for j in range(lags + 1)]
    y, *x = [_centred(column, inside) for column in shifted]
    design = np.stack(x, axis=2)
    fitted = np.einsum("nmq,nq->nm", design, _least_squares(design, y))
    statistic = rows * ratio((fitted**2).sum(axis=1), (y**2).sum(axis=1))
    return _chi2(np.where(n > 2 * lags + 1, statistic, np.nan), np.full(n.shape, lags))


def jarque_bera(residuals: Residuals) -> Checked:
    """Jarque-Bera test of normality, central moments with divisor M.

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    Checked
        Chi-squared with 2 degrees of freedom.
    """
    centred = _centred(residuals.errors, residuals.valid)
    count = np.maximum(residuals.n, 1)
    second, third, fourth = ((centred**j).sum(axis=1) / count for j in (2, 3, 4))
    skewness = ratio(third, second**1.5)
    kurtosis = ratio(fourth, second**2)
    statistic = residuals.n / 6.0 * (skewness**2 + (kurtosis - 3.0) ** 2 / 4.0)
    return _chi2(residuals.where_varied(statistic), np.full(count.shape, 2))


def _chi2(value: FloatArray, df: IntArray) -> Checked:
    degrees = np.asarray(df, float)
    return Checked(value, degrees, p_values("chi2", value, degrees))


def _centred(values: FloatArray, used: BoolArray) -> FloatArray:
    """Deviations from the mean over the used columns; 0 elsewhere."""
    count = np.maximum(used.sum(axis=1, keepdims=True), 1)
    mean = np.where(used, values, 0.0).sum(axis=1, keepdims=True) / count
    return np.where(used, values - mean, 0.0)


def _closed_up(residuals: Residuals) -> tuple[FloatArray, IntArray]:
    """Squared residuals in sigmas, valid days moved to the front, and their number."""
    order = np.argsort(~residuals.valid, axis=1, kind="stable")
    scaled = residuals.errors / residuals.sigma[:, None]
    return np.take_along_axis(scaled**2, order, axis=1), residuals.n


def _least_squares(design: FloatArray, y: FloatArray) -> FloatArray:
    """Coefficients (N, q); zeros where there is nothing finite to fit."""
    usable: BoolArray = np.asarray(np.isfinite(design).all(axis=(1, 2)))
    inverse = np.zeros(np.swapaxes(design, 1, 2).shape)
    inverse[usable] = np.linalg.pinv(design[usable])
    fitted = np.where(usable[:, None], y, 0.0)[..., None]
    return np.asarray((inverse @ fitted)[..., 0])
