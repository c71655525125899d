"""What a price provider hands over, and what it has to offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import pandas as pd

COLUMNS = ("open", "high", "low", "close", "adj_close", "volume")


@dataclass(frozen=True, slots=True, eq=False)
class PriceSeries:
    """Daily prices of one ticker, with their origin.

    Parameters
    ----------
    ticker : str
        Whose prices they are.
    frame : DataFrame
        Index "date": naive midnights in nanoseconds, sorted, unique.  Float columns,
        those of open, high, low, close, adj_close and volume that exist, at least one
        of close and adj_close.  NaN = unknown.  A provider may add dividends (money a
        share on the ex-day, 0 = none) and splits (new shares for an old one, 0 = none).
    source : str
        Where they come from, in words.
    retrieved_at : str or None
        ISO date on which they were taken from there; None = the caller's own.
    sha256 : str
        Hash of the file, or of the numbers themselves.
    currency : str or None
        ISO code; None = unknown, or no money.
    notes : tuple of str
        What a reader has to know, in words.
    exchange_zone : str or None
        Time zone of the exchange, such as "America/New_York"; None = unknown.
    """

    ticker: str
    frame: pd.DataFrame
    source: str
    retrieved_at: str | None = None
    sha256: str = ""
    currency: str | None = None
    notes: tuple[str, ...] = ()
    exchange_zone: str | None = None

    @property
    def adjusted(self) -> pd.Series[float]:
        """Prices for returns: ``adj_close``, or ``close`` where there is none."""
        name = "adj_close" if "adj_close" in self.frame else "close"
        return self.frame[name].rename(self.ticker)

    @property
    def close(self) -> pd.Series[float]:
        """Prices for amounts of money: the unadjusted close; NaN where unknown."""
        if "close" in self.frame:
            return self.frame["close"].rename(self.ticker)
        return pd.Series(np.nan, index=self.frame.index, name=self.ticker)

    def provenance(self) -> dict[str, object]:
        """Where the prices come from: plain values, ready for JSON."""
        days = self.frame.index
        return {
            "ticker": self.ticker,
            "source": self.source,
            "retrieved_at": self.retrieved_at,
            "sha256": self.sha256,
            "currency": self.currency,
            "first": str(days[0].date()),
            "last": str(days[-1].date()),
            "rows": len(days),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True, eq=False)
class ShareSeries:
    """Shares outstanding of one ticker by date, with their origin.

    Parameters
    ----------
    ticker : str
        Whose shares.
    counts : Series
        Index "date": naive midnights in nanoseconds, sorted, unique; shares, positive.
    source, retrieved_at, notes
        As for :class:`PriceSeries`.
    basis : str
        What sort of counts they are, in words.
    """

    ticker: str
    counts: pd.Series[float]
    source: str
    retrieved_at: str | None = None
    basis: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FactorReturns:
    """Daily factor returns, with their origin.

    Parameters
    ----------
    frame : DataFrame
        Index "date": naive midnights in nanoseconds, sorted, unique.  A float column
        a factor, in decimals a day.  NaN = unknown.
    source, retrieved_at, sha256, notes
        As for :class:`PriceSeries`.
    """

    frame: pd.DataFrame
    source: str
    retrieved_at: str | None = None
    sha256: str = ""
    notes: tuple[str, ...] = ()


@runtime_checkable
class FactorProvider(Protocol):
    """Anything that has factor returns by name.

    A user's own object may return a frame instead of ``FactorReturns``.
    """

    def get(self, names: tuple[str, ...]) -> FactorReturns:
        """The factors of these names, such as ("mkt_rf", "rf"), in decimals."""
        ...


@runtime_checkable
class PriceProvider(Protocol):
    """Anything that has prices by ticker.

    A user's own object may return a frame or a Series instead of a ``PriceSeries``.
    """

    def get(self, ticker: str) -> PriceSeries:
        """The prices of a ticker, or ``UnknownTickerError``."""
        ...
