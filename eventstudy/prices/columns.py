"""Reading the numbers of a column; text is refused, never guessed."""

from __future__ import annotations

import numbers
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.errors import BadDataError


def read_numbers(
    column: pd.Series[Any], days: pd.DatetimeIndex, parameter: str = "prices"
) -> FloatArray:
    """A column as floats.

    Parameters
    ----------
    column : Series
        Of any numeric type, or of number objects; missing values of any sort.
    days : DatetimeIndex
        The day of each row, for the error.
    parameter : str
        The argument that holds the column.

    Returns
    -------
    ndarray of shape (len(column),)
        NaN = missing.

    Raises
    ------
    BadDataError
        At the first value that is no number, such as the text "1,234".
    """
    if pd.api.types.is_numeric_dtype(column.dtype) and not _is_odd(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    values = [_as_float(value) for value in column]
    if None in values:
        row = values.index(None)
        raise BadDataError(
            parameter,
            column.iloc[row],
            f"column {str(column.name)!r} holds no number on {days[row].date()}",
            "Convert the column: pd.to_numeric, or read_csv with thousands= and "
            "decimal=.",
        )
    return np.array(values, dtype=np.float64)


def _is_odd(dtype: Any) -> bool:
    return pd.api.types.is_bool_dtype(dtype) or pd.api.types.is_complex_dtype(dtype)


def _as_float(value: Any) -> float | None:
    """A number object as float, a missing value as NaN, anything else as None."""
    if value is None or value is pd.NA or value is pd.NaT:
        return np.nan
    if isinstance(value, bool) or not isinstance(value, numbers.Real | Decimal):
        return None
    try:
        return float(value)
    except (OverflowError, ValueError):
        return None
