"""Prices that the caller holds, looked through once for many tickers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.prices.files import file_hash, open_file
from eventstudy.prices.layouts import (
    find_frame,
    held_tickers,
    layout_of,
    places_of_tickers,
    rows_as_columns,
)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A frame whose tickers are found without reading all of it again.

    Parameters
    ----------
    frame : DataFrame
        Wide, long, by field and ticker, or of one ticker.
    places : mapping of str to ndarray of int
        Rows of a long frame, or columns of a wide one, by ticker; else empty.
    source : str
        What the provenance says.
    sha256 : str
        Of the file; "" = there is none.
    """

    frame: pd.DataFrame
    places: Mapping[str, IntArray]
    source: str
    sha256: str = ""

    @property
    def tickers(self) -> list[str]:
        """The tickers that it names."""
        return list(self.places) or held_tickers(self.frame)

    def pick(self, ticker: str, *, alone: bool) -> pd.DataFrame | None:
        """As :func:`eventstudy.prices.layouts.find_frame`."""
        if not self.places:
            return find_frame(self.frame, ticker, alone=alone)
        place = self.places.get(ticker)
        if place is None:
            return None
        if layout_of(self.frame) == "long":
            return self.frame.iloc[place]
        return find_frame(self.frame.iloc[:, place], ticker, alone=alone)


def open_prices(prices: object) -> object:
    """Read a file, and find the tickers of a frame; anything else as it is.

    Parameters
    ----------
    prices : as for :func:`eventstudy.prices.chain.find_series`

    Returns
    -------
    Opened or object
        What :func:`eventstudy.prices.chain.find_series` takes in its place.

    Raises
    ------
    NoDataError, BadDataError
        When the file cannot be read.
    """
    if isinstance(prices, str | PathLike):
        path = Path(prices)
        frame = rows_as_columns(open_file(path))
        places = places_of_tickers(frame)
        return Opened(frame, places, f"file {path.name}", file_hash(path))
    if isinstance(prices, pd.DataFrame) and len(prices):
        frame = rows_as_columns(prices)
        return Opened(frame, places_of_tickers(frame), "prices= (a frame)")
    return prices
