"""One ticker's history as the study reads it: from prices, or returns as given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.errors import ArgumentError, BadDataError, UnknownTickerError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.chain import market_series
from eventstudy.prices.frames import fingerprint
from eventstudy.prices.returns import read_returns, returns_on

LOOKS_LIKE_PERCENT = 0.5


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
    """

    ticker: str
    values: pd.Series[float]
    are_returns: bool
    close: pd.Series[float] | None
    provenance: dict[str, Any]
    currency: str | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of_prices(cls, series: PriceSeries) -> Track:
        """The track of a price series."""
        return cls(
            series.ticker, series.adjusted, False, series.close, series.provenance(),
            series.currency, series.notes,
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
        if not self.are_returns:
            returns, spans = returns_on(calendar, self.values, kind)
            return returns, spans.astype(float)
        returns = self.values.reindex(calendar).to_numpy(float)
        return returns, np.isfinite(returns).astype(float)

    def closes(self, calendar: pd.DatetimeIndex) -> FloatArray:
        """Unadjusted closes on the calendar, (T,); NaN = unknown."""
        if self.close is None:
            return np.full(len(calendar), np.nan)
        return self.close.reindex(calendar).to_numpy(float)

    def listed(self, calendar: pd.DatetimeIndex) -> tuple[int, int]:
        """First and last position with a price or return; (0, -1) without any."""
        here = np.flatnonzero(
            np.isfinite(self.values.reindex(calendar).to_numpy(float))
        )
        return (int(here[0]), int(here[-1])) if here.size else (0, -1)


def find_returns(ticker: str, returns: object, kind: ReturnKind) -> Track:
    """The returns of a ticker in a wide frame, checked.

    Parameters
    ----------
    ticker : str
    returns : DataFrame
        Index of days, a column a ticker, decimals; NaN = no return.
    kind : {"simple", "log"}

    Raises
    ------
    ArgumentError, UnknownTickerError, BadDataError
        When it is no such frame, lacks the ticker, or holds what is no return.
    """
    frame = _wide(returns)
    if ticker not in frame.columns:
        held = ", ".join(str(name) for name in frame.columns[:8])
        raise UnknownTickerError(
            "ticker",
            ticker,
            f"returns= holds {held or 'no column'}",
            f"Name a column {ticker!r}.",
        )
    return _checked(ticker, frame.loc[:, [ticker]], "returns", kind)


def market_returns(
    market: object, returns: object, parameter: str, kind: ReturnKind
) -> Track:
    """A market or industry beside ``returns=``: a column, a Series, or a ticker.

    Raises
    ------
    ArgumentError, UnknownTickerError, BadDataError
        As :func:`find_returns`; a ticker that is no column goes through the default
        sources, and the provenance says so.
    """
    if isinstance(market, pd.Series):
        name = str(market.name or parameter)
        return _checked(name, market.to_frame(name), parameter, kind)
    if isinstance(market, str) and market in _wide(returns).columns:
        return find_returns(market, returns, kind)
    series = market_series(market, None, parameter=parameter)
    return Track.of_prices(series)


def _wide(returns: object) -> pd.DataFrame:
    if isinstance(returns, pd.Series):
        return returns.to_frame()
    if isinstance(returns, pd.DataFrame):
        return returns
    raise ArgumentError(
        "returns", type(returns).__name__, "this is no frame of returns",
        "Pass a DataFrame with a date index and a column for each ticker, in decimals.",
    )  # fmt: skip


def _checked(
    ticker: str, frame: pd.DataFrame, parameter: str, kind: ReturnKind
) -> Track:
    """Returns of one ticker as floats on naive midnights."""
    checked = read_returns(frame, kind, parameter)
    values = checked[ticker]
    typical = float(values.abs().median())
    if typical > LOOKS_LIKE_PERCENT:
        raise BadDataError(
            parameter, typical, f"the typical return of {ticker} looks like per cent",
            "Returns are decimals: divide by 100.",
        )  # fmt: skip
    facts: dict[str, Any] = {
        "ticker": ticker,
        "source": f"{parameter}= (returns)",
        "retrieved_at": None,
        "sha256": fingerprint(checked),
        "currency": None,
        "first": str(values.index[0].date()),
        "last": str(values.index[-1].date()),
        "rows": len(values),
        "notes": [],
    }
    return Track(ticker, values, True, None, facts)
