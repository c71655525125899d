"""Observations that span several trading days, and returns over such spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Multi-day observations of a block of events, n of them.

    Parameters
    ----------
    event, column : ndarray of int, shape (n,)
        Event of the block, and day of its window on which the span ends.
    days : ndarray of shape (n,)
        Trading days spanned, 2 or more.
    x : ndarray of shape (n, f)
        Regressors over the span, all finite.
    """

    event: IntArray
    column: IntArray
    days: FloatArray
    x: FloatArray

    @classmethod
    def none(cls, f: int) -> Spans:
        """No observation, of f regressors."""
        return cls(np.zeros(0, int), np.zeros(0, int), np.zeros(0), np.zeros((0, f)))

    def put_into(
        self, x: FloatArray, days: FloatArray, event: int
    ) -> tuple[FloatArray, FloatArray]:
        """All rows of one event, the multi-day ones in the columns where they end.

        Parameters
        ----------
        x : ndarray of shape (f, M)
            Single-day regressors of the event's date.
        days : ndarray of shape (M,)
            Trading days that the event's responses span; 0 = none.
        event : int

        Returns
        -------
        x : ndarray of shape (1, f, M)
        days : ndarray of shape (1, M)
            0 where a regressor is missing as well.
        """
        x, mine = x.copy(), self.event == event
        x[:, self.column[mine]] = self.x[mine].T
        return x[None], np.where(np.isfinite(x).all(axis=0), days, 0.0)[None]


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
    result = total(series, end, days)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log1p(series)
        result[~single] = np.expm1(total(logs, end[~single], days[~single]))
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
        with np.errstate(invalid="ignore"):
            sums = series[np.maximum(index, 0)].sum(axis=1)
        result[of_length] = np.where(inside, sums, np.nan)
    return result
