"""From prices to returns, each with the number of trading days it covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, IntArray, Missing, ReturnKind
from eventstudy.errors import ArgumentError, BadDataError
from eventstudy.prices.columns import read_numbers
from eventstudy.prices.days import read_days


def returns_on(
    calendar: pd.DatetimeIndex, prices: pd.Series[float], kind: ReturnKind = "simple"
) -> tuple[FloatArray, IntArray]:
    """The return that ends on each day of a calendar, and the days it covers.

    Parameters
    ----------
    calendar : DatetimeIndex of length T
        Trading days, sorted.
    prices : Series
        Adjusted prices by day; NaN = no price.  Days outside the calendar don't count.
    kind : {"simple", "log"}
        Which return.

    Returns
    -------
    returns : ndarray of shape (T,)
        Decimals.  A return that ends after d - 1 days without a price is the one over
        all d days.  NaN on days without a price, and on the first with one.
    spans : ndarray of int, shape (T,)
        Trading days that each return covers; 0 where there is none.

    Raises
    ------
    ArgumentError
        When the kind is neither of the two.

    Examples
    --------
    >>> days = pd.DatetimeIndex(["2010-08-26", "2010-08-27"])
    >>> returns_on(days, pd.Series([8.0, 6.0], index=days))
    (array([  nan, -0.25]), array([0, 1]))
    """
    if kind not in get_args(ReturnKind):
        raise ArgumentError(
            "return_kind",
            kind,
            "unknown; allowed are simple, log",
            "Choose one of them.",
        )
    on_calendar = prices.reindex(calendar).to_numpy(dtype=np.float64)
    returns = np.full(len(calendar), np.nan)
    spans = np.zeros(len(calendar), dtype=np.int64)
    valid = np.flatnonzero(np.isfinite(on_calendar))
    ratio = on_calendar[valid[1:]] / on_calendar[valid[:-1]]
    returns[valid[1:]] = ratio - 1.0 if kind == "simple" else np.log(ratio)
    spans[valid[1:]] = np.diff(valid)
    return returns, spans


def filled(
    returns: FloatArray, spans: FloatArray, missing: Missing
) -> tuple[FloatArray, FloatArray]:
    """Returns of several days made into one for each day (methods 1.5, replication).

    Parameters
    ----------
    returns, spans : ndarray of shape (F, T)
        As of :func:`returns_on`.
    missing : {"lumped", "uniform"}
        0 on the days without a price and the whole on the last; or an equal part on
        each day.

    Returns
    -------
    tuple of ndarray, shape (F, T) each
        Returns, and spans of one day.
    """
    returns, spans = returns.copy(), spans.copy()
    for firm, end in np.argwhere(spans > 1):
        days = slice(end - int(spans[firm, end]) + 1, end + 1)
        whole = returns[firm, end]
        returns[firm, days] = whole / spans[firm, end] if missing == "uniform" else 0.0
        spans[firm, days] = 1.0
        if missing == "lumped":
            returns[firm, end] = whole
    return returns, spans


def read_returns(
    returns: pd.DataFrame | pd.Series[Any] | Mapping[str, pd.Series[Any]],
    kind: ReturnKind = "simple",
    parameter: str = "returns",
) -> pd.DataFrame:
    """Returns that the caller holds, checked.

    Parameters
    ----------
    returns : DataFrame, Series or mapping of Series
        Columns are tickers; decimals; NaN = missing.
    kind : {"simple", "log"}
        What they are.
    parameter : str
        The argument that holds them, for errors.

    Returns
    -------
    DataFrame
        A new one: index "date", naive midnights in nanoseconds, float columns.

    Raises
    ------
    BadDataError
        When dates or numbers cannot be read, a return is infinite, or a simple one
        lies below -1, which returns in per cent do.
    """
    if not isinstance(returns, pd.DataFrame | pd.Series | Mapping) or not len(returns):
        raise BadDataError(
            parameter,
            type(returns).__name__,
            "there are no returns in it",
            "Pass a frame with a date index and a column for each ticker.",
        )
    frame = (
        returns.to_frame() if isinstance(returns, pd.Series) else pd.DataFrame(returns)
    )
    days = read_days(frame.index, parameter)
    numbers = {
        str(name): read_numbers(frame.iloc[:, at], days, parameter)
        for at, name in enumerate(frame.columns)
    }
    if len(numbers) < frame.shape[1]:
        raise BadDataError(
            parameter, list(frame.columns), "a ticker stands there twice", "Keep one."
        )
    for name, values in numbers.items():
        _check_returns(values, name, days, kind, parameter)
    return pd.DataFrame(numbers, index=days)


def read_column(
    column: pd.Series[Any],
    name: str,
    days: pd.DatetimeIndex,
    kind: ReturnKind,
    parameter: str,
) -> FloatArray:
    """The returns of one ticker whose days are read, (T,), checked as above."""
    values = read_numbers(column, days, parameter)
    _check_returns(values, name, days, kind, parameter)
    return values


def _check_returns(
    values: FloatArray,
    name: str,
    days: pd.DatetimeIndex,
    kind: ReturnKind,
    parameter: str,
) -> None:
    for bad, bound, way_out in (
        (np.isinf(values), "is infinite", "Replace it by NaN if it is unknown."),
        (
            (values < -1.0) & (kind == "simple"),
            "loses more than everything",
            "Returns are decimals: divide per cent by 100.",
        ),
    ):
        if bad.any():
            row = int(bad.argmax())
            raise BadDataError(
                parameter,
                float(values[row]),
                f"the return of {name} on {days[row].date()} {bound}",
                way_out,
            )
