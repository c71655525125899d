"""Shares outstanding times the unadjusted close, before a window (methods 3.8)."""

from __future__ import annotations

import dataclasses
import math
import numbers
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError

Shares: TypeAlias = float | pd.Series | pd.DataFrame | None

OLDEST_COUNT = pd.Timedelta(days=400)
WAY_OUT = "Pass shares=68e6, a Series by date, or leave it out."


@dataclass(frozen=True, slots=True)
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


def market_value(
    shares: Shares, closes: pd.Series, day: pd.Timestamp, currency: str = ""
) -> MarketValue:
    """Multiply the last share count known on a day by the last close.

    Parameters
    ----------
    shares : float, Series, DataFrame or None
        A count; counts by date; or a frame by date with columns ``shares`` and,
        if known, ``basis``.  A dated count serves for 400 days.
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

    Raises
    ------
    ArgumentError
        When ``shares`` is none of these, or not positive.
    """
    check_shares(shares)
    priced = closes.loc[:day].dropna()
    if priced.empty:
        return MarketValue(currency=currency, reason="no_price_before_window")
    close, on = float(priced.iloc[-1]), priced.index[-1]
    count, counted_on, basis = _count(shares, day)
    reason = "no_share_count" if math.isnan(count) else ""
    value = count * close
    return MarketValue(value, count, close, on, counted_on, basis, currency, reason)


def _count(shares: Shares, day: pd.Timestamp) -> tuple[float, pd.Timestamp | None, str]:
    """Find the share count that serves on a day, its date and its basis."""
    if shares is None:
        return math.nan, None, ""
    if not isinstance(shares, pd.Series | pd.DataFrame):
        return float(shares), None, ""
    frame = shares.to_frame("shares") if isinstance(shares, pd.Series) else shares
    known = frame.dropna(subset=["shares"]).sort_index().loc[day - OLDEST_COUNT : day]
    if known.empty:
        return math.nan, None, ""
    last = known.iloc[-1]
    return float(last["shares"]), known.index[-1], _text(last.get("basis"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def check_shares(shares: object) -> None:
    """Refuse what is no share count.

    Raises
    ------
    ArgumentError
        When ``shares`` is neither a number nor counts by date, or not positive.
    """
    if shares is None:
        return
    counts = shares.get("shares") if isinstance(shares, pd.DataFrame) else shares
    if not isinstance(counts, pd.Series | numbers.Real) or isinstance(counts, bool):
        bound = "neither a number nor counts by date"
        raise ArgumentError("shares", shares, bound, WAY_OUT)
    try:
        values = np.atleast_1d(np.asarray(counts, float))
    except ValueError:
        raise ArgumentError("shares", shares, "not a number", WAY_OUT) from None
    if not (values[~np.isnan(values)] > 0).all() or np.isinf(values).any():
        raise ArgumentError("shares", shares, "a count is positive", WAY_OUT)
