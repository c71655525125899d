"""Dates and numbers as they are written in different countries, when asked for."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import BadDataError
from eventstudy.prices.days import ISO_MIDNIGHT
from eventstudy.prices.text_tables import may_hold_text

# Thousands may be parted by a dot or by one of the blanks that are used in print.
COMMA_NUMBER = re.compile(
    r"([+-]?)(\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+)(?:,(\d+))?(?:[eE]([+-]?\d+))?",
    re.ASCII,
)
LOCAL_DATE = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?", re.ASCII
)


def read_commas(column: pd.Series[Any], parameter: str) -> pd.Series[Any]:
    """A column of text with decimal commas as numbers.

    Parameters
    ----------
    column : Series
        Text; NaN = missing.  Other types are left as they are.
    parameter : str
        The argument that holds it, for errors.

    Returns
    -------
    Series of float

    Raises
    ------
    BadDataError
        At the first value that is no such number, and where dots stand without any
        comma: they may be decimal points.
    """
    if not may_hold_text(column):
        return column
    texts = [v.strip() if isinstance(v, str) else v for v in column]
    written = [v for v in texts if isinstance(v, str)]
    if any("." in v for v in written) and not any("," in v for v in written):
        raise BadDataError(
            parameter,
            next(v for v in written if "." in v),
            f"column {str(column.name)!r} has dots and no comma: they may be decimal "
            "points",
            "Leave decimal=',' out, or write the numbers without dots.",
        )
    numbers = [_number(v, column, parameter) for v in texts]
    return pd.Series(numbers, column.index, name=column.name, dtype=object).astype(
        float
    )


def _number(value: Any, column: pd.Series[Any], parameter: str) -> Any:
    """The float of a text; what is no text is left to the reader of numbers."""
    if not isinstance(value, str):
        return value
    found = COMMA_NUMBER.fullmatch(value)
    if found is None:
        raise BadDataError(
            parameter,
            value,
            f"column {str(column.name)!r} holds no number with a decimal comma there",
            "Correct the value, or leave the cell empty if there is no price.",
        )
    sign, whole, part, power = found.groups()
    digits = re.sub(r"\D", "", whole)
    return float(f"{sign}{digits}.{part or 0}e{power or 0}")


def read_local_days(
    values: Any, dayfirst: bool | None, parameter: str
) -> pd.DatetimeIndex:
    """The days of a column, in any order.

    Parameters
    ----------
    values : Index or Series
        Text, dates or timestamps.
    dayfirst : bool or None
        True: 27.08.2010 or 27/08/2010; False: 08/27/2010; None: ISO 8601 alone, which
        the others read as well.
    parameter : str
        The argument that holds them, for errors.

    Returns
    -------
    DatetimeIndex
        Named "date".  Timestamps keep their zone and clock time.

    Raises
    ------
    BadDataError
        At the first text that is no such date.
    """
    if isinstance(values, pd.DatetimeIndex):
        return values.rename("date")
    listed = list(values)
    known = {v: _day(v, dayfirst, parameter) for v in dict.fromkeys(listed)}
    try:
        return pd.DatetimeIndex([known[v] for v in listed], name="date")
    except (ValueError, TypeError, OverflowError):
        bound = "the dates cannot be read together"
        way_out = "Write all of them alike."
        raise BadDataError(parameter, listed[0], bound, way_out) from None


def _day(value: Any, dayfirst: bool | None, parameter: str) -> Any:
    if pd.isna(value):
        bound, way_out = "a row has no date", "Drop the row or date it."
        raise BadDataError(parameter, value, bound, way_out)
    if isinstance(value, dt.date | np.datetime64):
        return value
    if not isinstance(value, str):
        bound = f"a date of the type {type(value).__name__} is none"
        raise BadDataError(parameter, value, bound, "Write dates as in 2010-08-27.")
    try:
        return pd.Timestamp(*_year_month_day(value.strip(), dayfirst))
    except (ValueError, OverflowError):
        raise _no_date(value, dayfirst, parameter) from None


def _year_month_day(text: str, dayfirst: bool | None) -> tuple[int, int, int]:
    """The parts of a date; ValueError where there are none."""
    iso = ISO_MIDNIGHT.fullmatch(text)
    if iso is not None:
        year, month, day = map(int, iso[1].split("-"))
        return year, month, day
    found = LOCAL_DATE.fullmatch(text) if dayfirst is not None else None
    if found is None:
        raise ValueError(text)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    return (year, second, first) if dayfirst else (year, first, second)


def _no_date(value: str, dayfirst: bool | None, parameter: str) -> BadDataError:
    other = LOCAL_DATE.fullmatch(value.strip())
    if dayfirst is None:
        bound, way_out = "this is not an ISO date", "Write dates as in 2010-08-27."
        if other:
            way_out = (
                "Say dayfirst=True for 27.08.2010, dayfirst=False for 08/27/2010, in "
                "es.read_prices."
            )
        return BadDataError(parameter, value, bound, way_out)
    order, example = ("day", "27.08.2010") if dayfirst else ("month", "08/27/2010")
    bound = f"this is no date with the {order} first, such as {example}"
    way_out = f"Try dayfirst={not dayfirst}." if other else "Write the year in full."
    return BadDataError(parameter, value, bound, way_out)
