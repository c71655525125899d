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
    for row, value in enumerate(column):
        if not _is_number(value):
            raise BadDataError(
                parameter,
                value,
                f"column {str(column.name)!r} holds no number on {days[row].date()}",
                "Convert the column: pd.to_numeric, or read_csv with thousands= and "
                "decimal=.",
            )
    missing = column.isna().to_numpy()
    return np.array(
        [
            np.nan if gone else float(value)
            for gone, value in zip(missing, column, strict=True)
        ]
    )


def _is_odd(dtype: Any) -> bool:
    return pd.api.types.is_bool_dtype(dtype) or pd.api.types.is_complex_dtype(dtype)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, numbers.Real | Decimal)
