"""One ticker's history as the study reads it: from prices, or returns as given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.delisting import Delisting
from eventstudy.prices.returns import returns_on


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Returns of one ticker, whichever way they were given.

    Parameters
    ----------
    ticker : str
    values : Series
        Prices for returns, or returns in decimals; index of naive midnights.
    are_returns : bool
    close : Series or None
        Unadjusted closes; None = unknown.
    provenance : dict
    currency : str or None
    notes : tuple of str
    exchange_zone : str or None
        Time zone of the exchange; None = unknown.
    frame : DataFrame or None
        All that is known of the prices; None = none are.
    delisting : Delisting or None
        What followed the last price; None = not known.
    """

    ticker: str
    values: pd.Series[float]
    are_returns: bool
    close: pd.Series[float] | None
    provenance: dict[str, Any]
    currency: str | None = None
    notes: tuple[str, ...] = ()
    exchange_zone: str | None = None
    frame: pd.DataFrame | None = None
    delisting: Delisting | None = None

    @classmethod
    def of_prices(cls, series: PriceSeries) -> Track:
        """The track of a price series."""
        return cls(
            series.ticker, series.adjusted, False, series.close, series.provenance(),
            series.currency, series.notes, series.exchange_zone,
            series.frame,
        )  # fmt: skip

    @property
    def bundled(self) -> bool:
        """Whether it is shipped with the package."""
        return str(self.provenance["source"]).startswith("bundled")

    @property
    def days(self) -> pd.DatetimeIndex:
        """Days with a price; for returns all days of the frame."""
        values = self.values if self.are_returns else self.values.dropna()
        return pd.DatetimeIndex(values.index)

    def on(
        self, calendar: pd.DatetimeIndex, kind: ReturnKind
    ) -> tuple[FloatArray, FloatArray]:
        """Returns that end on each day, and the trading days they span; (T,) each."""
        returns, spans = self._as_given(calendar, kind)
        end = self.delisted(calendar)
        if self.delisting is None or end is None:
            return returns, spans
        last, returns = self.quoted(calendar)[1], returns.copy()
        self.delisting.added_to(returns, spans, end, last, kind)
        if self.are_returns:  # These have no spans of several days.
            spans[end] = 1.0
        return returns, spans

    def _as_given(
        self, calendar: pd.DatetimeIndex, kind: ReturnKind
    ) -> tuple[FloatArray, FloatArray]:
        """The same without what followed the last price."""
        if not self.are_returns:
            returns, spans = returns_on(calendar, self.values, kind)
            return returns, spans.astype(float)
        returns = self.values.reindex(calendar).to_numpy(float)
        return returns, np.isfinite(returns).astype(float)

    def delisted(self, calendar: pd.DatetimeIndex) -> int | None:
        """Position of the delisting return; None = not known, or after the calendar."""
        if self.delisting is None:
            return None
        last = self.quoted(calendar)[1]
        return None if last < 0 else self.delisting.place(calendar, last)

    def closes(self, calendar: pd.DatetimeIndex) -> FloatArray:
        """Unadjusted closes on the calendar, (T,); NaN = unknown."""
        if self.close is None:
            return np.full(len(calendar), np.nan)
        return self.close.reindex(calendar).to_numpy(float)

    def listed(self, calendar: pd.DatetimeIndex) -> tuple[int, int]:
        """First and last position with a price or return; (0, -1) without any."""
        first, last = self.quoted(calendar)
        return first, max(last, self.delisted(calendar) or last)

    def quoted(self, calendar: pd.DatetimeIndex) -> tuple[int, int]:
        """First and last position with a price or return of its own; as ``listed``."""
        here = np.flatnonzero(
            np.isfinite(self.values.reindex(calendar).to_numpy(float))
        )
        return (int(here[0]), int(here[-1])) if here.size else (0, -1)
