"""Where prices are looked for, and in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError, BadDataError, UnknownTickerError
from eventstudy.prices._base import PriceProvider, PriceSeries
from eventstudy.prices.bundled import Bundled
from eventstudy.prices.frames import read_frame
from eventstudy.prices.layouts import find_frame, held_tickers
from eventstudy.prices.opened import Opened, open_prices
from eventstudy.prices.quality import admit

FORMS = (
    "Pass a DataFrame, a Series, a dict of them by ticker, the path of a CSV file, or "
    "an object with a method get(ticker)."
)


def default_chain() -> tuple[PriceProvider, ...]:
    """The providers asked, in this order, when the caller passes no prices."""
    return (Bundled(),)


def find_series(
    ticker: str, prices: object = None, parameter: str = "ticker"
) -> PriceSeries:
    """The prices of a ticker: from ``prices`` alone, or from the default chain.

    Parameters
    ----------
    ticker : str
        Whose prices are wanted.
    prices : DataFrame, Series, mapping, path or provider, optional
        What the caller holds; None = the default chain.
    parameter : str
        The argument that names the ticker, for errors.

    Returns
    -------
    PriceSeries
        Checked; what might mislead is in its notes.

    Raises
    ------
    UnknownTickerError
        When it is not there; with ``prices`` nothing else is asked.
    BadDataError
        When the prices would falsify a result.
    """
    _check_ticker(ticker, parameter)
    if prices is None:
        return _from_chain(ticker, parameter)
    found = _look_up(prices, ticker, alone=True)
    if found is None:
        held = _held(prices)
        raise UnknownTickerError(
            parameter,
            ticker,
            f"prices= holds {_listed(held)}" if held else "prices= does not hold it",
            f"Name a column {ticker!r}, or leave prices= out for the default sources.",
        )
    return found


def market_series(
    market: object, prices: object = None, parameter: str = "market"
) -> PriceSeries:
    """The prices of a market or industry: a ticker, or prices as they are.

    Parameters
    ----------
    market : str, Series or DataFrame
        A ticker is looked for in ``prices`` first and in the default chain then; the
        notes say so.  A Series or a frame of one ticker is taken as it is.
    prices : optional
        As for :func:`find_series`.
    parameter : str
        "market" or "industry", for errors.

    Returns
    -------
    PriceSeries

    Raises
    ------
    UnknownTickerError, BadDataError
        As for :func:`find_series`.
    """
    if isinstance(market, PriceSeries):
        return admit(market, parameter)
    if isinstance(market, pd.Series | pd.DataFrame):
        return _given(market, parameter)
    _check_ticker(market, parameter)
    ticker = str(market)
    found = None if prices is None else _look_up(prices, ticker, alone=False)
    if found is not None:
        return found
    series = _from_chain(ticker, parameter)
    if prices is None:
        return series
    said = f"{ticker} is not in prices=; taken from {series.source}"
    return dataclasses.replace(series, notes=(*series.notes, said))


def _from_chain(ticker: str, parameter: str) -> PriceSeries:
    failure: UnknownTickerError | None = None
    for provider in default_chain():
        try:
            return admit(provider.get(ticker), parameter)
        except UnknownTickerError as error:
            failure = error
    assert failure is not None  # noqa: S101 - the chain is never empty
    raise UnknownTickerError(parameter, ticker, failure.bound, failure.way_out)


def _look_up(prices: object, ticker: str, *, alone: bool) -> PriceSeries | None:
    """The series of a ticker in what the caller holds, or None."""
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
        answer: object = provider.get(ticker)
    except UnknownTickerError:
        if alone:
            raise
        return None
    except KeyError:
        return None
    if answer is None or isinstance(answer, PriceSeries):
        return answer and admit(answer)
    frame = find_frame({ticker: answer}, ticker, alone=True)
    source = f"provider {type(provider).__name__}"
    return None if frame is None else admit(read_frame(frame, ticker, source))


def _given(market: pd.Series[Any] | pd.DataFrame, parameter: str) -> PriceSeries:
    """A Series or a frame of one ticker, under the name it has."""
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


def _held(prices: object) -> list[str]:
    found = open_prices(prices)
    return found.tickers if isinstance(found, Opened) else held_tickers(found)


def _listed(names: list[str], limit: int = 8) -> str:
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"


def _form(prices: object) -> str:
    return {"Series": "a Series", "DataFrame": "a frame"}.get(
        type(prices).__name__, "a dict"
    )


def _check_ticker(ticker: object, parameter: str) -> None:
    if not isinstance(ticker, str) or not ticker.strip():
        raise ArgumentError(
            parameter, ticker, "a ticker is a text", "Write it like 'IMGN'."
        )
