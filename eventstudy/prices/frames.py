"""A frame of one ticker as a checked, tidy series."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from eventstudy.errors import BadDataError
from eventstudy.prices._base import COLUMNS, PriceSeries
from eventstudy.prices.columns import read_numbers
from eventstudy.prices.days import read_days
from eventstudy.prices.layouts import SPELLINGS, only_column, plain

NOTES = "eventstudy_notes"
AUTO_ADJUSTED = "close of an auto-adjusted frame; no unadjusted close is known"


def read_frame(
    frame: pd.DataFrame, ticker: str, source: str, parameter: str = "prices"
) -> PriceSeries:
    """A frame of one ticker as a series: days, floats, spelled our way.

    Raises
    ------
    BadDataError
        When there is no closing price, a date is none, or a price is text.

    Notes
    -----
    Words under ``frame.attrs["eventstudy_notes"]``, such as those of
    :func:`eventstudy.read_prices`, become notes of the series.
    """
    days = read_days(date_values(frame, parameter), parameter)
    columns = _price_columns(frame, parameter)
    notes = tuple(map(str, frame.attrs.get(NOTES, ())))
    if _is_auto_adjusted(frame, columns):
        columns["adj_close"] = columns.pop("close")
        notes = (*notes, AUTO_ADJUSTED)
    numbers = {
        name: read_numbers(column, days, parameter) for name, column in columns.items()
    }
    tidy = pd.DataFrame(
        {name: numbers[name] for name in COLUMNS if name in numbers}, index=days
    )
    closes = [name for name in ("close", "adj_close") if name in numbers]
    tidy = tidy.dropna(subset=closes, how="all")
    return PriceSeries(ticker, tidy, source, sha256=fingerprint(tidy), notes=notes)


def fingerprint(frame: pd.DataFrame) -> str:
    """SHA-256 of the days and numbers of a frame."""
    digest = hashlib.sha256(frame.index.to_numpy().astype("<i8").tobytes())
    for name in frame:
        digest.update(str(name).encode())
        digest.update(frame[name].to_numpy(dtype="<f8").tobytes())
    return digest.hexdigest()


def date_values(frame: pd.DataFrame, parameter: str) -> Any:
    """The date index, or the date column where there is no such index."""
    if isinstance(frame.index, pd.DatetimeIndex | pd.PeriodIndex):
        return frame.index
    column = only_column(frame, ("date",), parameter)
    return frame.index if column is None else column


def _price_columns(frame: pd.DataFrame, parameter: str) -> dict[str, pd.Series[Any]]:
    found: dict[str, pd.Series[Any]] = {}
    for position, label in enumerate(frame.columns):
        name = SPELLINGS.get(plain(label))
        if name in found:
            raise BadDataError(
                parameter,
                str(label),
                f"there is more than one column for {name}",
                "Keep one of them.",
            )
        if name is not None:
            found[name] = frame.iloc[:, position]
    if not {"close", "adj_close"} & found.keys():
        raise BadDataError(
            parameter,
            [str(label) for label in frame.columns],
            "there is no closing price",
            "Name a column close or adj_close.",
        )
    return found


def _is_auto_adjusted(frame: pd.DataFrame, columns: Mapping[str, object]) -> bool:
    """Whether this is yfinance's own form, whose Close is adjusted already."""
    names = {plain(label) for label in frame.columns}
    return "adj_close" not in columns and {"dividends", "stocksplits"} <= names
