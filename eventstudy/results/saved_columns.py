"""Tables with columns of any kind as plain JSON values, and back with their types."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError

Column: TypeAlias = dict[str, Any]

UNIT = r"(?:s|ms|us|ns)"
KEPT = re.compile(
    rf"object|str|string|bool|boolean|[uU]?[iI]nt(?:8|16|32|64)|[fF]loat(?:32|64)"
    rf"|datetime64\[{UNIT}(?:, [A-Za-z0-9_+:-]+(?:/[A-Za-z0-9_+-]+)*)?\]"
    rf"|timedelta64\[{UNIT}\]"
)
INFERRED = "inferred"  # a kind of column that other versions may not know
MISSING: Mapping[str, Any] = {"nan": math.nan, "NA": pd.NA, "NaT": pd.NaT}


def columns_of(frame: pd.DataFrame) -> list[Column]:
    """A table's columns, without its index.

    Raises
    ------
    ArgumentError
        For a value that is no text, number, date, or list of these; it names the
        column.
    """
    return [
        {"name": cell(name, name), **_column(frame.iloc[:, position], name)}
        for position, name in enumerate(frame.columns)
    ]


def table_of(columns: Sequence[Column], rows: int) -> pd.DataFrame:
    """The table of some columns, numbered from 0.

    Raises
    ------
    ValueError, KeyError, TypeError
        When the columns are not what :func:`columns_of` writes, or not of that length.
    """
    series = [_series(column) for column in columns]
    if any(len(one) != rows for one in series):
        raise ValueError("a column has another number of rows")
    frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=range(rows))
    names = [value(column["name"]) for column in columns]
    return frame.set_axis(pd.Index(names, dtype=None if names else object), axis=1)


def cell(item: Any, column: object) -> Any:
    """A value as JSON; what JSON does not know is an object of one tagged entry."""
    if item is None or isinstance(item, str | bool):
        return item
    for kinds, write in WRITERS:
        if isinstance(item, kinds):
            return write(item, column)
    raise ArgumentError(
        "events",
        type(item).__name__,
        f"the column {column!r} holds a value that a file cannot",
        "Leave the column out, or turn it into text or numbers.",
    )


def value(item: Any) -> Any:
    """The value of a cell."""
    if not isinstance(item, dict):
        return item
    [(tag, inner)] = item.items()
    return READERS[tag](inner)


def _column(series: pd.Series[Any], name: object) -> Column:
    kind: dict[str, Any] = {"dtype": str(series.dtype)}
    if isinstance(series.dtype, pd.CategoricalDtype):
        categories = series.cat.categories.to_series()
        kind |= {
            "dtype": "category", "ordered": bool(series.cat.ordered),
            "categories": _column(categories, name),
        }  # fmt: skip
    elif not KEPT.fullmatch(kind["dtype"]):
        kind["dtype"] = INFERRED
    return kind | {"values": [cell(item, name) for item in series.astype(object)]}


def _series(column: Column) -> pd.Series[Any]:
    items = pd.Series([value(item) for item in column["values"]], dtype=object)
    kind = column["dtype"]
    if kind == "category":
        known = pd.Index(_series(column["categories"]))
        return pd.Series(pd.Categorical(items, known, ordered=bool(column["ordered"])))
    if kind == INFERRED:
        return items.infer_objects()
    if not KEPT.fullmatch(kind):
        raise ValueError("an unknown kind of column")
    return items.astype(kind)


def _float(item: float, _column: object) -> Any:
    if math.isnan(item):
        return {"missing": "nan"}
    return float(item) if math.isfinite(item) else {"number": str(float(item))}


def _stamp(item: pd.Timestamp, _column: object) -> Any:
    zone = getattr(item.tzinfo, "key", None) or getattr(item.tzinfo, "zone", None)
    return {"stamp": [item.isoformat(), item.unit, zone]}


def _read_stamp(inner: Sequence[Any]) -> pd.Timestamp:
    text, unit, zone = inner
    stamp = pd.Timestamp(str(text)).as_unit(unit)
    return stamp if zone is None else stamp.tz_convert(str(zone))


def _listed(tag: str) -> Callable[[Any, object], Any]:
    return lambda items, column: {tag: [cell(item, column) for item in items]}


WRITERS: tuple[tuple[Any, Callable[[Any, object], Any]], ...] = (
    (type(pd.NaT), lambda _item, _column: {"missing": "NaT"}),
    (type(pd.NA), lambda _item, _column: {"missing": "NA"}),
    (np.bool_, lambda item, _column: bool(item)),
    ((int, np.integer), lambda item, _column: int(item)),
    ((float, np.floating), _float),
    (pd.Timestamp, _stamp),
    (dt.datetime, lambda item, _column: {"datetime": item.isoformat()}),
    (dt.date, lambda item, _column: {"date": item.isoformat()}),
    (
        (np.datetime64, dt.timedelta, np.timedelta64),
        lambda item, column: _span_or_stamp(item, column),  # noqa: PLW0108 - below
    ),
    (tuple, _listed("tuple")),
    (list, _listed("list")),
)
READERS: Mapping[str, Callable[[Any], Any]] = {
    "missing": lambda inner: MISSING[inner],
    "number": lambda inner: {"inf": math.inf, "-inf": -math.inf}[inner],
    "stamp": _read_stamp,
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "timedelta": lambda inner: pd.Timedelta(int(inner), "ns"),
    "tuple": lambda inner: tuple(value(item) for item in inner),
    "list": lambda inner: [value(item) for item in inner],
}


def _span_or_stamp(item: Any, column: object) -> Any:
    if isinstance(item, np.datetime64):
        return cell(pd.Timestamp(item), column)
    if pd.isna(item):
        return {"missing": "NaT"}
    return {"timedelta": pd.Timedelta(item).as_unit("ns").value}
