"""Values as the cells of a sheet hold them: without a change, or as a text."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

MOST_CHARACTERS = 32_767
LARGEST_WHOLE = 2**53  # beyond it a spreadsheet rounds whole numbers
FIRST_DAY = pd.Timestamp("1900-03-01")  # before it spreadsheets disagree on the date

Cell: TypeAlias = bool | int | float | str | dt.datetime | None


class Exact(float):
    """A number that is written with all its digits, 17 where it needs them."""

    __slots__ = ()

    def __format__(self, _digits: str) -> str:
        return float.__repr__(self)


def cell(value: Any) -> Cell:
    """Turn a value into what a cell can hold without a change.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool, int, float, str, datetime or None
        None for NaN, NaT and None.  What a cell would round becomes a text: whole
        numbers beyond 2**53, infinite ones, instants with a zone or below a second.
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value) if abs(int(value)) <= LARGEST_WHOLE else str(value)
    if isinstance(value, float | np.floating):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        return _instant(pd.Timestamp(value))
    if isinstance(value, tuple | list):
        return ", ".join(str(cell(part)) for part in value)
    text = str(value)
    cut = len(text) > MOST_CHARACTERS
    return text[: MOST_CHARACTERS - 1] + "…" if cut else text


def _number(value: float) -> Cell:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return Exact(value)


def _instant(value: pd.Timestamp) -> Cell:
    naive = value.tzinfo is None and value >= FIRST_DAY
    if naive and value == value.floor("s"):
        return value.to_pydatetime()
    return value.isoformat()
