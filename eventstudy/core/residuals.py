"""Estimation residuals on one-day scale, and their serial correlation (methods 3.6, 7).

Batched over N events; columns are calendar trading days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """Estimation residuals on one-day scale; built by :func:`residuals_of`.

    Parameters
    ----------
    errors : ndarray of shape (N, M)
        Residuals divided by the root of the days they span; 0 where missing.
    rows : ndarray of shape (N, M, k)
        Orthonormal regressor rows on the same scale; 0 where missing.
    valid, single : ndarray of bool, shape (N, M)
        Days on which an observation ends; those whose observation spans one day.
    sigma, df : ndarray of shape (N,)
        Residual standard deviation and degrees of freedom of the model.
    """

    errors: FloatArray
    rows: FloatArray
    valid: BoolArray
    single: BoolArray
    sigma: FloatArray
    df: FloatArray

    @property
    def n(self) -> IntArray:
        """Valid estimation days M, (N,)."""
        return np.asarray(self.valid.sum(axis=1))

    def where_varied(self, value: FloatArray) -> FloatArray:
        """Keep the values of events whose residuals vary; NaN for the others."""
        varied = np.isfinite(self.sigma).reshape(-1, *[1] * (value.ndim - 1))
        return np.where(varied, value, np.nan)


def residuals_of(
    residuals: FloatArray,
    spans: FloatArray,
    rows: FloatArray,
    sigma: FloatArray,
    df: FloatArray,
) -> Residuals:
    """Bring residuals to one-day scale; fields as those of ``Sample``.

    A model that estimates nothing (k = 0) has its residuals centred and is checked
    as the regression on a constant that its variance comes from (methods 2.1).

    Parameters
    ----------
    residuals, spans : ndarray of shape (N, M)
        Untransformed residuals, and the days each spans (0 = missing).
    rows : ndarray of shape (N, M, k)
        Whitened regressor rows, untransformed.
    sigma, df : ndarray of shape (N,)

    Returns
    -------
    Residuals
    """
    valid = (spans > 0) & np.isfinite(residuals)
    root = np.sqrt(np.where(valid, spans, 1.0))
    errors = np.where(valid, residuals, 0.0)
    if rows.shape[2] == 0:
        days = np.where(valid, spans, 0.0)
        total = np.maximum(days.sum(axis=1, keepdims=True), 1.0)
        errors = errors - days * errors.sum(axis=1, keepdims=True) / total
        rows = (days / np.sqrt(total))[..., None]
    rows = np.where(valid[..., None], rows / root[..., None], 0.0)
    return Residuals(errors / root, rows, valid, valid & (spans == 1), sigma, df)


def autocorrelations(residuals: Residuals, lags: int) -> FloatArray:
    """Correlate residuals over 1 to ``lags`` calendar trading days (methods 3.6).

    Parameters
    ----------
    residuals : Residuals
    lags : int
        At most M - 1.

    Returns
    -------
    ndarray of shape (N, lags)
        Pairs are single-day observations exactly j trading days apart; the sum is
        scaled up for pairs that gaps remove.  NaN where no pair is left.
    """
    e = residuals.errors
    columns = []
    for lag in range(1, lags + 1):
        pair = pairs(residuals, lag)
        products = np.where(pair, e[:, lag:] * e[:, :-lag], 0.0).sum(axis=1)
        columns.append(products * scale_up(residuals.n - lag, pair))
    r = ratio(np.stack(columns, axis=1), (e**2).sum(axis=1)[:, None])
    return residuals.where_varied(r)


def pairs(residuals: Residuals, lag: int) -> BoolArray:
    """Single-day observations exactly ``lag`` trading days apart, (N, M - lag)."""
    return residuals.single[:, lag:] & residuals.single[:, :-lag]


def scale_up(without_gaps: IntArray, pair: BoolArray) -> FloatArray:
    """Pairs there would be without gaps over pairs there are, (N,); NaN if none."""
    count = pair.sum(axis=1)
    return ratio(np.maximum(without_gaps, 0), np.where(count > 0, count, np.nan))


def ratio(top: FloatArray | IntArray, bottom: FloatArray | IntArray) -> FloatArray:
    """Quotient; NaN where the denominator is zero."""
    bottom = np.where(np.equal(bottom, 0), np.nan, bottom)
    return np.asarray(top / bottom)
