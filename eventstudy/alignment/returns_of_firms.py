"""The returns of all firms in one array, and the days that each of them spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, IntArray
from eventstudy.alignment.origins import FILLED
from eventstudy.alignment.stored_firms import stored_rows
from eventstudy.core.windows import Cutter
from eventstudy.design import Design
from eventstudy.prices.returns import filled
from eventstudy.prices.row_track import RowTrack
from eventstudy.prices.track import Track


@dataclass(frozen=True, slots=True, eq=False)
class DailySpans:
    """Stands for the spans of returns of single days, (F, T), which take no memory.

    Parameters
    ----------
    returns : ndarray of shape (F, T)
        Where there is one it spans 1 day; 0 = none.
    """

    returns: FloatArray
    as_spans = True

    @property
    def shape(self) -> tuple[int, ...]:
        """F and T."""
        return self.returns.shape

    def __getitem__(self, row: Any) -> FloatArray:
        """The spans of some rows."""
        known = np.isfinite(self.returns[row])
        return np.asarray(known, float)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> FloatArray:
        """All spans: for what needs the whole array in memory."""
        return np.asarray(self[:].astype(dtype or float, copy=False))

    def copy(self) -> FloatArray:
        """All spans, to be changed."""
        return self[:]

    def cutter(self, length: int) -> DailyCutter:
        """What cuts stretches of so many days out of the spans."""
        return DailyCutter(Cutter(self.returns, length))


@dataclass(frozen=True, slots=True, eq=False)
class DailyCutter:
    """Cuts stretches out of spans of single days, as the ``Cutter`` of the returns."""

    returns: Cutter

    def __call__(self, row: IntArray, start: IntArray) -> FloatArray:
        """The stretches that start on given days of given rows; 0 beyond the data."""
        found = self.returns(row, start)
        return np.isfinite(found).astype(float)


def returns_of(
    firms: Sequence[Track], calendar: pd.DatetimeIndex, design: Design
) -> tuple[FloatArray, FloatArray]:
    """Returns and spans of the firms, (F, T) each.

    Parameters
    ----------
    firms : sequence of Track
        F firms.
    calendar : DatetimeIndex
        T days.
    design : Design

    Returns
    -------
    returns, spans : ndarray of shape (F, T)
        Or what stands for them: rows on disk, and the spans of single days.
    """
    stored = stored_rows(firms)
    if stored is not None:
        return stored
    if all(firm.are_returns for firm in firms):
        returns = _shared(firms, calendar)
        if returns is None:
            returns = np.empty((len(firms), len(calendar)))
            for row, firm in enumerate(firms):
                returns[row] = firm.on(calendar, design.return_kind)[0]
        return returns, cast("FloatArray", DailySpans(returns))
    return _of_prices(firms, calendar, design)


def _shared(firms: Sequence[Track], calendar: pd.DatetimeIndex) -> FloatArray | None:
    """The rows that the firms share, where they are those of the panel."""
    rows = [firm for firm in firms if isinstance(firm, RowTrack)]
    if len(rows) < len(firms) or any(firm.delisting is not None for firm in firms):
        return None
    shared = rows[0].rows
    alike = all(
        firm.rows is shared and firm.row == place and firm.index is calendar
        for place, firm in enumerate(rows)
    )
    return shared[: len(rows)] if alike else None


def _of_prices(
    firms: Sequence[Track], calendar: pd.DatetimeIndex, design: Design
) -> tuple[FloatArray, FloatArray]:
    returns, spans = np.empty((2, len(firms), len(calendar)))
    for row, firm in enumerate(firms):
        returns[row], spans[row] = firm.on(calendar, design.return_kind)
    if design.missing == "available":
        several = spans > 1
        returns[several], spans[several] = np.nan, 0.0
    if design.missing in FILLED:
        return filled(returns, spans, design.missing)
    return returns, spans
