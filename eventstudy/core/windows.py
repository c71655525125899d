"""Stretches of days cut out of longer series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from eventstudy._typing import BoolArray, FloatArray, IntArray


class Cutter:
    """Cuts stretches of ``length`` days out of series.

    Parameters
    ----------
    series : ndarray of shape (R, ..., T)
        Days along the last axis.
    length : int

    Examples
    --------
    >>> cut = Cutter(np.arange(6.0).reshape(1, 6), 3)
    >>> cut(np.array([0, 0]), np.array([2, 4]))
    array([[ 2.,  3.,  4.],
           [ 4.,  5., nan]])
    """

    def __init__(self, series: FloatArray | BoolArray, length: int) -> None:
        self._series, self._length = series, length
        self._last = series.shape[-1] - length
        if self._last >= 0:
            view = sliding_window_view(series, length, axis=-1)
            self._view = np.moveaxis(view, -2, 1)

    def __reduce__(self) -> tuple[type[Cutter], tuple[FloatArray | BoolArray, int]]:
        # The overlapping view would travel to a worker as all its stretches.
        return type(self), (self._series, self._length)

    def __call__(self, row: IntArray, start: IntArray) -> FloatArray:
        """The stretches that start on given days of given rows.

        Parameters
        ----------
        row, start : ndarray of int, shape (n,)
            Row, and first day; it may lie before the data.

        Returns
        -------
        ndarray of shape (n, ..., length)
            A copy; NaN on days beyond the data.
        """
        inside = (start >= 0) & (start <= self._last)
        if inside.all():
            return np.asarray(self._view[row, start])
        shape = (row.size, *self._series.shape[1:-1], self._length)
        found = np.full(shape, np.nan)
        if inside.any():
            found[inside] = self._view[row[inside], start[inside]]
        for i in np.flatnonzero(~inside):
            first = max(start[i], 0)
            part = self._series[row[i], ..., first : max(start[i] + self._length, 0)]
            found[i, ..., first - start[i] :][..., : part.shape[-1]] = part
        return found


class Cut(Protocol):
    """Cuts stretches of one length, as a :class:`Cutter` does."""

    def __call__(self, row: IntArray, start: IntArray, /) -> FloatArray:
        """The stretches that start on given days of given rows."""


class Stored(Protocol):
    """Series that do not lie in memory, and cut themselves."""

    def cutter(self, length: int, /) -> Cut:
        """What cuts stretches of so many days out of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Cutters:
    """What cuts one of the two windows out of a panel and its benchmarks.

    Parameters
    ----------
    start, days : int
        First day relative to day 0, and length.
    returns, spans : Cut
        Of the firms, (F, T).
    off, x : Cutter
        Of the benchmarks: what is taken off a single-day return, (B, T), and the
        regressors, (B, f, T).
    """

    start: int
    days: int
    returns: Cut
    spans: Cut
    off: Cutter
    x: Cutter

    @classmethod
    def of(
        cls,
        window: tuple[int, int],
        returns: FloatArray | Stored,
        spans: FloatArray | Stored,
        off: FloatArray,
        x: FloatArray,
    ) -> Cutters:
        """Cutters of the four series; the window's days with both ends."""
        start, days = window[0], window[1] - window[0] + 1
        cut: list[Cut] = [
            Cutter(each, days) if isinstance(each, np.ndarray) else each.cutter(days)
            for each in (returns, spans)
        ]
        return cls(start, days, cut[0], cut[1], Cutter(off, days), Cutter(x, days))
