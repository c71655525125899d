"""Returns as given: a wide frame, its days read once, its columns as they are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, IntArray, ReturnKind
from eventstudy.errors import ArgumentError, BadDataError, UnknownTickerError
from eventstudy.prices.chain import market_series
from eventstudy.prices.days import read_days
from eventstudy.prices.layouts import positions_of
from eventstudy.prices.returns import read_column
from eventstudy.prices.row_track import RowTrack
from eventstudy.prices.search import ANYWHERE, Search
from eventstudy.prices.track import Track


class HeldReturns(Protocol):
    """Returns by ticker, in a frame or elsewhere."""

    @property
    def places(self) -> Mapping[str, object]:
        """Where each ticker is."""

    def track(self, ticker: str, kind: ReturnKind) -> Track:
        """The returns of a ticker, checked."""


LOOKS_LIKE_PERCENT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class WideReturns:
    """Daily returns of many tickers.

    Parameters
    ----------
    frame : DataFrame
        A column a ticker, decimals; NaN = no return.
    days : DatetimeIndex
        Its days, checked.
    places : mapping of str to ndarray of int
        The columns of each name.
    parameter : str
        The argument that holds them, for errors.
    """

    frame: pd.DataFrame
    days: pd.DatetimeIndex
    places: dict[str, IntArray]
    parameter: str
    _alike: dict[str, Any] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, returns: object, parameter: str = "returns") -> WideReturns:
        """Read the days of a frame; a Series is one of a single column.

        Raises
        ------
        ArgumentError, BadDataError
            When it is no frame, is empty, or its days cannot be read.
        """
        frame = returns.to_frame() if isinstance(returns, pd.Series) else returns
        if not isinstance(frame, pd.DataFrame):
            raise ArgumentError(
                parameter, type(returns).__name__, "this is no frame of returns",
                "Pass a DataFrame with a date index and a column for each ticker, in "
                "decimals.",
            )  # fmt: skip
        if not len(frame):
            raise BadDataError(
                parameter, type(returns).__name__, "there are no returns in it",
                "Pass a frame with a date index and a column for each ticker.",
            )  # fmt: skip
        days = read_days(frame.index, parameter)
        return cls(frame, days, positions_of(map(str, frame.columns)), parameter)

    def track(self, ticker: str, kind: ReturnKind) -> Track:
        """The returns of a ticker, checked.

        Raises
        ------
        UnknownTickerError, BadDataError
            When there is no such column, or it holds what is no return.
        """
        values, facts = self._checked(ticker, kind)
        series = pd.Series(values, self.days, name=ticker, copy=False)
        return Track(ticker, series, True, None, facts)

    def row_track(
        self, ticker: str, kind: ReturnKind, rows: FloatArray, row: int
    ) -> RowTrack:
        """The same in a row of an array that many tickers share, (n, T)."""
        rows[row], facts = self._checked(ticker, kind)
        series = pd.Series(rows[row], self.days, name=ticker, copy=False)
        return RowTrack(
            ticker, series, True, None, facts, rows=rows, row=row, index=self.days
        )

    def _checked(self, ticker: str, kind: ReturnKind) -> tuple[FloatArray, Any]:
        """The returns of a ticker, (T,), and where they come from."""
        place = self.places.get(ticker)
        if place is None:
            held = ", ".join(list(self.places)[:8])
            raise UnknownTickerError(
                "ticker", ticker, f"returns= holds {held or 'no column'}",
                f"Name a column {ticker!r}.",
            )  # fmt: skip
        if place.size > 1:
            raise BadDataError(
                self.parameter, [ticker] * place.size, "a ticker stands there twice",
                "Keep one.",
            )  # fmt: skip
        column = self.frame.iloc[:, int(place[0])]
        values = read_column(column, ticker, self.days, kind, self.parameter)
        self._require_decimals(values, ticker)
        return values, self._facts(values, ticker)

    def _require_decimals(self, values: FloatArray, ticker: str) -> None:
        """Refuse a column whose typical return is that of per cent."""
        size = np.abs(values)
        # No median is above a bound that fewer than half of the numbers are above.
        if 2 * np.count_nonzero(size > LOOKS_LIKE_PERCENT) < values.size - _unknown(
            size
        ):
            return
        known = size[~np.isnan(size)]
        typical = float(np.median(known)) if known.size else 0.0
        if typical > LOOKS_LIKE_PERCENT:
            raise BadDataError(
                self.parameter, typical,
                f"the typical return of {ticker} looks like per cent",
                "Returns are decimals: divide by 100.",
            )  # fmt: skip

    def _facts(self, values: FloatArray, ticker: str) -> dict[str, Any]:
        alike = self._alike or self._facts_of_days()
        digest = alike["sha256"].copy()
        digest.update(ticker.encode())
        digest.update(np.ascontiguousarray(values, "<f8"))
        return {"ticker": ticker, **alike, "sha256": digest.hexdigest(), "notes": []}

    def _facts_of_days(self) -> dict[str, Any]:
        """What is alike for all tickers, said once."""
        days = self.days.to_numpy().astype("<i8")
        self._alike.update(
            source=f"{self.parameter}= (returns)",
            retrieved_at=None,
            sha256=hashlib.sha256(days.tobytes()),
            currency=None,
            first=str(self.days[0].date()),
            last=str(self.days[-1].date()),
            rows=len(self.days),
        )
        return self._alike


def _unknown(values: FloatArray) -> int:
    return int(np.count_nonzero(np.isnan(values)))


def market_returns(
    market: object,
    returns: HeldReturns,
    parameter: str,
    kind: ReturnKind,
    search: Search = ANYWHERE,
) -> Track:
    """A market or industry beside ``returns=``: a column, a Series, or a ticker.

    Raises
    ------
    UnknownTickerError, BadDataError
        As :meth:`WideReturns.track`; a ticker that is no column goes through the
        default sources, and the provenance says so.
    """
    if isinstance(market, pd.Series):
        name = str(market.name or parameter)
        return WideReturns.of(market.rename(name), parameter).track(name, kind)
    if isinstance(market, str) and market in returns.places:
        return returns.track(market, kind)
    return Track.of_prices(market_series(market, None, parameter, search))
