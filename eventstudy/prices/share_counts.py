"""Shares outstanding: the caller's, those shipped, or those of the prices' source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from eventstudy.errors import EventStudyError, NoDataError
from eventstudy.prices._base import ShareSeries
from eventstudy.prices._renewal import Cache, Facts
from eventstudy.prices.bundled import shipped_shares
from eventstudy.prices.cache import cache_folder
from eventstudy.prices.search import Search
from eventstudy.prices.yahoo import Yahoo

SAME_BASIS = 0.01


def share_counts(
    ticker: str, shares: Any, source: str, search: Search, closes: pd.Series[float]
) -> tuple[Any, tuple[str, ...]]:
    """What is known of a firm's shares, beyond what is shipped.

    Parameters
    ----------
    ticker : str
    shares : number, Series by date, provider or None
        What the caller passes; a provider has a method ``shares(ticker)``.
    source : str
        Where the prices of the firm are from: Yahoo is asked only beside its prices,
        on whose split basis its counts are.
    search : Search
        The days that matter, and how far to go.
    closes : Series
        Unadjusted closes of the firm by day, with which the counts are multiplied.

    Returns
    -------
    shares : number, Series, ShareSeries or None
        As :func:`eventstudy.prices.shares.shares_before` takes them; None = those
        shipped, if any.
    notes : tuple of str
        Where they are from; why there are none: a study does not fail for that.
    """
    try:
        if callable(getattr(shares, "shares", None)):
            found = shares.shares(ticker)
        elif shares is None and _is_of_yahoo(ticker, source):
            found = _kept(ticker, search, closes)
        else:
            return shares, ()
    except EventStudyError as error:
        return None, (f"{ticker}: no share count: {error.bound}",)
    if not isinstance(found, ShareSeries):
        return found, ()
    taken = f", retrieved {found.retrieved_at}" if found.retrieved_at else ""
    said = (f"share counts from {found.source}{taken}", *found.notes)
    return found, tuple(f"{ticker}: {words}" for words in said)


def _is_of_yahoo(ticker: str, source: str) -> bool:
    return source.startswith(Yahoo.name) and ticker not in shipped_shares()


def _kept(ticker: str, search: Search, closes: pd.Series[float]) -> ShareSeries:
    """Yahoo's counts, from the cache if they are there, on the basis of the closes."""
    cache = Cache(
        source=Yahoo.name,
        folder=cache_folder(search.cache) / "yahoo_shares",
        refresh=search.refresh,
        offline=search.stays_offline,
        parameter="shares",
        libraries=Yahoo.libraries,
    )
    frame, facts, notes = cache.get(
        ticker, lambda: _fetched(ticker, search), search.last
    )
    factor = _since(facts["closes"], closes, ticker)
    said = (f"counts times {factor:g}, the split basis of the prices kept",)
    return ShareSeries(
        ticker=ticker,
        counts=frame["shares"] * factor,
        source=facts["source"],
        retrieved_at=facts["retrieved_at"][:10],
        basis=facts["basis"],
        notes=(*facts["notes"], *notes, *(said if factor != 1.0 else ())),
    )


def _fetched(ticker: str, search: Search) -> tuple[pd.DataFrame, Facts]:
    yahoo = Yahoo(patience=search.patience)
    found = yahoo.shares(ticker)
    closes = yahoo.get(ticker).close.dropna()
    days = pd.DatetimeIndex(closes.index)
    monthly = closes.groupby([days.year, days.month]).tail(1)
    facts = {
        "source": found.source,
        "basis": found.basis,
        "notes": list(found.notes),
        "closes": {str(day)[:10]: float(close) for day, close in monthly.items()},
    }
    return found.counts.to_frame("shares"), facts


def _since(then: Mapping[str, float], closes: pd.Series[float], ticker: str) -> float:
    """By how much a split between two retrievals has changed the basis of closes.

    Prices and counts are kept apart and may be of different days; Yahoo restates all
    closes at a split, so that the same day's close tells.
    """
    both = closes.dropna().rename("now").to_frame()
    both["then"] = pd.Series(then).set_axis(pd.DatetimeIndex(list(then)))
    common = both.dropna()
    if common.empty:
        raise NoDataError(
            "shares",
            ticker,
            "whether they are on the split basis of the prices cannot be told",
            "Fetch both anew with refresh=True, or pass shares=.",
        )
    factor = float(common["then"].iloc[-1] / common["now"].iloc[-1])
    return 1.0 if abs(factor - 1.0) < SAME_BASIS else factor
