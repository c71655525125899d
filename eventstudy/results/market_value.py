"""Shares outstanding times the unadjusted close, before a window (methods 3.8)."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.prices.shares import ShareCount
from eventstudy.report.formats import count as whole
from eventstudy.report.formats import currency_sign, price
from eventstudy.results.words import day_words, market_value_words


@dataclass(frozen=True, slots=True, repr=False)
class MarketValue:
    """The market value on one day, and what it is made of.

    Parameters
    ----------
    value : float
        In ``currency``; NaN = unknown, and ``reason`` says why.
    shares, close : float
        The two factors.
    close_date, shares_date : Timestamp or None
        The day of each; None where the count was given as a number.
    basis : str
        What the count is: "cover page count".
    currency : str
        Code such as "USD"; empty if unknown.
    reason : str
        Code of ``eventstudy._reasons``; empty where the value is known.
    """

    value: float = math.nan
    shares: float = math.nan
    close: float = math.nan
    close_date: pd.Timestamp | None = None
    shares_date: pd.Timestamp | None = None
    basis: str = ""
    currency: str = ""
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """All fields, raw."""
        return dataclasses.asdict(self)

    def __repr__(self) -> str:
        if math.isnan(self.value):
            because = f": {sentence(self.reason)}" if self.reason else ""
            return f"The market value is not available{because}."
        said = f"Market value {market_value_words(self.value, self.currency)}"
        if math.isnan(self.shares * self.close):
            return f"{said}."
        dated = f"as of {day_words(self.shares_date)}" if self.shares_date else ""
        basis = ", ".join(words for words in (self.basis, dated) if words)
        shares = f"{whole(self.shares)} shares{f' ({basis})' if basis else ''}"
        close = price(self.close, currency_sign(self.currency))
        on = f", the close of {day_words(self.close_date)}" if self.close_date else ""
        return f"{said} = {shares} at {close}{on}."


def market_value(
    count: ShareCount, closes: pd.Series, day: pd.Timestamp, currency: str = ""
) -> MarketValue:
    """Multiply a share count by the last close known on a day.

    Parameters
    ----------
    count : ShareCount
        As :func:`eventstudy.prices.shares.shares_before` finds it for the day.
    closes : Series
        Unadjusted closes by date, on the split basis of the count.
    day : Timestamp
        The last day before the window.
    currency : str
        Of the closes; empty if unknown.

    Returns
    -------
    MarketValue
        NaN with the reason where the count or the close is missing.
    """
    priced = closes.loc[:day].dropna()
    if priced.empty:
        return MarketValue(currency=currency, reason="no_price_before_window")
    close, on = float(priced.iloc[-1]), priced.index[-1]
    return MarketValue(
        count.count * close, count.count, close, on, count.date, count.basis, currency,
        count.reason,
    )  # fmt: skip
