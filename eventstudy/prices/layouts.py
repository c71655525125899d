"""The layouts in which analysts hold prices, and where in them a ticker is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.errors import BadDataError
from eventstudy.prices._base import COLUMNS

Layout: TypeAlias = Literal["fields", "long", "single", "wide"]

SPELLINGS = {
    "adjclose": "adj_close",
    "adjustedclose": "adj_close",
    "closeadj": "adj_close",
    "closeadjusted": "adj_close",
    **{name: name for name in COLUMNS if name != "adj_close"},
}
TICKER_NAMES = ("ticker", "symbol")
NAMELESS = {*SPELLINGS, "price", "prices", "value", "values"}


def find_frame(
    prices: object, ticker: str, *, alone: bool, parameter: str = "prices"
) -> pd.DataFrame | None:
    """The rows and columns of a ticker, untouched, or None when it is not there.

    Parameters
    ----------
    prices : DataFrame, Series or mapping
        In any layout: yfinance's two, closes by ticker, long, one ticker alone, or a
        dict of such by ticker.
    ticker : str
        Whose prices are wanted.
    alone : bool
        Whether prices that carry no ticker are taken as those of ``ticker``.
    parameter : str
        The argument that holds them, for errors.

    Returns
    -------
    DataFrame or None
        With price columns as spelled by the caller.
    """
    if isinstance(prices, Mapping):
        return _from_mapping(prices, ticker, parameter)
    if isinstance(prices, pd.Series):
        held = held_tickers(prices)
        mine = ticker in held or (alone and not held)
        return prices.to_frame("close") if mine else None
    if not isinstance(prices, pd.DataFrame):
        raise BadDataError(
            parameter,
            type(prices).__name__,
            f"prices of {ticker} are no frame and no Series",
            "Pass a DataFrame or a Series with a date index.",
        )
    frame = rows_as_columns(prices)
    layout = layout_of(frame)
    if layout == "single":
        return frame if alone else None
    if ticker not in held_tickers(frame):
        return None
    return _PICKS[layout](frame, ticker)


def _from_mapping(
    prices: Mapping[Any, object], ticker: str, parameter: str
) -> pd.DataFrame | None:
    """The value of a key; the key alone says whose prices they are."""
    found = prices.get(ticker)
    if found is None:
        return None
    unnamed = found.rename(None) if isinstance(found, pd.Series) else found
    return find_frame(unnamed, ticker, alone=True, parameter=parameter)


def held_tickers(prices: object) -> list[str]:
    """The tickers that prices name, in their order; none for a frame of one alone."""
    if isinstance(prices, Mapping):
        return [str(key) for key in prices]
    if isinstance(prices, pd.Series):
        nameless = prices.name is None or plain(prices.name) in NAMELESS
        return [] if nameless else [str(prices.name)]
    if not isinstance(prices, pd.DataFrame):
        return []
    frame = rows_as_columns(prices)
    layout = layout_of(frame)
    if layout == "single":
        return []
    if layout == "fields":
        names = frame.columns.get_level_values(_ticker_level(frame)).unique()
    elif layout == "long":
        names = pd.Index(_ticker_column(frame).unique())
    else:
        names = frame.columns[[plain(name) != "date" for name in frame.columns]]
    return [str(name) for name in names]


def layout_of(frame: pd.DataFrame) -> Layout:
    """How a frame holds prices: by field and ticker, long, one ticker, or wide."""
    if frame.columns.nlevels == 2:
        return "fields"
    names = {plain(name) for name in frame.columns}
    if names.intersection(TICKER_NAMES):
        return "long"
    closes = {"close", "adj_close"}
    return "single" if closes & {SPELLINGS.get(name) for name in names} else "wide"


def places_of_tickers(frame: pd.DataFrame) -> dict[str, IntArray]:
    """Rows of a long frame or columns of a wide one by ticker; else nothing.

    The date column of a wide frame belongs to every ticker.
    """
    layout = layout_of(frame)
    if layout == "long":
        return positions_of(_ticker_column(frame))
    if layout != "wide":
        return {}
    found = positions_of(str(label) for label in frame.columns)
    dates = [name for name in found if plain(name) == "date"]
    always = [at for name in dates for at in found.pop(name)]
    return {name: np.union1d(at, always).astype(int) for name, at in found.items()}


def positions_of(names: Iterable[str]) -> dict[str, IntArray]:
    """The positions of each distinct name, in the order of their first."""
    codes, distinct = pd.factorize(np.array(list(names), object))
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(distinct) + 1))
    return {str(name): order[ends[n] : ends[n + 1]] for n, name in enumerate(distinct)}


def only_column(
    frame: pd.DataFrame, names: tuple[str, ...], parameter: str = "prices"
) -> pd.Series[Any] | None:
    """The column of one of these names; more than one is refused."""
    places = [at for at, name in enumerate(frame.columns) if plain(name) in names]
    if len(places) > 1:
        raise BadDataError(
            parameter,
            [str(frame.columns[at]) for at in places],
            f"there is more than one column for the {names[0]}",
            "Keep one of them.",
        )
    return frame.iloc[:, places[0]] if places else None


def rows_as_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by date and ticker become columns."""
    if frame.index.nlevels == 1:
        return frame
    try:
        return frame.reset_index()
    except ValueError:
        raise BadDataError(
            "prices",
            [str(name) for name in frame.index.names],
            "a level of the rows and a column share a name",
            "Rename one of them, or use .reset_index(drop=True).",
        ) from None


def _ticker_level(frame: pd.DataFrame) -> int:
    """The level of two-level columns that does not name the prices."""
    first = {plain(name) for name in frame.columns.get_level_values(0)}
    return 1 if first & {"close", "adjclose"} else 0


def _ticker_column(frame: pd.DataFrame) -> pd.Series[Any]:
    """The tickers of a long frame, as text."""
    column = only_column(frame, TICKER_NAMES)
    assert column is not None  # noqa: S101 - this is what makes a frame long
    return column.astype(str)


def _pick_fields(frame: pd.DataFrame, ticker: str) -> pd.DataFrame:
    level = _ticker_level(frame)
    labels = frame.columns.get_level_values(level).astype(str)
    picked: pd.DataFrame = frame.loc[:, labels == ticker]
    return picked.set_axis(picked.columns.get_level_values(1 - level), axis=1)


def _pick_long(frame: pd.DataFrame, ticker: str) -> pd.DataFrame:
    rows: pd.DataFrame = frame[_ticker_column(frame) == ticker]
    return rows


def _pick_wide(frame: pd.DataFrame, ticker: str) -> pd.DataFrame:
    labels = frame.columns.astype(str)
    dated = [plain(label) == "date" for label in labels]
    picked = frame.loc[:, (labels == ticker) | dated]
    return picked.rename(
        columns=lambda label: "close" if str(label) == ticker else label
    )


def plain(label: object) -> str:
    """A column label without case, blanks and punctuation."""
    return "".join(letter for letter in str(label).lower() if letter.isalnum())


_PICKS = {"fields": _pick_fields, "long": _pick_long, "wide": _pick_wide}
