"""Results as JSON: the same bytes for the same result."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import PurePath
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def to_json_text(record: Mapping[str, Any]) -> str:
    """Write a result as JSON.

    Parameters
    ----------
    record : mapping
        By name: plain values, numpy and pandas scalars, arrays, dates, mappings,
        sequences, Series (by label) and frames (a list of rows, the index among
        their columns).

    Returns
    -------
    str
        Keys sorted, two spaces of indent.  NaN is null and an infinite number the
        string "Infinity" or "-Infinity"; a record that says why a number is missing
        keeps its ``reason`` beside it.  Dates are ISO 8601, days without a time.

    Raises
    ------
    ArgumentError
        For a value that has no place in JSON; the message says where it stands.
    """
    return (
        json.dumps(
            plain(record, "record"), indent=2, sort_keys=True, ensure_ascii=False
        )
        + "\n"
    )


def plain(value: Any, where: str = "value") -> Json:
    """Turn a value into what JSON knows; ``where`` names it in the error."""
    if isinstance(value, str | bool) or value is None:
        return value
    for kinds, write in WRITERS:
        if isinstance(value, kinds):
            return write(value, where)
    if value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "to_dict"):
        return plain(value.to_dict(), where)
    raise ArgumentError(
        where,
        type(value).__name__,
        "has no form in JSON",
        "Convert it to a number, a text, a date or a list of these.",
    )


def _float(value: float, _where: str) -> Json:
    number = float(value)
    if math.isnan(number):
        return None
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def _stamp(value: dt.datetime, _where: str) -> Json:
    if pd.isna(value):
        return None
    is_day = value.tzinfo is None and value.time() == dt.time(0)
    return value.date().isoformat() if is_day else value.isoformat()


def _mapping(value: Mapping[Any, Any], where: str) -> Json:
    return {_key(key): plain(item, f"{where}.{key}") for key, item in value.items()}


def _sequence(value: Sequence[Any], where: str) -> Json:
    return [plain(item, f"{where}[{i}]") for i, item in enumerate(value)]


def _array(value: np.ndarray[Any, Any], where: str) -> Json:
    if value.dtype.kind in "mM":  # tolist() would make bare integers of them
        return _sequence(list(pd.Index(value.ravel())), where)
    return plain(value.tolist(), where)


def _frame(value: pd.DataFrame, where: str) -> Json:
    named = value.index.name is not None or value.index.nlevels > 1
    rows = (value.reset_index() if named else value).to_dict(orient="records")
    return _sequence(rows, where)


def _key(key: Any) -> str:
    if isinstance(key, dt.date):
        return str(_stamp(pd.Timestamp(key), ""))
    return str(key)


WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, str], Json]], ...] = (
    (np.bool_, lambda value, _: bool(value)),
    ((int, np.integer), lambda value, _: int(value)),
    ((float, np.floating), _float),
    (dt.datetime, _stamp),
    ((dt.date, dt.time), lambda value, _: value.isoformat()),
    (np.datetime64, lambda value, where: plain(pd.Timestamp(value), where)),
    (
        (dt.timedelta, np.timedelta64),
        lambda value, _: None if pd.isna(value) else pd.Timedelta(value).isoformat(),
    ),
    (PurePath, lambda value, _: value.as_posix()),
    (pd.DataFrame, _frame),
    (pd.Series, lambda value, where: _mapping(value.to_dict(), where)),
    (np.ndarray, _array),
    (pd.Index, lambda value, where: _sequence(list(value), where)),
    (Mapping, _mapping),
    (Set, lambda value, where: _sequence(sorted(value, key=str), where)),
    (Sequence, _sequence),
)
