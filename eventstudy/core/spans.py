"""Returns over spans of several trading days."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray


def compound(series: FloatArray, end: IntArray, days: IntArray) -> FloatArray:
    """Simple returns compounded over the ``days`` days that end on ``end``.

    Parameters
    ----------
    series : ndarray of shape (T,)
        Simple daily returns in decimals; NaN = missing.
    end, days : ndarray of int, shape (n,)
        Last day of each span, and its length.

    Returns
    -------
    ndarray of shape (n,)
        Decimals; NaN where a day of the span is missing or before the first.
    """
    single = days == 1
    result = total(np.where(np.isfinite(series), series, np.nan), end, days)
    result[~single] = np.expm1(total(np.log1p(series), end[~single], days[~single]))
    return result


def total(series: FloatArray, end: IntArray, days: IntArray) -> FloatArray:
    """Sums over the ``days`` days that end on ``end``; as :func:`compound`."""
    result = np.full(end.shape, np.nan)
    if series.size == 0:
        return result
    for length in np.unique(days):
        of_length = days == length
        index = end[of_length, None] - np.arange(length)
        inside = (index >= 0).all(axis=1)
        sums = np.where(inside, series[np.maximum(index, 0)].sum(axis=1), np.nan)
        result[of_length] = sums
    return result
