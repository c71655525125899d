"""The figures shipped with the package: prices, events, factors, shares."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np
import pandas as pd

from eventstudy.errors import UnknownTickerError
from eventstudy.prices import _store
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.quality import admit

NEW_YORK = "America/New_York"  # Where all that is shipped is traded.
WAYS_OUT = {
    "prices": (
        "Pass prices=: a frame with a date index and a column {ticker!r}, one Series, "
        "or a CSV file, as in analyze({ticker!r}, date, prices='prices.csv')."
    ),
    "events": "Pass a date= of your own.",
    "shares": "Pass shares=: a number, or a Series by date.",
    "factors": "Pass factors=: a frame in decimals.",
}


class Bundled:
    """Price provider of the shipped series; reads files, never the network."""

    def get(self, ticker: str) -> PriceSeries:
        """The prices of a ticker.

        Raises
        ------
        UnknownTickerError
            When none are shipped; it names those that are.
        """
        series = _series(_known("prices", ticker))
        return dataclasses.replace(series, frame=series.frame.copy())

    def __repr__(self) -> str:
        return "Bundled()"


def load_prices(ticker: str) -> pd.DataFrame:
    """Daily prices shipped with the package.

    Parameters
    ----------
    ticker : str
        "IMGN", "^GSPC" or "IBB".

    Returns
    -------
    DataFrame
        Index "date"; float columns in US dollars (points for ^GSPC) and shares.
        IMGN: open, high, low, close, adj_close, volume.  ^GSPC: close alone, for an
        index of prices has nothing to adjust.  IBB: adj_close alone.  NaN = unknown.

    Raises
    ------
    UnknownTickerError
        When none are shipped.

    Examples
    --------
    >>> import eventstudy as es
    >>> es.load_prices("IMGN").loc["2010-08-26":"2010-08-27", "close"].tolist()
    [8.39, 5.16]
    >>> {ticker: list(es.load_prices(ticker)) for ticker in ("^GSPC", "IBB")}
    {'^GSPC': ['close'], 'IBB': ['adj_close']}
    >>> list(es.load_prices("IMGN"))
    ['open', 'high', 'low', 'close', 'adj_close', 'volume']
    """
    return Bundled().get(ticker).frame


def list_events(ticker: str | None = None) -> pd.DataFrame:
    """Known announcements shipped with the package, in the order of their days.

    Parameters
    ----------
    ticker : str, optional
        Only those of this ticker.

    Returns
    -------
    DataFrame
        Columns id, ticker, announced_at (ISO text with zone), date (a Timestamp, as
        announced), timing, timing_inferred (bool), category, headline, source,
        confidence.  NaN = unknown.

    Raises
    ------
    UnknownTickerError
        When none are shipped for the ticker.
    """
    wanted = _store.tickers("events") if ticker is None else [ticker]
    frames = [_events(_known("events", name)).copy() for name in wanted]
    return pd.concat(frames, ignore_index=True)


def load_factors() -> pd.DataFrame:
    """Daily Fama-French factors shipped with the package, in decimals.

    Returns
    -------
    DataFrame
        Index "date", 2009-01-02 to 2010-12-31; columns mkt_rf, smb, hml, rmw, cma, rf,
        mom.  The published per cent are divided by 100.
    """
    return _factors(factor_record()).copy()


def factor_record() -> _store.Record:
    """What is known of the shipped factor file: source, hash, notes."""
    return _known("factors", None)


def load_shares(ticker: str) -> pd.DataFrame:
    """Shares outstanding shipped with the package.

    Parameters
    ----------
    ticker : str
        "IMGN".

    Returns
    -------
    DataFrame
        Index "date", the day a count is of; columns shares, basis, source, confidence.

    Raises
    ------
    UnknownTickerError
        When none are shipped for the ticker.
    """
    return _shares(_known("shares", ticker)).copy()


def shipped_tickers() -> list[str]:
    """The tickers of which prices are shipped."""
    return _store.tickers("prices")


def shipped_shares() -> list[str]:
    """The tickers of which share counts are shipped."""
    return _store.tickers("shares")


def instead_of_prices(ticker: str) -> str:
    """How to go on with prices of one's own, as a sentence."""
    return WAYS_OUT["prices"].format(ticker=ticker)


@functools.cache
def _series(record: _store.Record) -> PriceSeries:
    return admit(
        PriceSeries(
            record.ticker,
            _numbers(record),
            f"bundled data/{record.file} ({record.source})",
            record.recorded,
            record.sha256,
            record.currency,
            record.notes,
            NEW_YORK,
        )
    )


@functools.cache
def _events(record: _store.Record) -> pd.DataFrame:
    columns = _store.read_columns(record)
    frame = pd.DataFrame(columns)
    frame["date"] = _store.dates(columns["date"])
    frame["timing_inferred"] = np.array(columns["timing_inferred"]) == "yes"
    blank = ["announced_at", "timing"]
    frame[blank] = frame[blank].mask(frame[blank] == "")
    return frame


@functools.cache
def _factors(record: _store.Record) -> pd.DataFrame:
    return _numbers(record) / 100.0


@functools.cache
def _shares(record: _store.Record) -> pd.DataFrame:
    columns = _store.read_columns(record)
    frame = pd.DataFrame(columns, index=_store.dates(columns.pop("date")))
    frame["shares"] = _store.floats(columns["shares"])
    return frame


def _numbers(record: _store.Record) -> pd.DataFrame:
    columns = _store.read_columns(record)
    days = _store.dates(columns.pop("date"))
    numbers = {name: _store.floats(texts) for name, texts in columns.items()}
    return pd.DataFrame(numbers, index=days)


def _known(kind: str, ticker: str | None) -> _store.Record:
    record = _store.find_record(kind, str(ticker or ""))
    if record is not None:
        return record
    held = _store.tickers(kind)
    close = [name for name in held if name.lower() == str(ticker).lower()]
    hint = f"Did you mean {close[0]!r}? " if close else ""
    raise UnknownTickerError(
        "ticker",
        ticker,
        f"no {kind} are shipped for it; shipped are {', '.join(held)}",
        hint + WAYS_OUT[kind].format(ticker=ticker),
    )
