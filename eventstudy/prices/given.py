"""Prices that the caller holds, in whatever form."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError, BadDataError, UnknownTickerError
from eventstudy.prices._base import PriceProvider, PriceSeries
from eventstudy.prices.frames import read_frame
from eventstudy.prices.layouts import find_frame, held_tickers
from eventstudy.prices.opened import Opened, open_prices
from eventstudy.prices.providers import provider_series
from eventstudy.prices.quality import admit

FORMS = (
    "Pass a DataFrame, a Series, a dict of them by ticker, the path of a CSV file, or "
    "an object with a method get(ticker)."
)


def look_up(prices: object, ticker: str, *, alone: bool) -> PriceSeries | None:
    """The series of a ticker in what the caller holds.

    Parameters
    ----------
    prices : as for :func:`eventstudy.prices.chain.find_series`
    ticker : str
    alone : bool
        Whether nothing else will be asked.

    Returns
    -------
    PriceSeries or None
        Checked; None if it is not there.
    """
    prices = open_prices(prices)
    if isinstance(prices, Opened):
        return _from_opened(prices, ticker, alone=alone)
    if isinstance(prices, Mapping | pd.Series | pd.DataFrame):
        if not len(prices):
            raise BadDataError("prices", _form(prices), "this is empty", FORMS)
        frame = find_frame(prices, ticker, alone=alone)
        if frame is None:
            return None
        return admit(read_frame(frame, ticker, f"prices= ({_form(prices)})"))
    if isinstance(prices, PriceProvider) and not isinstance(prices, type):
        return _from_provider(prices, ticker, alone=alone)
    raise ArgumentError("prices", prices, "this holds no prices", FORMS)


def _from_opened(prices: Opened, ticker: str, *, alone: bool) -> PriceSeries | None:
    frame = prices.pick(ticker, alone=alone)
    if frame is None:
        return None
    series = read_frame(frame, ticker, prices.source)
    return admit(dataclasses.replace(series, sha256=prices.sha256 or series.sha256))


def _from_provider(
    provider: PriceProvider, ticker: str, *, alone: bool
) -> PriceSeries | None:
    try:
        return admit(provider_series(provider, ticker))
    except UnknownTickerError:
        if alone:
            raise
        return None


def as_they_are(market: pd.Series[Any] | pd.DataFrame, parameter: str) -> PriceSeries:
    """Prices passed as market or industry: one ticker, under the name it has."""
    held = held_tickers(market)
    if len(held) > 1:
        raise ArgumentError(
            parameter,
            held,
            "this holds more than one series",
            "Pass one column, or the frame as prices= and the ticker here.",
        )
    ticker = held[0] if held else parameter
    frame = find_frame(market, ticker, alone=True, parameter=parameter)
    if frame is None:
        raise BadDataError(parameter, _form(market), "this holds no prices", FORMS)
    source = f"{parameter}= ({_form(market)})"
    return admit(read_frame(frame, ticker, source, parameter), parameter)


def held_names(prices: object) -> list[str]:
    """The tickers that the caller's prices name."""
    found = open_prices(prices)
    return found.tickers if isinstance(found, Opened) else held_tickers(found)


def _form(prices: object) -> str:
    return {"Series": "a Series", "DataFrame": "a frame"}.get(
        type(prices).__name__, "a dict"
    )
