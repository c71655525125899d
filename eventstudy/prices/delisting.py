"""What holders lost or received when a share left its exchange (methods 1.4)."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._arguments import is_real
from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.errors import ArgumentError
from eventstudy.prices.days import read_days

NAME = "delisting_returns"
# Mean returns of delistings for poor performance whose own return is not known:
# Shumway (1997) for NYSE and AMEX, Shumway & Warther (1999) for Nasdaq.
PERFORMANCE = MappingProxyType({"nyse": -0.30, "amex": -0.30, "nasdaq": -0.55})
SOURCES = MappingProxyType(
    {
        "nyse": "Shumway (1997)",
        "amex": "Shumway (1997)",
        "nasdaq": "Shumway & Warther (1999)",
    }
)
FORMS = (
    "Pass a return in decimals such as -0.3, or 'nyse', 'amex' or 'nasdaq' for the "
    "mean of performance delistings; for several firms a mapping by ticker, or a frame "
    "with the columns ticker, delisting_return and, if known, date."
)


@dataclass(frozen=True, slots=True, eq=False)
class Delisting:
    """The return from the last price to what holders had after it.

    Parameters
    ----------
    value : float
        Decimal, simple.
    day : Timestamp, optional
        Day it is dated; that of the last price by default.
    exchange : str
        Whose mean stands for it, where its own is not known; else empty.
    """

    value: float
    day: pd.Timestamp | None = None
    exchange: str = ""

    def place(self, calendar: pd.DatetimeIndex, last: int) -> int | None:
        """Calendar position of the return; None = after the last day.

        Parameters
        ----------
        calendar : DatetimeIndex
        last : int
            Position of the last price.
        """
        if self.day is None or self.day <= calendar[last]:
            return last
        at = int(calendar.searchsorted(self.day))
        return at if at < len(calendar) else None

    def added_to(
        self,
        returns: FloatArray,
        spans: FloatArray,
        at: int,
        last: int,
        kind: ReturnKind,
    ) -> None:
        """Put the return where it belongs, in place.

        Parameters
        ----------
        returns, spans : ndarray of shape (T,)
            Of the firm, as :func:`eventstudy.prices.returns.returns_on` has them.
        at, last : int
            Position of the return, and of the last price.
        kind : {"simple", "log"}
        """
        value = self.value if kind == "simple" else math.log1p(self.value)
        if at > last:
            returns[at], spans[at] = value, at - last
        elif kind == "simple":
            returns[last] = (1.0 + returns[last]) * (1.0 + value) - 1.0
        else:
            returns[last] += value

    def facts(self) -> dict[str, Any]:
        """What the provenance says of it."""
        return {
            "value": self.value,
            "date": None if self.day is None else str(self.day.date()),
            "source": SOURCES.get(self.exchange, f"{NAME}="),
        }


def read_delistings(value: Any, ticker: str | None = None) -> dict[str, Delisting]:
    """Delisting returns by ticker.

    Parameters
    ----------
    value : number, str, path, mapping, Series or DataFrame, optional
        A return or the word of an exchange; by ticker a return, a word, or a pair of
        date and return; a frame, or a file of one, with the columns ``ticker``,
        ``delisting_return`` and, if known, ``date``.
    ticker : str, optional
        The one firm that a number or a word is for.

    Returns
    -------
    dict

    Raises
    ------
    ArgumentError
        For what cannot be read, and for returns that are none.

    Examples
    --------
    >>> read_delistings({"XYZ": -0.4})["XYZ"].value
    -0.4
    >>> read_delistings("nasdaq", "XYZ")["XYZ"].value
    -0.55
    """
    if value is None:
        return {}
    if is_real(value) or (isinstance(value, str) and value.lower() in PERFORMANCE):
        if ticker is None:
            raise _bad(value, "is one return for all firms")
        return {ticker: _delisting(value, None, ticker)}
    if isinstance(value, str | os.PathLike):
        from eventstudy.prices.files import read_table

        value = read_table(Path(value), NAME)
    if isinstance(value, pd.DataFrame):
        return dict(_of_frame(value))
    if isinstance(value, Mapping | pd.Series):
        return {str(name): _of_cell(cell, str(name)) for name, cell in value.items()}
    raise _bad(value, "holds no delisting returns")


def _of_frame(frame: pd.DataFrame) -> Iterator[tuple[str, Delisting]]:
    lacking = [name for name in ("ticker", "delisting_return") if name not in frame]
    if lacking:
        raise _bad(list(frame.columns), f"lacks the column {lacking[0]}")
    tickers = frame["ticker"].astype(str)
    if tickers.duplicated().any():
        twice = tickers[tickers.duplicated()].iloc[0]
        raise _bad(twice, "stands there twice")
    days = frame["date"] if "date" in frame else [None] * len(frame)
    for name, cell, day in zip(tickers, frame["delisting_return"], days, strict=True):
        if isinstance(cell, str) or not pd.isna(cell):
            yield name, _delisting(cell, None if pd.isna(day) else day, name)


def _of_cell(cell: Any, ticker: str) -> Delisting:
    if isinstance(cell, tuple | list) and len(cell) == 2:
        return _delisting(cell[1], cell[0], ticker)
    return _delisting(cell, None, ticker)


def _delisting(value: Any, day: Any, ticker: str) -> Delisting:
    exchange = value.lower() if isinstance(value, str) else ""
    number = PERFORMANCE.get(exchange, value)
    if not is_real(number) or not np.isfinite(float(number)) or float(number) < -1.0:
        raise _bad(value, f"is no return of {ticker} in decimals, of -1 or more")
    at = None if day is None else pd.Timestamp(read_days([day], NAME)[0])
    return Delisting(float(number), at, exchange if exchange in PERFORMANCE else "")


def _bad(value: Any, bound: str) -> ArgumentError:
    return ArgumentError(NAME, value, bound, FORMS)
