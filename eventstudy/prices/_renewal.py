"""When a kept frame serves, and when the source is asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from eventstudy.errors import (
    ArgumentError,
    NoDataError,
    ProviderUnavailableError,
    UnknownTickerError,
)
from eventstudy.prices._cache_files import (
    Kept,
    bury,
    described,
    keep,
    parse_table,
    recall,
    table_text,
)

US = "investor-eventstudy"
OFFLINE_VARIABLE = "EVENTSTUDY_OFFLINE"
RENEWED_AFTER = dt.timedelta(hours=24)
UNKNOWN_FOR = dt.timedelta(days=7)
CLOCKS_DIFFER_BY = dt.timedelta(hours=1)

Facts = dict[str, Any]
Fetch = Callable[[], tuple[pd.DataFrame, Facts]]
Found = tuple[pd.DataFrame, Facts, tuple[str, ...]]


def utc_now() -> dt.datetime:
    """The time, with zone."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Cache:
    """Frames of one source, kept by symbol.

    Parameters
    ----------
    source : str
        Whose frames, in words, such as "Yahoo Finance".
    folder : path
        Where they are: the cache's folder and in it the source's own.
    settles : timedelta
        How long after a day the source may still add or change it.
    refresh : bool
        Ask the source, whatever is kept.
    offline : bool
        Never ask it.
    clock : callable
        The time, with zone.
    parameter : str
        The argument that names the symbols, for errors.
    libraries : tuple of str
        Packages that fetch, whose versions are written down.
    """

    source: str
    folder: Path
    settles: dt.timedelta = dt.timedelta(days=7)
    refresh: bool = False
    offline: bool = False
    clock: Callable[[], dt.datetime] = utc_now
    parameter: str = "ticker"
    libraries: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.refresh and self.offline:
            raise ArgumentError(
                "refresh", True, "the network is switched off (offline)", "Choose one."
            )

    def get(self, symbol: str, fetch: Fetch, last: pd.Timestamp | None = None) -> Found:
        """A kept frame if it is young enough, else a new one.

        Parameters
        ----------
        symbol : str
        fetch : callable
            Returns a frame and plain facts about it, from the source.
        last : Timestamp, optional
            The last day that matters; a frame taken well after it never grows old.

        Returns
        -------
        frame : DataFrame
        facts : dict
            As fetched, with ``retrieved_at`` and ``sha256`` of the kept table.
        notes : tuple of str
            What to know: an older copy was taken, or none could be kept.

        Raises
        ------
        UnknownTickerError
            The source does not hold it, or did not within the last seven days.
        NoDataError
            Nothing is kept, and the network is switched off; or the source has nothing
            of it, or had nothing within the last 24 hours.
        ProviderUnavailableError
            Nothing is kept, and the source could not be reached.
        """
        kept = None if self.refresh else recall(self.folder, symbol)
        if kept is not None and self._serves(kept, last):
            return _open(kept, self.parameter)
        if self.offline:
            return self._without_network(symbol, kept)
        try:
            frame, facts = fetch()
        except (UnknownTickerError, NoDataError, ProviderUnavailableError) as error:
            if kept is None or kept.frame is None:
                self._remember_unknown(symbol, error)
                raise
            return self._older(kept, f"{self.source}: {error.bound}")
        return self._store(symbol, frame, facts)

    def _serves(self, kept: Kept, last: pd.Timestamp | None) -> bool:
        age = self.clock() - kept.retrieved_at
        if age < -CLOCKS_DIFFER_BY:
            return False
        if kept.frame is None:
            until = UNKNOWN_FOR if _is_unknown(kept) else RENEWED_AFTER
            return self.offline or age < until
        over = last is not None and (
            last.date() + self.settles < kept.retrieved_at.date()
        )
        return over or age < RENEWED_AFTER

    def _without_network(self, symbol: str, kept: Kept | None) -> Found:
        if kept is not None:
            return self._older(kept, "the network is switched off (offline)")
        raise NoDataError(
            self.parameter,
            symbol,
            f"it is not in the cache, and {self.source} was not asked (offline)",
            f"Leave out offline=, and unset {OFFLINE_VARIABLE}.",
        )

    def _older(self, kept: Kept, why: str) -> Found:
        frame, facts, _ = _open(kept, self.parameter)
        days = (self.clock() - kept.retrieved_at).days
        age = "less than a day" if days < 1 else f"{days} day{'s' * (days > 1)}"
        taken = kept.retrieved_at.date()
        return frame, facts, (f"a copy of {taken}, {age} old, was taken: {why}",)

    def _remember_unknown(self, symbol: str, error: Exception) -> None:
        """A note that the source has nothing of the symbol; frames are left alone."""
        if not isinstance(error, UnknownTickerError | NoDataError):
            return
        held = recall(self.folder, symbol)
        if held is None or held.frame is None:
            unknown = isinstance(error, UnknownTickerError)
            facts = {"bound": error.bound, "way_out": error.way_out, "unknown": unknown}
            try:
                bury(self.folder, symbol, self._stamped(facts))
            except OSError:
                return  # It is asked again next time; nothing is lost.

    def _store(self, symbol: str, frame: pd.DataFrame, facts: Facts) -> Found:
        content = table_text(frame)
        whole = self._stamped(facts) | described(frame, content)
        notes: tuple[str, ...] = ()
        try:
            keep(self.folder, symbol, content, whole)
        except OSError as error:
            notes = (f"no copy could be kept ({error.strerror or error})",)
        return parse_table(content), whole, notes

    def _stamped(self, facts: Mapping[str, Any]) -> Facts:
        now = self.clock().astimezone(dt.UTC).isoformat(timespec="seconds")
        return {
            **facts,
            "cached_from": self.source,
            "retrieved_at": now,
            "versions": {name: _version(name) for name in (US, *self.libraries)},
        }


def _open(kept: Kept, parameter: str) -> Found:
    """What is kept, or the error that is kept in its place."""
    if kept.frame is not None:
        return kept.frame, kept.facts, ()
    kind = UnknownTickerError if _is_unknown(kept) else NoDataError
    raise kind(
        parameter,
        kept.facts["symbol"],
        f"{kept.facts.get('bound')} (asked on {kept.retrieved_at.date()})",
        f"{kept.facts.get('way_out')} With refresh=True it is asked again.",
    )


def _is_unknown(kept: Kept) -> bool:
    """Whether the source did not know the symbol, rather than had nothing of it."""
    return bool(kept.facts.get("unknown", True))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
