"""Shares outstanding: the caller's, those shipped, or those of the prices' source."""

from __future__ import annotations

from typing import Any

from eventstudy.errors import EventStudyError
from eventstudy.prices._base import ShareSeries
from eventstudy.prices._renewal import Cache, Facts
from eventstudy.prices.bundled import shipped_shares
from eventstudy.prices.cache import cache_folder
from eventstudy.prices.search import Search
from eventstudy.prices.yahoo import Yahoo


def share_counts(
    ticker: str, shares: Any, source: str, search: Search
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
            found = _kept(ticker, search)
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


def _kept(ticker: str, search: Search) -> ShareSeries:
    """Yahoo's counts, from the cache if they are there."""
    cache = Cache(
        source=Yahoo.name,
        folder=cache_folder(search.cache) / "yahoo_shares",
        refresh=search.refresh,
        offline=search.stays_offline,
        parameter="shares",
        libraries=Yahoo.libraries,
    )
    frame, facts, notes = cache.get(ticker, lambda: _fetched(ticker), search.last)
    return ShareSeries(
        ticker=ticker,
        counts=frame["shares"],
        source=facts["source"],
        retrieved_at=facts["retrieved_at"][:10],
        basis=facts["basis"],
        notes=(*facts["notes"], *notes),
    )


def _fetched(ticker: str) -> tuple[Any, Facts]:
    found = Yahoo().shares(ticker)
    facts = {"source": found.source, "basis": found.basis, "notes": list(found.notes)}
    return found.counts.to_frame("shares"), facts
