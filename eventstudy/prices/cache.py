"""What was fetched once is kept: files in one folder, each with its origin."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from eventstudy.prices._base import PriceProvider, PriceSeries
from eventstudy.prices._cache_files import file_stem, our_files, read_facts
from eventstudy.prices._renewal import OFFLINE_VARIABLE, Cache, Facts, utc_now
from eventstudy.prices.providers import provider_series
from eventstudy.prices.quality import admit

FOLDER_VARIABLE = "EVENTSTUDY_CACHE"
COLUMNS = (
    "source", "symbol", "retrieved_at", "first", "last", "rows", "bytes", "file",
)  # fmt: skip
PLAIN = tuple(
    field.name for field in dataclasses.fields(PriceSeries) if field.name != "frame"
)


def cache_folder(cache: str | PathLike[str] | None = None) -> Path:
    """The folder: the argument, else EVENTSTUDY_CACHE, else the system's own place."""
    chosen = cache or os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("eventstudy", appauthor=False))


def is_offline(offline: bool = False) -> bool:
    """Whether the network is left alone: asked for here, or by EVENTSTUDY_OFFLINE."""
    word = os.environ.get(OFFLINE_VARIABLE, "").strip().lower()
    return offline or word not in ("", "0", "false", "no")


class Cached:
    """A price provider that keeps what another one fetched.

    Parameters
    ----------
    provider : PriceProvider
        Who is asked for what is not kept.
    folder : str or path, optional
        Of the cache; EVENTSTUDY_CACHE, else the system's own place by default.
    refresh : bool
        Ask the provider, whatever is kept.
    offline : bool
        Never ask it.
    clock : callable, optional
        The time, with zone.

    Examples
    --------
    Any object with a method ``get(ticker)`` that answers with a frame can be kept.

    >>> import eventstudy as es, tempfile
    >>> class Shipped:
    ...     def get(self, ticker):
    ...         return es.load_prices(ticker)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first = es.Cached(Shipped(), folder).get("IBB")
    ...     again = es.Cached(Shipped(), folder, offline=True).get("IBB")
    >>> again.frame.equals(first.frame), again.sha256 == first.sha256
    (True, True)
    """

    def __init__(
        self,
        provider: PriceProvider,
        folder: str | PathLike[str] | None = None,
        refresh: bool = False,
        offline: bool = False,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self.provider = provider
        self.cache = Cache(
            source=getattr(provider, "name", type(provider).__name__),
            folder=cache_folder(folder) / _of_its_own(type(provider)),
            refresh=refresh,
            offline=offline,
            clock=clock,
            libraries=getattr(provider, "libraries", ()),
        )

    def get(self, ticker: str, last: pd.Timestamp | None = None) -> PriceSeries:
        """The prices of a ticker, kept or new.

        Parameters
        ----------
        ticker : str
        last : Timestamp, optional
            The last day that matters.

        Returns
        -------
        PriceSeries
            ``retrieved_at`` and ``sha256`` are those of the kept table.

        Raises
        ------
        UnknownTickerError, NoDataError, ProviderUnavailableError
            As :meth:`Cache.get`.
        BadDataError
            When the provider's frame would falsify a result; it is not kept.
        """
        frame, facts, notes = self.cache.get(ticker, lambda: self._fetch(ticker), last)
        known = {name: _fixed(facts[name]) for name in PLAIN if name in facts}
        known["notes"] = (*known.get("notes", ()), *notes)
        known["retrieved_at"] = facts["retrieved_at"][:10]
        return PriceSeries(**known, frame=frame)

    def _fetch(self, ticker: str) -> tuple[pd.DataFrame, Facts]:
        series = provider_series(self.provider, ticker)
        admit(series)
        return series.frame, {name: getattr(series, name) for name in PLAIN}

    def __repr__(self) -> str:
        return f"Cached({self.provider!r})"


def cache_info(cache: str | PathLike[str] | None = None) -> pd.DataFrame:
    """What is kept, one row a symbol.

    Parameters
    ----------
    cache : str or path, optional
        The folder; EVENTSTUDY_CACHE, else the system's own place by default.

    Returns
    -------
    DataFrame
        Columns source, symbol, retrieved_at (UTC, text), first, last, rows, bytes,
        file; rows is 0 where the source did not hold the symbol.
    """
    rows = []
    for path in our_files(cache_folder(cache)):
        facts = read_facts(path) if path.suffix == ".json" else None
        if facts is not None:
            kept = path.with_name(facts["file"] or path.name)
            rows.append(
                {
                    "source": facts.get("cached_from"),
                    "symbol": facts["symbol"],
                    "retrieved_at": facts["retrieved_at"],
                    "first": facts.get("first"),
                    "last": facts.get("last"),
                    "rows": facts.get("rows", 0),
                    "bytes": kept.stat().st_size if kept.exists() else 0,
                    "file": f"{path.parent.name}/{kept.name}",
                }
            )
    # Text as Python holds it: a symbol may be what Arrow's strings refuse.
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return table.astype({"rows": int, "bytes": int})


def clear_cache(cache: str | PathLike[str] | None = None) -> int:
    """Remove the files that this package keeps in a folder, and no others.

    Parameters
    ----------
    cache : str or path, optional
        As for :func:`cache_info`.

    Returns
    -------
    int
        How many symbols were kept there.
    """
    symbols = len(cache_info(cache))
    folders = set()
    for path in our_files(cache_folder(cache)):
        path.unlink(missing_ok=True)
        folders.add(path.parent)
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()
    return symbols


def _fixed(value: Any) -> Any:
    """A list out of JSON as the tuple that it was."""
    return tuple(value) if isinstance(value, list) else value


def _of_its_own(kind: type) -> str:
    """A folder's name for a class of provider: no two share one."""
    if kind.__module__.startswith("eventstudy.") and kind.__name__.isascii():
        return kind.__name__.lower()
    return file_stem(f"{kind.__module__}.{kind.__qualname__}")
