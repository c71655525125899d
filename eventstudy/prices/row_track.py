"""The returns of one ticker among many that share their days and their memory."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.prices.track import Track


@dataclass(frozen=True, slots=True, eq=False)
class RowTrack(Track):
    """Returns as given: a row of an array that many tickers share.

    Parameters
    ----------
    rows : ndarray of shape (n, T)
        The returns of all of them.
    row : int
        That of this ticker.
    index : DatetimeIndex
        The T days, one object for all.
    """

    rows: FloatArray = field(kw_only=True)
    row: int = field(kw_only=True)
    index: pd.DatetimeIndex = field(kw_only=True)

    @property
    def days(self) -> pd.DatetimeIndex:
        """All days of the frame."""
        return self.index

    def _as_given(
        self, calendar: pd.DatetimeIndex, kind: ReturnKind
    ) -> tuple[FloatArray, FloatArray]:
        """Returns and spans without what followed the last price."""
        if calendar is not self.index:
            return Track._as_given(self, calendar, kind)
        returns = self.rows[self.row]
        return returns, np.isfinite(returns).astype(float)

    def quoted(self, calendar: pd.DatetimeIndex) -> tuple[int, int]:
        """First and last position with a return of its own; (0, -1) without any."""
        if calendar is not self.index:
            return Track.quoted(self, calendar)
        here = np.isfinite(self.rows[self.row])
        first = int(here.argmax())
        if not here[first]:
            return 0, -1
        return first, len(here) - 1 - int(here[::-1].argmax())
