"""Reading the days of a frame: naive midnights in nanoseconds, sorted and unique."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import BadDataError

ISO_MIDNIGHT = re.compile(
    r"(\d{4}-\d{2}-\d{2})([T ]00:00(:00(\.0+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
# What nanoseconds hold.
FIRST_YEAR, LAST_YEAR = 1678, 2261
ISO_WAY_OUT = (
    'Set a date index: frame.index = pd.to_datetime(frame["date"]), with format= where '
    "the dates are not ISO 8601; a file: es.read_prices(path, dayfirst=True)."
)


def read_days(values: Any, parameter: str = "prices") -> pd.DatetimeIndex:
    """The days of an index or a column; the zone of midnights is dropped.

    Parameters
    ----------
    values : Index or Series
        Timestamps at midnight with or without zone, daily periods, dates, or ISO
        strings.
    parameter : str
        The argument that holds them, for errors.

    Returns
    -------
    DatetimeIndex
        Named "date", without zone, in nanoseconds.  A midnight keeps its own day: the
        zone is dropped, never converted.

    Raises
    ------
    BadDataError
        When the values are no days, have clock times, or are unsorted or repeated.
    """
    index = pd.Index(values, dtype=getattr(values, "dtype", None))
    if isinstance(index, pd.PeriodIndex):
        index = _from_periods(index, parameter)
    elif not isinstance(index, pd.DatetimeIndex):
        index = _from_objects(index, parameter)
    days = _in_nanoseconds(_midnights(index, parameter), parameter).rename("date")
    check_order(days, parameter)
    return days


def check_order(days: pd.DatetimeIndex, parameter: str = "prices") -> None:
    """Refuse days that repeat or do not ascend."""
    if days.is_monotonic_increasing and days.is_unique:
        return
    repeated = days[days.duplicated()].unique()
    if len(repeated):
        raise BadDataError(
            parameter,
            list_days(repeated),
            "these days stand there more than once",
            "Keep one row a day: frame[~frame.index.duplicated()].",
        )
    raise BadDataError(
        parameter,
        f"{days[0].date()} to {days[-1].date()}",
        "the rows are not in the order of their days",
        "Sort them with .sort_index().",
    )


def list_days(days: pd.DatetimeIndex, limit: int = 3) -> str:
    """The first few days in ISO form: '2010-08-27, 2010-08-30 and 5 more'."""
    shown = ", ".join(str(day.date()) for day in days[:limit])
    return shown if len(days) <= limit else f"{shown} and {len(days) - limit} more"


def _in_nanoseconds(days: pd.DatetimeIndex, parameter: str) -> pd.DatetimeIndex:
    try:
        return days.as_unit("ns")
    except pd.errors.OutOfBoundsDatetime:
        years = days.year
        far = days[(years < FIRST_YEAR) | (years > LAST_YEAR)]
        value = str(far[0].date()) if len(far) else "a date"
        bound = f"this lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        way_out = "Correct the year, or drop the row."
        raise BadDataError(parameter, value, bound, way_out) from None


def _midnights(index: pd.DatetimeIndex, parameter: str) -> pd.DatetimeIndex:
    if index.hasnans:
        row = int(index.isna().argmax())
        raise BadDataError(
            parameter, f"row {row}", "this row has no date", "Drop the row or date it."
        )
    local = index.tz_localize(None)
    clock = np.flatnonzero(local != local.normalize())
    if not len(clock):
        return local
    zone = f" in the zone {index.tz}" if index.tz is not None else ""
    raise BadDataError(
        parameter,
        str(index[int(clock[0])]),
        f"daily data need days; this is a clock time{zone}",
        "Convert to the zone of the exchange if need be, then use .normalize().",
    )


def _from_periods(index: pd.PeriodIndex, parameter: str) -> pd.DatetimeIndex:
    if index.freqstr not in ("D", "B"):
        raise BadDataError(
            parameter,
            f"periods of {index.freqstr}",
            "these periods are longer or shorter than a day",
            "Pass daily data.",
        )
    return index.to_timestamp()


def _from_objects(index: pd.Index[Any], parameter: str) -> pd.DatetimeIndex:
    if pd.api.types.is_numeric_dtype(index.dtype):
        raise BadDataError(parameter, _first(index), "there are no dates", ISO_WAY_OUT)
    days = [_one_day(value, parameter) for value in index]
    try:
        return pd.DatetimeIndex(days)
    except ValueError:
        bound = "the dates cannot be read together"
        raise BadDataError(parameter, _first(index), bound, ISO_WAY_OUT) from None


def _one_day(value: Any, parameter: str) -> Any:
    """A date object as it is, an ISO string without its zone."""
    if value is None or isinstance(value, dt.date | np.datetime64):
        return value
    if isinstance(value, str):
        found = ISO_MIDNIGHT.fullmatch(value.strip())
        if found is not None:
            return found[1]
        raise BadDataError(parameter, value, "this is not an ISO date", ISO_WAY_OUT)
    bound = f"a date of the type {type(value).__name__} is none"
    raise BadDataError(parameter, value, bound, ISO_WAY_OUT)


def _first(index: pd.Index[Any]) -> object:
    first = index[0] if len(index) else "nothing"
    return first.item() if isinstance(first, np.generic) else first
