"""Reading dates: ISO 8601, and the date objects of Python, numpy and pandas."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import EventDateError

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
ISO_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)? ?(Z|[+-]\d{2}(:?\d{2})?)?"
)
NUMERIC_DATE = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})(?!\d)")
WRITE_ISO = (
    "Write it in ISO 8601, year-month-day, such as '2010-08-27' or, with a clock time, "
    "'2010-08-27T07:00-04:00'."
)


def read_stamp(value: object, parameter: str = "date") -> pd.Timestamp:
    """A date or an instant as a ``Timestamp`` in nanoseconds, its zone kept.

    Parameters
    ----------
    value : str, date, datetime, Timestamp or datetime64
        Strings are ISO 8601 only.
    parameter : str
        How the caller calls it, for the error.

    Returns
    -------
    Timestamp
        Midnight without a zone for a bare date.

    Raises
    ------
    EventDateError
        For anything else: ambiguous strings with their readings, numbers, NaT.
    """
    if isinstance(value, str):
        return _from_text(value, parameter)
    if isinstance(value, np.datetime64):
        _require_day(value, parameter)
    elif not isinstance(value, dt.date):
        raise _unreadable(value, parameter)
    return _stamp(value, value, parameter)


def is_midnight(stamp: pd.Timestamp) -> bool:
    """Whether the stamp's own clock shows midnight."""
    return bool(stamp == stamp.normalize())


def in_words(day: pd.Timestamp) -> str:
    """A day in words: 'Monday 30 August 2010'."""
    return f"{day.day_name()} {day.day} {day.month_name()} {day.year}"


def _from_text(text: str, parameter: str) -> pd.Timestamp:
    stripped = text.strip()
    if ISO_DATE.fullmatch(stripped) or ISO_INSTANT.fullmatch(stripped):
        return _stamp(stripped.replace(",", "."), text, parameter)
    if not stripped:
        raise EventDateError(parameter, text, "this is empty", WRITE_ISO)
    if ISO_DATE.match(stripped[:10]) and not stripped[10:11].isdigit():
        bound = "the clock time after the day is not ISO 8601; a zone is an offset"
        raise EventDateError(parameter, text, bound, WRITE_ISO)
    numeric = NUMERIC_DATE.match(stripped)
    if numeric:
        raise _not_iso(text, parameter, _readings(*numeric.groups()))
    raise EventDateError(parameter, text, "this is not an ISO 8601 date", WRITE_ISO)


def _stamp(source: object, value: object, parameter: str) -> pd.Timestamp:
    try:
        stamp: Any = pd.Timestamp(source)  # type: ignore[arg-type]
        found: Any = stamp if stamp is pd.NaT else stamp.as_unit("ns")
    except pd.errors.OutOfBoundsDatetime:
        bound = "this lies outside the years 1678 to 2261"
        raise EventDateError(parameter, value, bound, WRITE_ISO) from None
    except ValueError:
        bound = "there is no such day or clock time"
        raise EventDateError(parameter, value, bound, WRITE_ISO) from None
    if not isinstance(found, pd.Timestamp):
        raise _unreadable(value, parameter)
    return found


def _require_day(value: np.datetime64, parameter: str) -> None:
    unit = np.datetime_data(value.dtype)[0]
    if unit in ("Y", "M", "W"):
        raise EventDateError(
            parameter, str(value), "this names a longer time than a day", WRITE_ISO
        )


def _unreadable(value: object, parameter: str) -> EventDateError:
    if value is None or value is pd.NaT or value is pd.NA:
        return EventDateError(parameter, value, "there is no date", WRITE_ISO)
    if isinstance(value, bool | int | float | complex | np.number | np.bool_):
        return EventDateError(parameter, value, "a number is not a date", WRITE_ISO)
    if isinstance(value, np.datetime64):
        return EventDateError(parameter, str(value), "there is no date", WRITE_ISO)
    name = type(value).__name__
    return EventDateError(
        parameter, value, f"a {name} is not one date", f"Pass one date. {WRITE_ISO}"
    )


def _readings(first: str, second: str, third: str) -> list[tuple[dt.date, str]]:
    """The days that three numbers can mean, each with the order that gives it."""
    a, b, c = int(first), int(second), int(third)
    if len(first) > 2:
        orders = [(a, b, c, "year first")]
    elif len(third) == 4:
        orders = [(c, b, a, "day first"), (c, a, b, "month first")]
    else:
        return []
    found: dict[dt.date, str] = {}
    for year, month, day, order in orders:
        try:
            found.setdefault(dt.date(year, month, day), order)
        except ValueError:
            continue
    return list(found.items())


def _not_iso(
    text: str, parameter: str, readings: list[tuple[dt.date, str]]
) -> EventDateError:
    if len(readings) == 2:
        (one, _), (other, _) = readings
        bound = (
            f"ambiguous: {one.day} {_month(one)} {one.year} (day first) or "
            f"{_month(other)} {other.day}, {other.year} (month first)"
        )
        way_out = f"Write '{one}' or '{other}' (ISO 8601)."
        return EventDateError(parameter, text, bound, way_out)
    if readings:
        day, order = readings[0]
        bound = f"not ISO 8601; read {order} it is {day.day} {_month(day)} {day.year}"
        return EventDateError(parameter, text, bound, f"Write '{day}'.")
    return EventDateError(parameter, text, "this is not an ISO 8601 date", WRITE_ISO)


def _month(day: dt.date) -> str:
    """Its English name, whatever the locale."""
    return str(pd.Timestamp(2000, day.month, 1).month_name())
