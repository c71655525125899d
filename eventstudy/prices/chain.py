"""Where prices are looked for, and in which order."""

from __future__ import annotations

import dataclasses

import pandas as pd

from eventstudy.errors import (
    ArgumentError,
    EventStudyError,
    NoDataError,
    ProviderUnavailableError,
    UnknownTickerError,
)
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.bundled import Bundled, instead_of_prices, shipped_tickers
from eventstudy.prices.cache import Cached
from eventstudy.prices.given import as_they_are, held_names, look_up
from eventstudy.prices.quality import admit
from eventstudy.prices.search import ANYWHERE, Search

STAND_IN = "the shipped prices are taken"


def find_series(
    ticker: str,
    prices: object = None,
    parameter: str = "ticker",
    search: Search = ANYWHERE,
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
    search : Search
        The days that matter, and how far to go for them in the default chain: the
        series shipped with the package if it has these days, else the local cache,
        else Yahoo.  A series is from one of them alone.

    Returns
    -------
    PriceSeries
        Checked; what might mislead is in its notes.

    Raises
    ------
    UnknownTickerError
        When it is not there; with ``prices`` nothing else is asked.
    NoDataError
        When it is neither shipped nor in the cache, and the network is switched off.
    ProviderUnavailableError
        When Yahoo does not answer, and no copy is kept.
    BadDataError
        When the prices would falsify a result.
    """
    _check_ticker(ticker, parameter)
    if prices is None:
        return _from_chain(ticker, parameter, search)
    found = look_up(prices, ticker, alone=True)
    if found is None:
        held = held_names(prices)
        raise UnknownTickerError(
            parameter,
            ticker,
            f"prices= holds {_listed(held)}" if held else "prices= does not hold it",
            f"Name a column {ticker!r}, or leave prices= out for the default sources.",
        )
    return found


def market_series(
    market: object,
    prices: object = None,
    parameter: str = "market",
    search: Search = ANYWHERE,
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
    search : Search
        As for :func:`find_series`.

    Returns
    -------
    PriceSeries

    Raises
    ------
    UnknownTickerError, NoDataError, ProviderUnavailableError, BadDataError
        As for :func:`find_series`.
    """
    if isinstance(market, PriceSeries):
        return admit(market, parameter)
    if isinstance(market, pd.Series | pd.DataFrame):
        return as_they_are(market, parameter)
    _check_ticker(market, parameter)
    ticker = str(market)
    found = None if prices is None else look_up(prices, ticker, alone=False)
    if found is not None:
        return found
    series = _from_chain(ticker, parameter, search)
    if prices is None:
        return series
    said = f"{ticker} is not in prices=; taken from {series.source}"
    return dataclasses.replace(series, notes=(*series.notes, said))


def _from_chain(ticker: str, parameter: str, search: Search) -> PriceSeries:
    """Shipped, if the days are there; else kept in the cache; else from Yahoo."""
    shipped = _shipped(ticker, parameter)
    if shipped is not None and search.is_met_by(_days(shipped)):
        return shipped
    try:
        return admit(_online(search).get(ticker, search.last), parameter)
    except (UnknownTickerError, NoDataError, ProviderUnavailableError) as error:
        if shipped is not None and _stands_in(shipped, parameter, search, error):
            said = f"{STAND_IN}, though they do not reach as far: {error.bound}"
            return dataclasses.replace(shipped, notes=(*shipped.notes, said))
        raise _told(error, ticker, parameter, shipped) from error


def _online(search: Search) -> Cached:
    from eventstudy.prices.yahoo import Yahoo

    yahoo = Yahoo(patience=search.patience)
    return Cached(yahoo, search.cache, search.refresh, search.stays_offline)


def _shipped(ticker: str, parameter: str) -> PriceSeries | None:
    """The series shipped for a ticker; one in other letters is an error with a hint."""
    try:
        return admit(Bundled().get(ticker), parameter)
    except UnknownTickerError as error:
        if ticker.upper() in shipped_tickers():
            raise UnknownTickerError(
                parameter, ticker, error.bound, error.way_out
            ) from None
        return None


def _days(series: PriceSeries) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(series.adjusted.dropna().index)


def _stands_in(
    shipped: PriceSeries, parameter: str, search: Search, error: EventStudyError
) -> bool:
    """Whether a shipped series that lacks days is better than none.

    It is if it serves some of the events; and for a firm of which nobody has more, so
    that the study says which days there are.
    """
    if search.days is None or search.days.overlap(_days(shipped)):
        return True
    return parameter == "ticker" and isinstance(error, LookupError)


def _told(
    error: EventStudyError, ticker: str, parameter: str, shipped: PriceSeries | None
) -> EventStudyError:
    """The failure of the last source, with what was tried before."""
    if shipped is None:
        before = f"it is not among the shipped ({', '.join(shipped_tickers())})"
    else:
        days = shipped.frame.index
        first, last = days[0].date(), days[-1].date()
        before = f"the shipped prices, {first} to {last}, lack days that are needed"
    way_out = f"{error.way_out} {instead_of_prices(ticker)}"
    return type(error)(parameter, ticker, f"{before}; {error.bound}", way_out)


def _listed(names: list[str], limit: int = 8) -> str:
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"


def _check_ticker(ticker: object, parameter: str) -> None:
    if not isinstance(ticker, str) or not ticker.strip():
        raise ArgumentError(
            parameter, ticker, "a ticker is a text", "Write it like 'IMGN'."
        )
