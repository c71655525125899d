"""Shares outstanding: the last count known before the event."""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eventstudy.errors import BadDataError, UnknownTickerError
from eventstudy.prices._base import ShareSeries
from eventstudy.prices.bundled import load_shares
from eventstudy.prices.columns import read_numbers
from eventstudy.prices.days import read_days

MAX_AGE_DAYS = 400
NO_COUNT = "no_share_count"
NO_EARLIER_COUNT = "no_earlier_share_count"


@dataclass(frozen=True, slots=True)
class ShareCount:
    """A number of shares, and of when it is.

    Parameters
    ----------
    count : float
        Shares; NaN = unknown, and ``reason`` says why.
    date : Timestamp or None
        The day it is of; None for a number the caller gave without one.
    basis : str
        What sort of count it is, in words.
    reason : str
        "no_share_count"; "no_earlier_share_count|2010-08-20" where the next count, with
        its day, is of later; or empty.
    """

    count: float
    date: pd.Timestamp | None = None
    basis: str = ""
    reason: str = ""


def shares_before(
    ticker: str,
    day: pd.Timestamp,
    shares: object = None,
    max_age: int = MAX_AGE_DAYS,
) -> ShareCount:
    """The last count dated on or before a day, if it is not too old.

    Parameters
    ----------
    ticker : str
        Whose shares.
    day : Timestamp
        The last day before the window.
    shares : number, Series by date or ShareSeries, optional
        What is known; None = the counts shipped with the package.
    max_age : int
        Calendar days beyond which a dated count is no longer taken.

    Returns
    -------
    ShareCount
        With NaN and a reason where none is known; nothing is raised for that.

    Raises
    ------
    BadDataError
        When ``shares`` is no number and no Series by date, or not positive.
    """
    if shares is None:
        return _bundled(ticker, day, max_age)
    if isinstance(shares, ShareSeries):
        return _last(shares.counts, day, max_age, shares.basis)
    if isinstance(shares, pd.Series):
        counts = _read_series(shares)
        return _last(counts, day, max_age, "given by date in shares=")
    return ShareCount(_one_number(shares), None, "given as a number in shares=")


def _bundled(ticker: str, day: pd.Timestamp, max_age: int) -> ShareCount:
    try:
        known = load_shares(ticker)
    except UnknownTickerError:
        return ShareCount(math.nan, reason=NO_COUNT)
    found = _last(known["shares"], day, max_age, "")
    if found.date is None:
        return found
    return ShareCount(found.count, found.date, str(known.loc[found.date, "basis"]))


def _last(
    counts: pd.Series[float], day: pd.Timestamp, max_age: int, basis: str
) -> ShareCount:
    earlier, later = counts[counts.index <= day], counts[counts.index > day]
    if not len(earlier) or (day - earlier.index[-1]).days > max_age:
        return ShareCount(math.nan, reason=_why_none(later))
    return ShareCount(float(earlier.iloc[-1]), earlier.index[-1], basis)


def _why_none(later: pd.Series[float]) -> str:
    if later.empty:
        return NO_COUNT
    return f"{NO_EARLIER_COUNT}|{later.index[0].date().isoformat()}"


def _read_series(shares: pd.Series[Any]) -> pd.Series[float]:
    days = read_days(shares.index, "shares")
    counts = pd.Series(read_numbers(shares, days, "shares"), index=days).dropna()
    for count in counts:
        _check_positive(count)
    return counts


def _one_number(shares: object) -> float:
    if not isinstance(shares, numbers.Real) or isinstance(shares, bool):
        raise BadDataError(
            "shares",
            shares,
            "this is no number of shares",
            "Pass a number such as 67_944_000, or a Series by date.",
        )
    _check_positive(float(shares))
    return float(shares)


def _check_positive(count: float) -> None:
    if not (count > 0 and math.isfinite(count)):
        raise BadDataError(
            "shares",
            count,
            "a number of shares is positive",
            "Leave it out if unknown.",
        )
